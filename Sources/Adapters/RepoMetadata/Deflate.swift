import CDeflate
import CZlib
import Digests
import Glibc
import ReleaseModel

/// Parts of one deflate stream (RFC 1951), each of which refers to nothing but its own
/// text and, where it is told to, to the end of the text before it: its *window*.
///
/// libdeflate compresses in half of zlib's time, and better, but ends what it
/// makes: its last block says that it is the last. zlib's decompressor is asked
/// where blocks begin and end; the mark goes, and an empty stored block follows,
/// which ends at a whole byte. That is what zlib calls a flush.
///
/// libdeflate knows no window, either. So it compresses window and part as one, and the
/// bits of the window are cut out: what stays is the head of the block in which the part
/// begins, with its codes, and everything from the part's first symbol on. For a symbol
/// to begin there, the window's last byte is replaced by zero, which no text has: it
/// makes a symbol of its own, and nothing refers to it.
///
/// At last the result is unpacked and compared with what was packed.
enum Deflate {
  /// Of libdeflate's 12. The next, 9, takes a quarter longer for half a thousandth;
  /// 11 would save three hundredths, in seven times the time.
  static let level: Int32 = 8

  /// How far back deflate refers, bytes.
  static let windowSize = 1 << 15

  /// Names everything that the bytes of a part depend on besides its contents.
  /// The library does not tell its version, which may be another than the one
  /// that this was built with, so what it makes of a fixed text is part of the
  /// name.
  static let identity: String = {
    let text = (0..<400).map { "<file>/usr/share/doc/\($0 * $0)/\($0 % 7)</file>\n" }.joined()
    return "libdeflate at \(level) in windows, \(Checksum(of: compress(Array(text.utf8)) ?? []))"
  }()

  /// The stream's end: an empty block that is the last.
  static let end: [UInt8] = [3, 0]

  /// Two bytes of length, and the same inverted, of a stored block of nothing.
  private static let emptyStoredBlock: [UInt8] = [0, 0, 0xFF, 0xFF]

  /// Nil where there is no memory, or what was packed does not unpack to `part`.
  ///
  /// - Parameter window: text that comes right before `part` in the stream, at most
  ///   ``windowSize`` bytes of it.
  static func compress(_ part: [UInt8], after window: [UInt8] = []) -> [UInt8]? {
    let windowed = isPlain(window) && isPlain(part) ? cut(part, after: window) : nil
    guard let packed = windowed ?? cut(part, after: []),
      decompress(packed, size: part.count, after: windowed == nil ? [] : window) == part
    else { return nil }
    return packed
  }

  /// Whether zero stands for nothing in it.
  private static func isPlain(_ text: [UInt8]) -> Bool {
    text.isEmpty || memchr(text, 0, text.count) == nil
  }

  /// Nil where the bits of the window cannot be told from those of the part.
  private static func cut(_ part: [UInt8], after window: [UInt8]) -> [UInt8]? {
    var text = window + part
    if !window.isEmpty { text[window.count - 1] = 0 }
    guard let stream = compressors.with({ compressed(text, by: $0) }),
      let blocks = blocks(of: stream, packing: text), let last = blocks.last
    else { return nil }
    var output = BitOutput(capacity: stream.count + 8)
    if window.isEmpty {
      output.append(stream, 0..<last.bits.upperBound, clearing: last.bits.lowerBound)
    } else {
      guard let block = blocks.first(where: { $0.end >= window.count }),
        let (symbols, cut) = DeflateBlock.cut(
          stream, blockAt: block.bits.lowerBound, after: window.count - block.start)
      else { return nil }
      output.append(
        stream, block.bits.lowerBound..<symbols, clearing: block.bits.lowerBound)
      output.append(stream, cut..<last.bits.upperBound, clearing: last.bits.lowerBound)
    }
    // Three bits of zero say that a stored block follows that is not the last.
    return output.bytes(padding: 3) + emptyStoredBlock
  }

  /// What ``compress(_:after:)`` was given; nil where `part` does not unpack to `size`
  /// bytes.
  static func decompress(_ part: [UInt8], size: Int, after window: [UInt8] = []) -> [UInt8]? {
    // libdeflate knows no window: it is put in front, in a stored block.
    let stream = storedBlock(window) + part + end
    let whole = window.count + size
    var unpacked = 0
    let output = decompressors.with { decompressor -> [UInt8]? in
      guard let decompressor else { return nil }
      return [UInt8](unsafeUninitializedCapacity: whole) { output, count in
        let result = libdeflate_deflate_decompress(
          decompressor, stream, stream.count, output.baseAddress, whole, &unpacked)
        count = result == LIBDEFLATE_SUCCESS ? unpacked : 0
      }
    }
    guard let output, output.count == whole else { return nil }
    return window.isEmpty ? output : Array(output[window.count...])
  }

  /// `text` as it is, in a block that is not the last; nothing for no text.
  ///
  /// - Parameter text: at most 65,535 bytes.
  private static func storedBlock(_ text: [UInt8]) -> [UInt8] {
    if text.isEmpty { return [] }
    let low = UInt8(truncatingIfNeeded: text.count)
    let high = UInt8(truncatingIfNeeded: text.count >> 8)
    return [0, low, high, ~low, ~high] + text
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

  /// One block of a stream.
  private struct Block {
    let bits: Range<Int>
    /// Bytes that the stream unpacks to before it, and up to its end.
    let start: Int
    let end: Int
  }

  /// The blocks of `stream`; nil unless it unpacks to `text`.
  private static func blocks(of stream: [UInt8], packing text: [UInt8]) -> [Block]? {
    var blocks: [Block] = []
    var isWhole = false
    var stream = stream
    // One byte more than is expected, so that a stream that is too long is
    // noticed.
    let output = [UInt8](unsafeUninitializedCapacity: text.count + 1) { output, count in
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
          var (bit, byte) = (0, 0)
          // After each block it stops, and tells how many bits of the last byte it
          // has not used (the lower six bits), that it was a block (128), and
          // whether it was the last one (64).
          while !isWhole, inflate(state, Z_BLOCK) == Z_OK {
            guard state.pointee.data_type & 128 != 0 else { continue }
            let end = 8 * Int(state.pointee.total_in) - Int(state.pointee.data_type & 63)
            // It stops before the first block, too.
            if end > bit {
              blocks.append(
                Block(bits: bit..<end, start: byte, end: Int(state.pointee.total_out)))
            }
            isWhole = state.pointee.data_type & 64 != 0
            (bit, byte) = (end, Int(state.pointee.total_out))
          }
          count = Int(state.pointee.total_out)
        }
      }
    }
    let isSame = output.count == text.count && memcmp(output, text, text.count) == 0
    return isWhole && isSame ? blocks : nil
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
