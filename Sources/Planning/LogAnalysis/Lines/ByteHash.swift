/// Hashes of bytes that stand for them in tables: 64 bits, the same in every run.
///
/// Multiplication to 128 bits, as wyhash has it. It is not meant to withstand who
/// looks for collisions: tables that use it bound how far they search.
enum ByteHash {
  private static let first: UInt64 = 0xA076_1D64_78BD_642F
  private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

  /// Both, in this order, as one.
  @inline(__always)
  static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ first).multipliedFullWidth(by: right ^ second)
    return product.high ^ product.low
  }

  /// Of `count` bytes from `bytes` on.
  @inline(__always)
  static func of(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let raw = UnsafeRawPointer(bytes)
    var hash = UInt64(truncatingIfNeeded: count)
    var offset = 0
    while count &- offset >= 16 {
      hash = mixed(
        hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
        raw.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
      offset &+= 16
    }
    if count >= 8 {
      // Of the last bytes some may be in it twice: that is faster than one after the other.
      if count &- offset > 8 {
        hash = mixed(hash, raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
      if offset < count {
        hash = mixed(hash, raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
      }
    } else {
      var rest: UInt64 = 0
      while offset < count {
        rest = rest << 8 | UInt64(bytes[offset])
        offset &+= 1
      }
      hash = mixed(hash, rest)
    }
    return hash
  }

  /// Of `count` bytes from `bytes` on, which are more than in most texts: two halves are
  /// hashed side by side. Other than ``of(_:_:)``.
  @inline(__always)
  static func ofLong(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    guard count >= 32 else { return of(bytes, count) }
    let raw = UnsafeRawPointer(bytes)
    var hashes = (UInt64(truncatingIfNeeded: count), second)
    @inline(__always)
    func mix(_ offset: Int) {
      hashes.0 = mixed(
        hashes.0 ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
        raw.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
      hashes.1 = mixed(
        hashes.1 ^ raw.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt64.self),
        raw.loadUnaligned(fromByteOffset: offset &+ 24, as: UInt64.self))
    }
    var offset = 0
    while count &- offset > 32 {
      mix(offset)
      offset &+= 32
    }
    // Some bytes may be in it twice, as above.
    mix(count &- 32)
    return mixed(hashes.0, hashes.1)
  }

  /// Of a text in UTF-8.
  static func of(_ text: String) -> UInt64 {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { of($0, bytes.count) } ?? 0
    }
  }
}
