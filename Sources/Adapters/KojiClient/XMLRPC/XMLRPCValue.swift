/// A value as XML-RPC has it, with the extensions that Koji uses (`nil`, `i8`).
///
/// Dates and base64 come as their text: the hub sends times as strings, with
/// a double of the same name and `_ts` beside them.
package enum XMLRPCValue: Hashable, Sendable {
  case null
  case integer(Int)
  case boolean(Bool)
  case double(Double)
  case string(String)
  case array([XMLRPCValue])
  case structure([String: XMLRPCValue])

  /// The member `name` of a structure; null where there is none.
  package subscript(name: String) -> XMLRPCValue {
    guard case .structure(let members) = self else { return .null }
    return members[name] ?? .null
  }

  package var isNull: Bool { self == .null }

  package var integer: Int? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  package var text: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  package var array: [XMLRPCValue]? {
    guard case .array(let value) = self else { return nil }
    return value
  }

  /// A number, whether it was sent with a fraction or not.
  package var number: Double? {
    switch self {
    case .double(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// A boolean; hubs send some of them as 0 and 1.
  package var flag: Bool? {
    switch self {
    case .boolean(let value): value
    case .integer(let value): value != 0
    default: nil
    }
  }
}

extension XMLRPCValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(arrayLiteral elements: XMLRPCValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, XMLRPCValue)...) {
    self = .structure(Dictionary(elements) { $1 })
  }
  package init(nilLiteral: ()) { self = .null }
}
