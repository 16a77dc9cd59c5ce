import ReleaseModel

/// A picture of numbers, made to SVG by own code: no script, no font, nothing from
/// elsewhere. The same numbers give the same bytes.
package struct Plot: Hashable, Sendable {
  /// One line, or one area.
  package struct Series: Hashable, Sendable {
    /// Shown beside it.
    package let name: String
    /// One for each place of the horizontal axis; nil where nothing is known.
    package let values: [Double?]

    /// - Parameter values: one for each place.
    package init(name: String, values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// Lines over one vertical axis.
  package struct Panel: Hashable, Sendable {
    /// Shown above it.
    package let title: String
    /// At most 8 are named; others are shown without name.
    package let series: [Series]

    /// - Parameter series: the most important first.
    package init(title: String, series: [Series]) {
      self.title = title
      self.series = series
    }
  }

  /// A named place of the horizontal axis.
  package struct Tick: Hashable, Sendable {
    /// 0 at the first value, 1 at the second.
    package let position: Double
    /// Shown below the axis.
    package let label: String

    /// - Parameter position: 0 at the first value.
    package init(position: Double, label: String) {
      self.position = position
      self.label = label
    }
  }

  /// One strip of cells.
  package struct Row: Hashable, Sendable {
    /// Shown in front of it.
    package let name: String
    /// One for each cell, 0 to 1.
    package let values: [Double]

    /// - Parameter values: one for each cell.
    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// Something that is said of some cells.
  package struct Mark: Hashable, Sendable {
    /// First cell.
    package let from: Int
    /// Last cell; smaller than `from` where it goes over the end.
    package let to: Int
    /// Shown beside it.
    package let label: String

    /// - Parameters:
    ///   - from: first cell.
    ///   - to: last cell.
    package init(from: Int, to: Int, label: String) {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  private enum Form: Hashable {
    case lines([Panel], places: Int, [Tick])
    case heat([Row], [Tick], [Mark])
    case areas([Series], positions: [Double], [Tick], [Tick])
  }

  private let title: String
  private let description: String
  private let form: Form

  /// Panels below each other, with lines over one horizontal axis. They are not stacked:
  /// the smallest is what is looked for.
  ///
  /// - Parameters:
  ///   - description: what a person who cannot see it should know.
  ///   - places: how many values a line has.
  package static func lines(
    _ title: String, description: String, panels: [Panel], places: Int, ticks: [Tick]
  ) -> Plot {
    Plot(title: title, description: description, form: .lines(panels, places: places, ticks))
  }

  /// A strip of cells for each row, darker (or lighter, on dark paper) where there is more.
  package static func heat(
    _ title: String, description: String, rows: [Row], ticks: [Tick], marks: [Mark]
  ) -> Plot {
    Plot(title: title, description: description, form: .heat(rows, ticks, marks))
  }

  /// Areas on top of each other that are 1 together, and lines across them.
  ///
  /// - Parameters:
  ///   - positions: of the values, growing.
  ///   - events: lines with their labels.
  package static func areas(
    _ title: String, description: String, series: [Series], positions: [Double], ticks: [Tick],
    events: [Tick]
  ) -> Plot {
    Plot(
      title: title, description: description,
      form: .areas(series, positions: positions, ticks, events))
  }

  /// A file of its own, which has its colours in it.
  package func svg() -> String {
    drawn(head: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", style: PlotStyle.standalone)
  }

  /// A part of a page that has ``PlotStyle/rules`` in its style sheet.
  package func figure() -> String { drawn(head: "", style: nil) }

  private func drawn(head: String, style: String?) -> String {
    var drawing = PlotDrawing()
    switch form {
    case .lines(let panels, let places, let ticks):
      LinesDrawing(panels: panels, places: places, ticks: ticks).draw(title, into: &drawing)
    case .heat(let rows, let ticks, let marks):
      HeatDrawing(rows: rows, ticks: ticks, marks: marks).draw(title, into: &drawing)
    case .areas(let series, let positions, let ticks, let events):
      AreasDrawing(series: series, positions: positions, ticks: ticks, events: events)
        .draw(title, into: &drawing)
    }
    return head + drawing.document(title: title, description: description, style: style)
  }
}
