import ReleaseModel

/// A value as XML-RPC has it, with the extensions that Koji uses (`nil`, `i8`).
///
/// Dates and base64 come as their text: the hub sends times as strings, with
/// a double of the same name and `_ts` beside them.
package enum XMLRPCValue: Hashable, Sendable {
  /// `<nil/>`, an extension that Koji uses.
  case null
  /// `<int>`, `<i4>` or `<i8>`.
  case integer(Int)
  /// `<boolean>`: 0 or 1.
  case boolean(Bool)
  /// `<double>`; Koji sends times as it.
  case double(Double)
  /// `<string>`, or a value without a type.
  case string(String)
  /// `<array>`.
  case array([XMLRPCValue])
  /// `<struct>`.
  case structure([String: XMLRPCValue])

  /// The member `name` of a structure; null where there is none.
  package subscript(name: String) -> XMLRPCValue {
    guard case .structure(let members) = self else { return .null }
    return members[name] ?? .null
  }

  /// Whether it is `<nil/>`.
  package var isNull: Bool { self == .null }

  /// Nil for any other type: nothing is converted.
  package var integer: Int? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  /// Nil for any other type: nothing is converted.
  package var text: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// Nil for any other type.
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

  /// The number as a time, whole seconds since 1970; nil where it cannot be one.
  package var seconds: Int? { number.flatMap(NumberFromOutside.seconds) }

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
  /// So that calls can be written as literals.
  package init(stringLiteral value: String) { self = .string(value) }
  /// So that calls can be written as literals.
  package init(integerLiteral value: Int) { self = .integer(value) }
  /// So that calls can be written as literals.
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// So that calls can be written as literals.
  package init(arrayLiteral elements: XMLRPCValue...) { self = .array(elements) }
  /// So that calls can be written as literals; a key that is there twice has
  /// its last value.
  package init(dictionaryLiteral elements: (String, XMLRPCValue)...) {
    self = .structure(Dictionary(elements) { $1 })
  }
  /// So that calls can be written as literals.
  package init(nilLiteral: ()) { self = .null }
}
