/// Panels of lines below each other, named at their right end.
struct LinesDrawing {
  let panels: [Plot.Panel]
  let places: Int
  let ticks: [Plot.Tick]

  private static let left = 70.0
  private static let right = PlotDrawing.width - 170
  private static let panelHeight = 190.0
  private static let labelHeight = 17.0

  private func x(_ position: Double) -> Double {
    let span = Double(max(1, places - 1))
    return places == 1
      ? (Self.left + Self.right) / 2 : Self.left + (Self.right - Self.left) * position / span
  }

  func draw(_ title: String, into drawing: inout PlotDrawing) {
    drawing.text(title, Self.left, 22, style: "head")
    var top = 40.0
    for panel in panels {
      drawing.text(panel.title, Self.left, top + 12, style: "soft")
      draw(panel, top: top + 24, into: &drawing)
      top += 24 + Self.panelHeight + 14
    }
    let bottom = top - 14
    for tick in ticks {
      drawing.line(x(tick.position), bottom, x(tick.position), bottom + 5, style: "axis")
      drawing.text(tick.label, x(tick.position), bottom + 20, .middle, style: "soft")
    }
    drawing.height = bottom + 34
  }

  private func draw(_ panel: Plot.Panel, top: Double, into drawing: inout PlotDrawing) {
    let most = panel.series.flatMap(\.values).reduce(0) { max($0, $1 ?? 0) }
    let scale = PlotScale(upTo: most)
    let bottom = top + Self.panelHeight
    func y(_ value: Double) -> Double { bottom - Self.panelHeight * value / scale.top }
    for value in scale.ticks {
      drawing.line(Self.left, y(value), Self.right, y(value), style: value == 0 ? "axis" : "grid")
      drawing.text(PlotScale.label(value), Self.left - 8, y(value) + 4, .end, style: "soft")
    }
    // The first ones last: they lie above the others.
    for (index, series) in panel.series.enumerated().reversed() {
      let isNamed = index < PlotStyle.colors
      let points = series.values.enumerated().map { place, value in
        value.map { (x: x(Double(place)), y: y($0)) }
      }
      drawing.path(points, style: isNamed ? "line l\(index)" : "more")
      for (place, point) in points.enumerated() {
        guard isNamed, let point, place == 0 || points[place - 1] == nil,
          place == points.count - 1 || points[place + 1] == nil
        else { continue }
        drawing.dot(point.x, point.y, style: "a\(index)")
      }
    }
    label(panel, top: top, bottom: bottom, y, into: &drawing)
  }

  /// Names, as near to the ends of their lines as they fit below each other.
  private func label(
    _ panel: Plot.Panel, top: Double, bottom: Double, _ y: (Double) -> Double,
    into drawing: inout PlotDrawing
  ) {
    let named = panel.series.prefix(PlotStyle.colors)
    var places = named.enumerated().map { index, series in
      (index: index, name: series.name, y: y(series.values.last { $0 != nil }.flatMap { $0 } ?? 0))
    }.sorted { ($0.y, $0.index) < ($1.y, $1.index) }
    let more = panel.series.count - named.count
    if more > 0 {
      places.append((index: PlotStyle.colors, name: "and \(more) more", y: bottom))
    }
    for index in places.indices.dropFirst() {
      places[index].y = max(places[index].y, places[index - 1].y + Self.labelHeight)
    }
    let over = (places.last?.y ?? bottom) - bottom
    if over > 0, let last = places.indices.last {
      places[last].y = bottom
      for index in places.indices.dropLast().reversed() {
        places[index].y = min(places[index].y, places[index + 1].y - Self.labelHeight)
      }
    }
    for place in places {
      let isNamed = place.index < PlotStyle.colors
      drawing.line(
        Self.right + 8, place.y, Self.right + 22, place.y,
        style: isNamed ? "line l\(place.index)" : "more")
      drawing.text(
        PlotDrawing.fitting(place.name, PlotDrawing.width - Self.right - 34), Self.right + 28,
        place.y + 4)
    }
  }
}
