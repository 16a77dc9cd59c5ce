import DocumentTemplates
import ReleaseModel

/// Elements of one SVG picture, one a line. Coordinates have one decimal at most.
struct PlotDrawing {
  /// Pixels across.
  static let width = 960.0
  /// Pixels that a character takes at most, on average; for what must not lie over
  /// something else.
  static let character = 7.8

  private var elements: [String] = []
  /// Pixels down.
  var height = 0.0

  enum Anchor: String {
    case start, middle, end
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, style: String? = nil
  ) {
    let place = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    let name = style.map { " class=\"\($0)\"" } ?? ""
    elements.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(place)\(name)>\(Self.escaped(text))</text>"
    )
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) {
    elements.append(
      "<path class=\"\(style)\" d=\"M\(Self.number(x1)) \(Self.number(y1))L\(Self.number(x2)) \(Self.number(y2))\"/>"
    )
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, style: String, title: String? = nil
  ) {
    let shape =
      "<rect class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    elements.append(
      title.map { "\(shape)><title>\(Self.escaped($0))</title></rect>" } ?? shape + "/>")
  }

  /// Rectangles of one size with their upper left corners.
  mutating func cells(
    _ corners: [(x: Double, y: Double)], _ width: Double, _ height: Double, style: String
  ) {
    guard !corners.isEmpty else { return }
    let shape = "h\(Self.number(width))v\(Self.number(height))h\(Self.number(-width))z"
    let data = corners.map { "M\(Self.number($0.x)) \(Self.number($0.y))\(shape)" }.joined()
    elements.append("<path class=\"\(style)\" d=\"\(data)\"/>")
  }

  mutating func dot(_ x: Double, _ y: Double, style: String) {
    elements.append(
      "<circle class=\"\(style)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"3\"/>")
  }

  /// Lines from point to point; a new one begins where there is none between.
  mutating func path(_ points: [(x: Double, y: Double)?], style: String, isClosed: Bool = false) {
    var data = ""
    var isOpen = false
    for point in points {
      guard let point else {
        isOpen = false
        continue
      }
      data += (isOpen ? "L" : "M") + "\(Self.number(point.x)) \(Self.number(point.y))"
      isOpen = true
    }
    guard !data.isEmpty else { return }
    elements.append("<path class=\"\(style)\" d=\"\(data)\(isClosed ? "Z" : "")\"/>")
  }

  func document(title: String, description: String, style: String?) -> String {
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 \(Self.number(Self.width)) \(Self.number(height))\" role=\"img\">",
      "<title>\(Self.escaped(title))</title>", "<desc>\(Self.escaped(description))</desc>",
    ]
    if let style { lines.append("<style>\n\(style)\n</style>") }
    lines += elements
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// At most one decimal, no exponent; 0 for what is no number.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let (whole, part) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + "\(whole)" + (part == 0 ? "" : ".\(part)")
  }

  /// Names of servers, paths and releases come from outside.
  private static func escaped(_ text: String) -> String { text.sanitizedForDisplay.markup }

  /// `text` cut to fit `width`.
  static func fitting(_ text: String, _ width: Double) -> String {
    let room = max(1, Int(width / character))
    return text.displayWidth <= room ? text : String(text.prefix(max(1, room - 1))) + "…"
  }
}
