/// Shares on top of each other, each as it was from its place to the next.
struct AreasDrawing {
  let series: [Plot.Series]
  let positions: [Double]
  let ticks: [Plot.Tick]
  let events: [Plot.Tick]

  private static let left = 70.0
  private static let right = PlotDrawing.width - 170
  private static let plotHeight = 260.0
  private static let labelHeight = 17.0

  private func x(_ position: Double) -> Double {
    let first = positions.first ?? 0
    // The last value holds until the place after it.
    let span = (positions.last ?? 0) + 1 - first
    return Self.left + (Self.right - Self.left) * (position - first) / span
  }

  /// Indices of values without a gap between them.
  private var runs: [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in positions.indices {
      if let last = runs.last, positions[index] - positions[index - 1] <= 1 {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }

  func draw(_ title: String, into drawing: inout PlotDrawing) {
    drawing.text(title, Self.left, 22, style: "head")
    let top = labelEvents(top: 36, into: &drawing) + 8
    let bottom = top + Self.plotHeight
    func y(_ share: Double) -> Double { bottom - Self.plotHeight * share }
    var below = positions.map { _ in 0.0 }
    var ends: [(index: Int, y: Double)] = []
    for (index, one) in series.enumerated() {
      let above = zip(below, one.values).map { $0 + ($1 ?? 0) }
      for run in runs {
        let upper = run.flatMap {
          [(x: x(positions[$0]), y: y(above[$0])), (x(positions[$0] + 1), y(above[$0]))]
        }
        let lower = run.flatMap {
          [(x: x(positions[$0]), y: y(below[$0])), (x(positions[$0] + 1), y(below[$0]))]
        }
        drawing.path(
          upper + lower.reversed(), style: "a\(index % PlotStyle.colors)", isClosed: true)
      }
      if let (high, low) = above.last.flatMap({ high in below.last.map { (high, $0) } }) {
        ends.append((index, y((high + low) / 2)))
      }
      below = above
    }
    for share in [0.0, 0.25, 0.5, 0.75, 1] {
      drawing.line(Self.left, y(share), Self.right, y(share), style: share == 0 ? "axis" : "grid")
      drawing.text("\(Int(share * 100)) %", Self.left - 8, y(share) + 4, .end, style: "soft")
    }
    for event in events {
      drawing.line(x(event.position), top - 6, x(event.position), bottom, style: "halo")
      drawing.line(x(event.position), top - 6, x(event.position), bottom, style: "event")
    }
    label(ends, top: top, bottom: bottom, into: &drawing)
    for tick in ticks {
      drawing.line(x(tick.position), bottom, x(tick.position), bottom + 5, style: "axis")
      drawing.text(tick.label, x(tick.position), bottom + 20, .middle, style: "soft")
    }
    drawing.height = bottom + 34
  }

  /// Labels of the lines across, in as many rows as they need; returns where these end.
  private func labelEvents(top: Double, into drawing: inout PlotDrawing) -> Double {
    var rows: [Double] = []
    for event in events.sorted(by: { $0.position < $1.position }) where !event.label.isEmpty {
      let width = Double(event.label.displayWidth) * PlotDrawing.character
      let center = x(event.position)
      let start = min(max(center - width / 2, 4), PlotDrawing.width - width - 4)
      let row = rows.firstIndex { $0 + 8 <= start } ?? rows.count
      if row == rows.count { rows.append(0) }
      rows[row] = start + width
      drawing.text(
        event.label, start + width / 2, top + 12 + Double(row) * Self.labelHeight, .middle)
    }
    return top + Double(rows.count) * Self.labelHeight
  }

  private func label(
    _ ends: [(index: Int, y: Double)], top: Double, bottom: Double, into drawing: inout PlotDrawing
  ) {
    var places = ends.sorted { ($0.y, -$0.index) < ($1.y, -$1.index) }
    for index in places.indices.dropFirst() {
      places[index].y = max(places[index].y, places[index - 1].y + Self.labelHeight)
    }
    if let last = places.indices.last, places[last].y > bottom {
      places[last].y = bottom
      for index in places.indices.dropLast().reversed() {
        places[index].y = min(places[index].y, places[index + 1].y - Self.labelHeight)
      }
    }
    for place in places {
      drawing.rectangle(
        Self.right + 8, place.y - 6, 14, 12, style: "a\(place.index % PlotStyle.colors)")
      drawing.text(
        PlotDrawing.fitting(series[place.index].name, PlotDrawing.width - Self.right - 34),
        Self.right + 28, place.y + 4)
    }
  }
}
