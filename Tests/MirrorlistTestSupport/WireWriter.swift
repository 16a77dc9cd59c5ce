/// Writes messages of Protocol Buffers.
package struct WireWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  package mutating func integer(_ field: UInt64, _ value: Int64) {
    varint(field << 3)
    varint(UInt64(bitPattern: value))
  }

  package mutating func bytes(_ field: UInt64, _ value: [UInt8]) {
    varint(field << 3 | 2)
    varint(UInt64(value.count))
    bytes += value
  }

  package mutating func text(_ field: UInt64, _ value: String) { bytes(field, Array(value.utf8)) }

  package mutating func message(_ field: UInt64, _ body: (inout WireWriter) -> Void) {
    var message = WireWriter()
    body(&message)
    bytes(field, message.bytes)
  }

  package mutating func append(_ more: [UInt8]) { bytes += more }
}
