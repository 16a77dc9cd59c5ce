import CDeflate
import CZlib
import Digests
import Glibc
import ReleaseModel

/// Parts of one deflate stream (RFC 1951) that do not refer to each other.
///
/// libdeflate compresses in half of zlib's time, and better, but ends what it
/// makes: its last block says that it is the last. zlib's decompressor is asked
/// where blocks begin and end; the mark goes, and an empty stored block follows,
/// which ends at a whole byte. That is what zlib calls a flush. At the same time
/// it shows that what libdeflate made unpacks to what was packed.
enum Deflate {
  /// Of libdeflate's 12.
  static let level: Int32 = 6

  /// Names everything that the bytes of a part depend on besides its contents.
  /// The library does not tell its version, which may be another than the one
  /// that this was built with, so what it makes of a fixed text is part of the
  /// name.
  static let identity: String = {
    let text = (0..<400).map { "<file>/usr/share/doc/\($0 * $0)/\($0 % 7)</file>\n" }.joined()
    return "libdeflate at \(level), \(Checksum(of: compress(Array(text.utf8)) ?? []))"
  }()

  /// The stream's end: an empty block that is the last.
  static let end: [UInt8] = [3, 0]

  /// Two bytes of length, and the same inverted, of a stored block of nothing.
  private static let emptyStoredBlock: [UInt8] = [0, 0, 0xFF, 0xFF]

  /// Nil where there is no memory, or what was packed does not unpack to `part`.
  static func compress(_ part: [UInt8]) -> [UInt8]? {
    guard var output = compressors.with({ compressed(part, by: $0) }),
      let last = lastBlock(of: output, packing: part)
    else { return nil }
    output[last.lowerBound / 8] &= ~(1 << UInt8(last.lowerBound % 8))
    // Three bits of zero say that a stored block follows that is not the last.
    let length = (last.upperBound + 3 + 7) / 8
    if output.count > length { output.removeLast(output.count - length) }
    while output.count < length { output.append(0) }
    return output + emptyStoredBlock
  }

  /// What ``compress(_:)`` was given; nil where `part` does not unpack to `size`
  /// bytes.
  static func decompress(_ part: [UInt8], size: Int) -> [UInt8]? {
    let stream = part + end
    var length = 0
    let output = decompressors.with { decompressor -> [UInt8]? in
      guard let decompressor else { return nil }
      return [UInt8](unsafeUninitializedCapacity: size) { output, count in
        let result = libdeflate_deflate_decompress(
          decompressor, stream, stream.count, output.baseAddress, size, &length)
        count = result == LIBDEFLATE_SUCCESS ? length : 0
      }
    }
    return output?.count == size ? output : nil
  }

  private static func compressed(_ part: [UInt8], by compressor: OpaquePointer?) -> [UInt8]? {
    guard let compressor else { return nil }
    let bound = libdeflate_deflate_compress_bound(compressor, part.count)
    let output = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      count = libdeflate_deflate_compress(
        compressor, part, part.count, output.baseAddress, bound)
    }
    return output.isEmpty ? nil : output
  }

  /// The bits of `stream` that are its last block; nil unless it unpacks to
  /// `part`.
  private static func lastBlock(of stream: [UInt8], packing part: [UInt8]) -> Range<Int>? {
    var start = 0
    var last: Range<Int>?
    var stream = stream
    // One byte more than is expected, so that a stream that is too long is
    // noticed.
    let output = [UInt8](unsafeUninitializedCapacity: part.count + 1) { output, count in
      stream.withUnsafeMutableBufferPointer { input in
        var state = z_stream()
        // zlib remembers where its state is.
        withUnsafeMutablePointer(to: &state) { state in
          guard epel_compose_inflate_init(state) == Z_OK else { return }
          defer { inflateEnd(state) }
          state.pointee.next_in = input.baseAddress
          state.pointee.avail_in = UInt32(clamping: input.count)
          state.pointee.next_out = output.baseAddress
          state.pointee.avail_out = UInt32(clamping: output.count)
          // After each block it stops, and tells how many bits of the last byte it
          // has not used (the lower six bits), that it was a block (128), and
          // whether it was the last one (64).
          while last == nil, inflate(state, Z_BLOCK) == Z_OK {
            guard state.pointee.data_type & 128 != 0 else { continue }
            let end = 8 * Int(state.pointee.total_in) - Int(state.pointee.data_type & 63)
            if state.pointee.data_type & 64 != 0 { last = start..<end }
            start = end
          }
          count = Int(state.pointee.total_out)
        }
      }
    }
    let isSame = output.count == part.count && memcmp(output, part, part.count) == 0
    return isSame ? last : nil
  }

  // MARK: States of libdeflate

  private static let compressors = States { libdeflate_alloc_compressor(level) }
  private static let decompressors = States { libdeflate_alloc_decompressor() }

  /// Large, and needed again and again: as many as were ever in use at once are
  /// kept.
  private final class States: Sendable {
    private let make: @Sendable () -> OpaquePointer?
    private let idle = Guarded<[Kept]>([])

    private struct Kept: @unchecked Sendable { let state: OpaquePointer }

    init(_ make: @escaping @Sendable () -> OpaquePointer?) { self.make = make }

    /// Hands a state to `body`; nil where there is no memory for one.
    func with<Value>(_ body: (OpaquePointer?) -> Value) -> Value {
      let state = idle.withLock { $0.popLast() }?.state ?? make()
      defer { if let state { idle.withLock { $0.append(Kept(state: state)) } } }
      return body(state)
    }
  }
}
