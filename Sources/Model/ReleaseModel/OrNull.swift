/// An optional whose JSON key stays when it has no value: the keys of the JSON
/// output are a contract, and null says "there is none".
@propertyWrapper
package struct OrNull<Value: Sendable & Hashable>: Sendable, Hashable {
  /// Nil is written as JSON `null`.
  package var wrappedValue: Value?

  /// Needed by the compiler for `@OrNull var key: Value?`.
  package init(wrappedValue: Value?) {
    self.wrappedValue = wrappedValue
  }
}

extension OrNull: Encodable where Value: Encodable {
  /// The value itself, or `null`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }
}

extension OrNull: Decodable where Value: Decodable {
  /// Nil for `null`; a key that is missing altogether is an error of whoever
  /// decodes the object.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }
}
