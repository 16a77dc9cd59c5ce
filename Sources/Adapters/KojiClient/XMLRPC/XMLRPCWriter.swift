import ReleaseModel

/// Writes method calls as the hub reads them.
///
/// Members of structures are sorted, so that a call that is sent again is the
/// same, byte for byte.
struct XMLRPCWriter {
  /// The hub refuses a larger request with HTTP 400.
  static let limit = 4 << 20

  private var text = ""

  /// The body of a request.
  ///
  /// Throws `failed` where it is larger than ``limit``, or has a character
  /// that XML cannot carry.
  static func request(_ method: String, _ parameters: [XMLRPCValue]) throws -> [UInt8] {
    var writer = XMLRPCWriter()
    writer.text = "<?xml version='1.0'?>\n<methodCall>\n<methodName>"
    try writer.append(escaped: method)
    writer.text += "</methodName>\n<params>\n"
    for parameter in parameters {
      writer.text += "<param>\n"
      try writer.append(parameter)
      writer.text += "</param>\n"
    }
    writer.text += "</params>\n</methodCall>\n"
    let bytes = Array(writer.text.utf8)
    guard bytes.count <= limit else {
      throw ComposeError(
        .failed, "call of \(method)", "it has \(bytes.count) bytes; a hub takes \(limit) at most",
        remedy: "Report this: batches are meant to be far smaller")
    }
    return bytes
  }

  private mutating func append(_ value: XMLRPCValue) throws {
    text += "<value>"
    switch value {
    case .null: text += "<nil/>"
    case .integer(let number):
      let type = Int32(exactly: number) == nil ? "i8" : "int"
      text += "<\(type)>\(number)</\(type)>"
    // 0 and 1: the hub answers 'true' with HTTP 400.
    case .boolean(let flag): text += "<boolean>\(flag ? 1 : 0)</boolean>"
    case .double(let number): text += "<double>\(number)</double>"
    case .string(let string):
      text += "<string>"
      try append(escaped: string)
      text += "</string>"
    case .array(let elements):
      text += "<array><data>\n"
      for element in elements { try append(element) }
      text += "</data></array>"
    case .structure(let members):
      text += "<struct>\n"
      for (name, member) in members.sorted(by: { $0.key < $1.key }) {
        text += "<member>\n<name>"
        try append(escaped: name)
        text += "</name>\n"
        try append(member)
        text += "</member>\n"
      }
      text += "</struct>"
    }
    text += "</value>\n"
  }

  private mutating func append(escaped string: String) throws {
    for scalar in string.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\t", "\n", "\r": text += "&#\(scalar.value);"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        throw ComposeError(
          .badData, "'\(string.sanitizedForDisplay)'",
          "it has a control character, which no hub can be sent",
          remedy: "Correct the name")
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
