import CSolv
import Digests
import Glibc
import ReleaseModel

/// Repositories that are put together from parts: of one that grows by a few packages, libsolv
/// reads only the parts that have them.
extension PackageUniverse {
  /// Adds the packages of `contents` part by part, in their order; false where it has no parts,
  /// or one cannot be used. Some packages may have been added then.
  func addParts(
    of contents: PrimaryContents, to repository: UnsafeMutablePointer<s_Repo>, _ label: String
  ) throws -> Bool {
    guard contents.key != nil, let store = contents.store, let parts = try contents.parts?() else {
      return false
    }
    let keys = parts.checksums.map {
      Checksum(of: Array("\(SolvForm.identity) part of \($0)\n".utf8))
    }
    // Read twice, a share at a time, so that what is kept is not in memory as a whole.
    let shares = Concurrently.shares(of: keys.count, size: 64)
    let missing = shares.flatMap { share in
      zip(share, store.solvs(Array(keys[share]))).compactMap { $1 == nil ? $0 : nil }
    }
    var made: [Int: [UInt8]] = [:]
    try parts.read(missing) { place, document in
      guard let solv = try Self.solv(of: document, arch, label) else { return }
      store.keep(solv: solv, as: keys[place])
      made[place] = solv
    }
    return shares.allSatisfy { share in
      zip(share, store.solvs(Array(keys[share]))).allSatisfy { place, known in
        (made[place] ?? known).map { SolvForm.read($0, into: repository) } ?? false
      }
    }
  }

  /// What libsolv makes of a document, in a pool of its own; nil where it does not read it.
  private static func solv(
    of document: [UInt8], _ arch: Architecture, _ label: String
  ) throws -> [UInt8]? {
    guard !nestsDeeper(document) else { return nil }
    let universe = try PackageUniverse(arch: arch, assumesExternals: false)
    let repository = try universe.makeRepository(label)
    var document = document
    let isRead = document.withUnsafeMutableBytes { buffer in
      guard let stream = fmemopen(buffer.baseAddress, buffer.count, "r") else { return false }
      defer { fclose(stream) }
      return repo_add_rpmmd(repository, stream, nil, 0) == 0
    }
    return isRead ? SolvForm.write(repository) : nil
  }

  /// Whether an attribute has more parentheses in each other than libsolv is given.
  private static func nestsDeeper(_ document: [UInt8]) -> Bool {
    var depth = 0
    for byte in document {
      switch byte {
      case UInt8(ascii: "("):
        depth += 1
        if depth > deepestDependency { return true }
      case UInt8(ascii: ")"): depth = max(0, depth - 1)
      case UInt8(ascii: "\""): depth = 0
      default: break
      }
    }
    return false
  }
}
