/// Strips of cells with marks above them.
struct HeatDrawing {
  let rows: [Plot.Row]
  let ticks: [Plot.Tick]
  let marks: [Plot.Mark]

  private static let left = 160.0
  private static let right = PlotDrawing.width - 20
  private static let rowHeight = 20.0
  private static let markHeight = 22.0

  private var count: Int { rows.map(\.values.count).max() ?? 60 }
  private var cellWidth: Double { (Self.right - Self.left) / Double(max(1, count)) }
  private func x(_ cell: Int) -> Double { Self.left + cellWidth * Double(cell) }

  func draw(_ title: String, into drawing: inout PlotDrawing) {
    drawing.text(title, 20, 22, style: "head")
    var top = 36.0
    for mark in marks {
      draw(mark, top: top, into: &drawing)
      top += Self.markHeight
    }
    top += 6
    let most = rows.flatMap(\.values).filter(\.isFinite).max() ?? 0
    // One path for all cells of a level: a rectangle each would be three times as long.
    var cells = [[(x: Double, y: Double)]](repeating: [], count: 6)
    for row in rows {
      drawing.text(
        PlotDrawing.fitting(row.name, Self.left - 30), Self.left - 10, top + 14, .end)
      for (cell, value) in row.values.enumerated() {
        cells[Self.level(value, most)].append((x(cell), top))
      }
      top += Self.rowHeight
    }
    for (level, corners) in cells.enumerated() {
      drawing.cells(corners, cellWidth - 1, Self.rowHeight - 2, style: "h\(level)")
    }
    for tick in ticks {
      let middle = Self.left + cellWidth * (tick.position + 0.5)
      drawing.line(middle, top, middle, top + 5, style: "axis")
      drawing.text(tick.label, middle, top + 20, .middle, style: "soft")
    }
    legend(most, top: top + 34, into: &drawing)
    drawing.height = top + 60
  }

  private func draw(_ mark: Plot.Mark, top: Double, into drawing: inout PlotDrawing) {
    let y = top + 12
    let parts =
      mark.to >= mark.from ? [(mark.from, mark.to)] : [(mark.from, count - 1), (0, mark.to)]
    for (from, to) in parts {
      let (start, end) = (x(from), x(to + 1) - 1)
      drawing.path(
        [(start, y + 5), (start, y), (end, y), (end, y + 5)], style: "mark")
    }
    let (start, end) = (x(mark.from), x((parts[0].1) + 1))
    let (before, after) = (start - 8 - 20, Self.right - end - 8)
    // Where it goes over the end, what is free lies between.
    if parts.count == 2 {
      let from = x(mark.to + 1) + 8
      drawing.text(PlotDrawing.fitting(mark.label, start - from - 8), from, top + 16)
    } else if after >= before {
      drawing.text(PlotDrawing.fitting(mark.label, after), end + 8, top + 16)
    } else {
      drawing.text(PlotDrawing.fitting(mark.label, before), start - 8, top + 16, .end)
    }
  }

  /// 0 for nothing; 1 to 5 by the root, so that small differences show.
  private static func level(_ value: Double, _ most: Double) -> Int {
    guard value.isFinite, value > 0, most > 0 else { return 0 }
    return 1 + min(4, Int((value / most).squareRoot() * 5 * 0.999))
  }

  private func legend(_ most: Double, top: Double, into drawing: inout PlotDrawing) {
    var x = Self.left
    drawing.text("no errors", x - 8, top + 12, .end, style: "soft")
    for level in 0...5 {
      drawing.rectangle(x, top, 22, 16, style: "h\(level)")
      x += 24
    }
    let share = most * 100
    let text = share >= 10 ? PlotDrawing.number(share.rounded()) : PlotDrawing.number(share)
    drawing.text(
      most > 0 ? "\(share < 0.1 ? "less than 0.1" : text) % of requests" : "nowhere any",
      x + 6, top + 12, style: "soft")
  }
}
