import CXMLReader
import ReleaseModel

extension Metalink {
  /// Bytes of the largest answer that is read: those of real servers have some ten
  /// thousand.
  package static let limit = 1 << 20

  /// Reads the answer of a server, with libxml2.
  ///
  /// Throws `badData` where it is larger than ``limit``, not well formed, has a document
  /// type, or says nothing of a `repomd.xml`.
  ///
  /// - Parameter name: where the bytes come from, for messages.
  package init(_ bytes: [UInt8], from name: String) throws {
    func problem(_ cause: String) -> ComposeError {
      ComposeError(
        .badData, name.sanitizedForDisplay, cause,
        remedy: "Ask the operator of that server, or correct 'mirrors.metalink' of the policy")
    }
    guard bytes.count <= Self.limit else {
      throw problem("its answer is larger than \(Self.limit >> 20) MiB")
    }
    let reader = MetalinkReader()
    var line: Int32 = 0
    let code = bytes.withUnsafeBytes { buffer in
      withUnsafePointer(to: MetalinkReader.events) { events in
        cxml_parse(
          buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), events,
          Unmanaged.passUnretained(reader).toOpaque(), &line)
      }
    }
    withExtendedLifetime(reader) {}
    guard code == 0 else { throw problem("its answer is no XML that is read here, line \(line)") }
    guard let metalink = reader.metalink else {
      throw problem("its answer is no metalink of a repomd.xml")
    }
    self = metalink
  }
}

/// Collects what libxml2 finds in a metalink, version 3 as MirrorManager writes it.
private final class MetalinkReader {
  /// Local names from the root to the element that is open; those of MirrorManager's own
  /// namespace begin with `mm0:`, whatever their prefix is.
  private var path: [String] = []
  private var attributes: [String: String] = [:]
  private var text: [UInt8] = []

  /// Whether the element `file` that is open is that of repomd.xml.
  private var isRepomd = false
  private var hasRepomd = false
  private var current = Metalink.Version()
  private var alternates: [Metalink.Version] = []
  private var mirrors: [Metalink.Mirror] = []

  /// What was found; nil where the document is another one.
  var metalink: Metalink? {
    hasRepomd ? Metalink(current: current, alternates: alternates, mirrors: mirrors) : nil
  }

  /// The namespace of MirrorManager's elements. librepo goes by the prefix `mm0` alone.
  private static let space = "http://fedorahosted.org/mirrormanager"
  private static let file = ["metalink", "files", "file"]
  private static let alternate = file + ["mm0:alternates", "mm0:alternate"]
  private static let mirror = file + ["resources", "url"]

  static let events = cxml_events(
    start: { context, name, prefix, space in
      MetalinkReader.of(context)?.start(name, prefix, space)
    },
    attribute: { context, name, prefix, space, value, length in
      MetalinkReader.of(context)?.attribute(name, prefix, space, value, length)
    },
    started: { context in MetalinkReader.of(context)?.started() },
    text: { context, bytes, length in MetalinkReader.of(context)?.add(bytes, length) },
    end: { context in MetalinkReader.of(context)?.end() })

  private static func of(_ context: UnsafeMutableRawPointer?) -> MetalinkReader? {
    context.map { Unmanaged<MetalinkReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func word(
    _ name: UnsafePointer<CChar>?, _ prefix: UnsafePointer<CChar>?,
    _ space: UnsafePointer<CChar>?
  ) -> String {
    let name = name.map { String(cString: $0) } ?? ""
    let isManager =
      prefix.map { String(cString: $0) == "mm0" } == true
      || space.map { String(cString: $0) == Self.space } == true
    return isManager ? "mm0:\(name)" : name
  }

  private func start(
    _ name: UnsafePointer<CChar>?, _ prefix: UnsafePointer<CChar>?, _ space: UnsafePointer<CChar>?
  ) {
    path.append(Self.word(name, prefix, space))
    attributes = [:]
    text = []
  }

  private func attribute(
    _ name: UnsafePointer<CChar>?, _ prefix: UnsafePointer<CChar>?, _ space: UnsafePointer<CChar>?,
    _ value: UnsafePointer<CChar>?, _ length: Int32
  ) {
    guard let value else { return }
    let bytes = UnsafeRawBufferPointer(start: value, count: Int(max(0, length)))
    attributes[Self.word(name, prefix, space)] = String(decoding: bytes, as: UTF8.self)
  }

  private func add(_ bytes: UnsafePointer<CChar>?, _ length: Int32) {
    guard let bytes, length > 0 else { return }
    text += UnsafeRawBufferPointer(start: bytes, count: Int(length))
  }

  private func started() {
    if path == Self.file {
      isRepomd = !hasRepomd && attributes["name"] == "repomd.xml"
      if isRepomd { hasRepomd = true }
    } else if path == Self.alternate, isRepomd {
      alternates.append(Metalink.Version())
    }
  }

  private func end() {
    defer {
      if path == Self.file { isRepomd = false }
      _ = path.popLast()
      text = []
    }
    guard isRepomd else { return }
    let value = String(decoding: text, as: UTF8.self).trimmingSpace
    if path == Self.mirror {
      mirrors.append(Metalink.Mirror(url: value, attributes: attributes))
    } else if path.starts(with: Self.alternate) {
      note(value, path.dropFirst(Self.alternate.count), in: &alternates[alternates.count - 1])
    } else if path.starts(with: Self.file) {
      note(value, path.dropFirst(Self.file.count), in: &current)
    }
  }

  /// - Parameter names: of the element that ends, below the one that is described.
  private func note(
    _ value: String, _ names: ArraySlice<String>, in version: inout Metalink.Version
  ) {
    switch Array(names) {
    case ["mm0:timestamp"]: version.timestamp = Int(value).flatMap(Self.time)
    case ["size"]: version.size = Int(value).flatMap(Self.count)
    case ["verification", "hash"]:
      if let type = attributes["type"] { version.hashes[type] = value.lowercased() }
    default: break
    }
  }

  private static func time(_ number: Int) -> Int? {
    NumberFromOutside.times.contains(number) ? number : nil
  }

  private static func count(_ number: Int) -> Int? {
    NumberFromOutside.counts.contains(number) ? number : nil
  }
}

extension String {
  /// Without white space around it.
  fileprivate var trimmingSpace: String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
