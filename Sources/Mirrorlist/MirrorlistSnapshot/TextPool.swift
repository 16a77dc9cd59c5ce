/// Where a text is in the pool of its snapshot.
package struct Text: Hashable, Sendable {
  /// Of its first byte.
  package let offset: UInt32
  /// Bytes.
  package let count: UInt32

  /// No text.
  package static let empty = Text(offset: 0, count: 0)

  /// Whether it has no bytes.
  package var isEmpty: Bool { count == 0 }
}

/// All texts of a snapshot, one after the other: a text of its own for each of some
/// hundred thousand names would take three times the memory.
struct TextPool: Sendable {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ text: UnsafeRawBufferPointer) throws(WireError) -> Text {
    guard !text.isEmpty else { return .empty }
    guard bytes.count + text.count <= UInt32.max else { throw WireError.tooMuch }
    let offset = UInt32(bytes.count)
    bytes.append(contentsOf: text)
    return Text(offset: offset, count: UInt32(text.count))
  }

  mutating func add(_ text: String) throws(WireError) -> Text {
    guard bytes.count + text.utf8.count <= UInt32.max else { throw WireError.tooMuch }
    guard !text.isEmpty else { return .empty }
    let offset = UInt32(bytes.count)
    bytes.append(contentsOf: text.utf8)
    return Text(offset: offset, count: UInt32(text.utf8.count))
  }

  func string(_ text: Text) -> String {
    String(decoding: bytes[Int(text.offset)..<Int(text.offset) + Int(text.count)], as: UTF8.self)
  }
}

/// Names that are numbered from 0 upwards and found by their bytes: a hash table with
/// open addressing over the text pool.
struct NameTable: Sendable {
  private(set) var names: [Text] = []
  /// Number of a name plus one; 0 where there is none. Their count is a power of two.
  private var slots = [UInt32](repeating: 0, count: 64)

  var count: Int { names.count }

  /// The number of `name`, which is added where it is new.
  mutating func number(
    of name: UnsafeRawBufferPointer, in pool: inout TextPool
  ) throws(WireError) -> UInt32 {
    let slot = slot(of: name, in: pool)
    if slots[slot] != 0 { return slots[slot] - 1 }
    names.append(try pool.add(name))
    let number = UInt32(names.count)
    slots[slot] = number
    if names.count * 2 > slots.count { grow(pool) }
    return number - 1
  }

  func find(_ name: UnsafeRawBufferPointer, in pool: TextPool) -> UInt32? {
    let found = slots[slot(of: name, in: pool)]
    return found == 0 ? nil : found - 1
  }

  /// The slot that has `name`, or that it would come into.
  private func slot(of name: UnsafeRawBufferPointer, in pool: TextPool) -> Int {
    var slot = Int(truncatingIfNeeded: Self.hash(name)) & (slots.count - 1)
    while slots[slot] != 0 {
      let text = names[Int(slots[slot] - 1)]
      if Int(text.count) == name.count,
        pool.bytes.withUnsafeBytes({ bytes in
          let there = UnsafeRawBufferPointer(
            rebasing: bytes[Int(text.offset)..<Int(text.offset) + name.count])
          return there.elementsEqual(name)
        })
      {
        break
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow(_ pool: TextPool) {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    pool.bytes.withUnsafeBytes { bytes in
      for (index, text) in names.enumerated() {
        let name = UnsafeRawBufferPointer(
          rebasing: bytes[Int(text.offset)..<Int(text.offset) + Int(text.count)])
        var slot = Int(truncatingIfNeeded: Self.hash(name)) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(index + 1)
      }
    }
  }

  /// FNV-1a. Clients choose what is looked up, but not what is in the table.
  private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }
}
