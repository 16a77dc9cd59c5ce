/// Reads a method response as it arrives: a reply of 60 MB never lies in
/// memory whole, if its rows are taken one by one.
package struct XMLRPCReader {
  /// What a hub answers.
  package enum Reply {
    case value(XMLRPCValue)
    case fault(HubFault)
  }

  /// Takes one row: the index of the array that it is in, where arrays are
  /// in an array, and the row itself.
  package typealias RowHandler = (Int, XMLRPCValue) throws -> Void

  /// What is open, from the outside in.
  private enum Frame {
    /// `methodResponse`, `params`, `param`, `data`: nothing to collect.
    case wrapper(String)
    case fault
    case value(XMLRPCValue?, text: [UInt8])
    case scalar(String, text: [UInt8])
    case array([XMLRPCValue], count: Int)
    case structure([String: XMLRPCValue])
    case member(name: String?, value: XMLRPCValue?)

    var name: String {
      switch self {
      case .wrapper(let name), .scalar(let name, _): name
      case .fault: "fault"
      case .value: "value"
      case .array: "array"
      case .structure: "struct"
      case .member: "member"
      }
    }
  }

  /// A hub nests a handful of levels.
  private static let depthLimit = 64

  private static let scalars: Set<String> = [
    "int", "i4", "i8", "ex:i8", "boolean", "double", "string", "name", "nil", "ex:nil",
    "dateTime.iso8601", "base64",
  ]

  private let rowDepth: Int?
  private let handleRow: RowHandler
  private var tokenizer = XMLTokenizer()
  private var stack: [Frame] = []
  private var arrayDepth = 0
  private var reply: Reply?
  private var isFault = false
  private var rowError: (any Error)?

  /// - Parameters:
  ///   - rowDepth: elements of arrays at this depth (1 for the outermost) go
  ///     to `handleRow` and are not kept; nil keeps everything.
  package init(rowDepth: Int? = nil, handleRow: @escaping RowHandler = { _, _ in }) {
    self.rowDepth = rowDepth
    self.handleRow = handleRow
  }

  /// Takes the next bytes. Throws ``XMLRPCProblem``, or what `handleRow` threw.
  package mutating func feed(_ bytes: UnsafeRawBufferPointer) throws {
    // The tokenizer is taken out while it calls back into this value.
    var tokenizer = self.tokenizer
    try tokenizer.feed(bytes) { token throws(XMLRPCProblem) in try take(token) }
    self.tokenizer = tokenizer
    if let rowError { throw rowError }
  }

  /// The reply, once everything has arrived. Throws ``XMLRPCProblem`` where
  /// it ends too early.
  package func finish() throws(XMLRPCProblem) -> Reply {
    guard tokenizer.isBetweenTags, stack.isEmpty, let reply else {
      throw XMLRPCProblem("it ends too early")
    }
    return reply
  }

  // MARK: Tokens

  private mutating func take(_ token: XMLTokenizer.Token) throws(XMLRPCProblem) {
    switch token {
    case .start(let name): try open(name)
    case .end(let name): try close(name)
    case .empty(let name):
      try open(name)
      try close(name)
    case .text(let bytes): try append(bytes)
    }
  }

  private mutating func append(_ bytes: [UInt8]) throws(XMLRPCProblem) {
    switch stack.last {
    case .scalar(let name, var text):
      text += bytes
      stack[stack.count - 1] = .scalar(name, text: text)
    case .value(nil, var text):
      text += bytes
      stack[stack.count - 1] = .value(nil, text: text)
    default:
      guard bytes.allSatisfy({ $0 <= 0x20 }) else {
        throw XMLRPCProblem("it has text where none belongs")
      }
    }
  }

  private mutating func open(_ name: String) throws(XMLRPCProblem) {
    guard stack.count < Self.depthLimit else { throw XMLRPCProblem("it nests too deeply") }
    guard reply == nil, stack.isEmpty == (name == "methodResponse") else {
      throw XMLRPCProblem("<\(name)> is where it does not belong")
    }
    switch name {
    case "methodResponse", "params", "param", "data": stack.append(.wrapper(name))
    case "fault":
      isFault = true
      stack.append(.fault)
    case "value": stack.append(.value(nil, text: []))
    case "array":
      arrayDepth += 1
      stack.append(.array([], count: 0))
    case "struct": stack.append(.structure([:]))
    case "member": stack.append(.member(name: nil, value: nil))
    case _ where Self.scalars.contains(name): stack.append(.scalar(name, text: []))
    default: throw XMLRPCProblem("<\(name)> is no element of XML-RPC")
    }
  }

  private mutating func close(_ name: String) throws(XMLRPCProblem) {
    guard let frame = stack.popLast(), frame.name == name else {
      throw XMLRPCProblem("</\(name)> closes nothing")
    }
    switch frame {
    case .wrapper, .fault:
      if stack.isEmpty, reply == nil { throw XMLRPCProblem("it holds no value") }
    case .scalar(let type, let text):
      try give(Self.scalar(type, XMLTokenizer.text(text)), named: type == "name")
    case .array(let elements, _):
      arrayDepth -= 1
      try give(.array(elements), named: false)
    case .structure(let members): try give(.structure(members), named: false)
    case .member(let memberName?, let value?):
      guard case .structure(var members) = stack.popLast() else {
        throw XMLRPCProblem("<member> is outside of a <struct>")
      }
      members[memberName] = value
      stack.append(.structure(members))
    case .member: throw XMLRPCProblem("a <member> lacks its name or value")
    // <value>text</value> is a string.
    case .value(let value, let text): try place(value ?? .string(XMLTokenizer.text(text)))
    }
  }

  // MARK: Values

  /// Hands what a type element holds to the <value> or <member> around it.
  private mutating func give(_ value: XMLRPCValue, named isName: Bool) throws(XMLRPCProblem) {
    switch stack.last {
    case .member(nil, let held) where isName:
      stack[stack.count - 1] = .member(name: value.text ?? "", value: held)
    case .value(nil, _) where !isName: stack[stack.count - 1] = .value(value, text: [])
    default: throw XMLRPCProblem("it has a type where none belongs")
    }
  }

  /// Puts a finished <value> where it belongs.
  private mutating func place(_ value: XMLRPCValue) throws(XMLRPCProblem) {
    let index = stack.count - 1
    switch stack.last {
    case .wrapper("data"):
      guard index > 0, case .array(var elements, let count) = stack[index - 1] else {
        throw XMLRPCProblem("<data> is outside of an <array>")
      }
      // Out of the stack, or appending would copy all of them each time.
      stack[index - 1] = .array([], count: 0)
      if arrayDepth == rowDepth, !isFault {
        hand(value)
      } else {
        elements.append(value)
      }
      stack[index - 1] = .array(elements, count: count + 1)
    case .member(let name, nil): stack[index] = .member(name: name, value: value)
    case .wrapper("param") where reply == nil: reply = .value(value)
    case .fault:
      guard let code = value["faultCode"].integer else {
        throw XMLRPCProblem("its fault has no code")
      }
      reply = .fault(HubFault(code: code, message: value["faultString"].text ?? ""))
    default: throw XMLRPCProblem("a <value> is where it does not belong")
    }
  }

  private mutating func hand(_ row: XMLRPCValue) {
    guard rowError == nil else { return }
    // The array around the one that holds the row has this many before it.
    let outer = stack.dropLast(2).last { if case .array = $0 { true } else { false } }
    var position = 0
    if case .array(_, let count) = outer { position = count }
    do { try handleRow(position, row) } catch { rowError = error }
  }

  private static func scalar(_ type: String, _ text: String) throws(XMLRPCProblem) -> XMLRPCValue {
    switch type {
    case "nil", "ex:nil": return .null
    case "int", "i4", "i8", "ex:i8":
      guard let number = Int(text.trimmingSpace) else {
        throw XMLRPCProblem("an integer is no number")
      }
      return .integer(number)
    case "boolean":
      switch text.trimmingSpace {
      case "1": return true
      case "0": return false
      default: throw XMLRPCProblem("a boolean is neither 0 nor 1")
      }
    case "double":
      guard let number = Double(text.trimmingSpace) else {
        throw XMLRPCProblem("a double is no number")
      }
      return .double(number)
    default: return .string(text)
    }
  }
}

extension String {
  fileprivate var trimmingSpace: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
