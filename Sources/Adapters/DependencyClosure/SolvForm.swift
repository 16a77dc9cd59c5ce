import CSolv
import Digests
import Glibc
package import ReleaseModel

/// Keeps repositories in libsolv's own form (.solv), which is read back many
/// times faster than it is made from primary metadata. What is not kept is made
/// again.
package protocol SolvStore: Sendable {
  /// What was kept as each of `keys`; nil where nothing is, or it is damaged.
  func solvs(_ keys: [Checksum]) -> [[UInt8]?]
  /// Keeps `solv` as `key`; may fail silently, it only costs time later.
  func keep(solv: [UInt8], as key: Checksum)
}

/// Packages of a repository for a ``PackageUniverse``.
package struct PrimaryContents {
  /// Lends a descriptor of the uncompressed document for a call.
  package typealias Document = (_ body: (Int32) throws -> Void) throws -> Void

  /// Tells of the document's parts; nil where it cannot be parted.
  package typealias Parts = () throws -> PrimaryParts?

  let withDocument: Document
  let parts: Parts?
  let store: (any SolvStore)?
  let key: Checksum?

  /// - Parameters:
  ///   - name: what names the packages: where it is the same, so are they.
  ///   - store: what was read before.
  ///   - parts: nil for a document that is kept as a whole; else the store keeps its parts, of
  ///     which most are the same in the next one.
  ///   - document: asked for only where the store has nothing.
  package init(
    named name: String? = nil, store: (any SolvStore)? = nil, parts: Parts? = nil,
    document: @escaping Document
  ) {
    withDocument = document
    self.parts = parts
    self.store = store
    key = name.map { Checksum(of: Array("\(SolvForm.identity) \($0)".utf8)) }
  }

  var known: [UInt8]? { key.flatMap { store?.solvs([$0])[0] } }
}

/// A document in parts, each a document of some of its packages.
package struct PrimaryParts {
  /// Hands over the parts at some places, with their places, in order.
  package typealias Reading = (
    _ places: [Int], _ body: (_ place: Int, _ document: [UInt8]) throws -> Void
  ) throws -> Void

  /// SHA-256 of what each has, in their order.
  let checksums: [Checksum]
  let read: Reading

  /// - Parameters:
  ///   - checksums: of what each part has, in their order.
  ///   - read: asked only for parts that the store does not have.
  package init(_ checksums: [Checksum], read: @escaping Reading) {
    self.checksums = checksums
    self.read = read
  }
}

extension PackageUniverse {
  /// Names all that answers depend on besides the packages: how they are asked, and who answers.
  package static var version: String { "closure 1, \(SolvForm.identity)" }
}

/// libsolv's own form of a repository, without what only people read.
enum SolvForm {
  static var identity: String { "solv 1 \(String(cString: csolv_version()))" }

  /// Nil where it could not be written.
  static func write(_ repository: UnsafeMutablePointer<s_Repo>) -> [UInt8]? {
    var bytes: UnsafeMutablePointer<CChar>?
    var size = 0
    guard let stream = open_memstream(&bytes, &size) else { return nil }
    defer { free(bytes) }
    let code = repo_write_filtered(
      repository, stream, { csolv_keep_for_solver($0, $1, $2) }, nil, nil)
    guard fclose(stream) == 0, code == 0, let bytes else { return nil }
    return Array(UnsafeRawBufferPointer(start: bytes, count: size))
  }

  /// False where `bytes` are not a repository; part of it may have been added
  /// then.
  static func read(
    _ bytes: [UInt8], into repository: UnsafeMutablePointer<s_Repo>
  ) -> Bool {
    var bytes = bytes
    return bytes.withUnsafeMutableBytes { buffer in
      guard let stream = fmemopen(buffer.baseAddress, buffer.count, "r") else { return false }
      defer { fclose(stream) }
      return repo_add_solv(repository, stream, 0) == 0
    }
  }
}
