/// What is wrong with the bytes of a message.
enum WireError: Error {
  /// It ends within a number or before the length that it told.
  case endsEarly
  /// A number of more than ten bytes.
  case longNumber
  /// A form that the protocol does not have, or that this field does not.
  case wrongForm(field: UInt32)
  /// A message without a field that it must have.
  case lacks(field: UInt32)
  /// A name that is not UTF-8.
  case notText
  /// More of something than can be numbered.
  case tooMuch

  var cause: String {
    switch self {
    case .endsEarly: "it ends early, or a length in it leads beyond its end"
    case .longNumber: "a number in it has more than ten bytes"
    case .wrongForm(let field): "field \(field) of a message has a form that it cannot have"
    case .lacks(let field): "a message lacks its field \(field)"
    case .notText: "a name in it is not UTF-8"
    case .tooMuch: "it has more than 4,294,967,294 entries of one kind, or 4 GiB of names"
    }
  }
}

/// Reads the fields of one message of Protocol Buffers, without copies: numbers and
/// places in the bytes, which must outlive it.
struct WireReader {
  /// How a field is written.
  enum Form: UInt8 {
    case varint = 0
    case eightBytes = 1
    case bytes = 2
    case fourBytes = 5
  }

  private let message: UnsafeRawBufferPointer
  private var position = 0
  /// The field that was read last.
  private(set) var field: UInt32 = 0
  private var form = Form.varint

  init(_ bytes: UnsafeRawBufferPointer) { message = bytes }

  /// Goes to the next field; false at the end. What the field has must then be read or
  /// skipped.
  mutating func next() throws(WireError) -> Bool {
    guard position < message.count else { return false }
    let tag = try varint()
    guard tag >> 3 != 0, tag >> 3 <= 0x1FFF_FFFF, let form = Form(rawValue: UInt8(tag & 7)) else {
      throw .wrongForm(field: UInt32(truncatingIfNeeded: tag >> 3))
    }
    field = UInt32(tag >> 3)
    self.form = form
    return true
  }

  /// A number that is written with seven bits a byte.
  @inline(__always)
  private mutating func varint() throws(WireError) -> UInt64 {
    if position < message.count {
      let byte = message[position]
      if byte < 0x80 {
        position += 1
        return UInt64(byte)
      }
    }
    return try longVarint()
  }

  private mutating func longVarint() throws(WireError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard position < message.count else { throw .endsEarly }
      guard shift < 70 else { throw .longNumber }
      let byte = message[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// The number of this field.
  mutating func integer() throws(WireError) -> Int64 {
    guard form == .varint else { throw .wrongForm(field: field) }
    return Int64(bitPattern: try varint())
  }

  /// The bytes of this field.
  mutating func bytes() throws(WireError) -> UnsafeRawBufferPointer {
    guard form == .bytes else { throw .wrongForm(field: field) }
    let count = try varint()
    guard count <= UInt64(message.count - position) else { throw .endsEarly }
    defer { position += Int(count) }
    return UnsafeRawBufferPointer(rebasing: message[position..<position + Int(count)])
  }

  /// The message of this field.
  mutating func nested() throws(WireError) -> WireReader { WireReader(try bytes()) }

  /// The bytes of this field, which must be UTF-8.
  mutating func text() throws(WireError) -> UnsafeRawBufferPointer {
    let bytes = try bytes()
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .notText }
    return bytes
  }

  /// The numbers of this field: one, or several that are packed.
  mutating func integers(_ body: (Int64) throws(WireError) -> Void) throws(WireError) {
    guard form == .bytes else { return try body(try integer()) }
    var packed = WireReader(try bytes())
    while packed.position < packed.message.count {
      try body(Int64(bitPattern: try packed.varint()))
    }
  }

  /// Leaves out this field.
  mutating func skip() throws(WireError) {
    switch form {
    case .varint: _ = try varint()
    case .bytes: _ = try bytes()
    case .eightBytes: try leaveOut(8)
    case .fourBytes: try leaveOut(4)
    }
  }

  private mutating func leaveOut(_ count: Int) throws(WireError) {
    guard message.count - position >= count else { throw .endsEarly }
    position += count
  }
}
