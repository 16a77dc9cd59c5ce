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
    guard let parts = contents.withParts, contents.key != nil, let store = contents.store else {
      return false
    }
    var isUsable = true
    let isParted = try parts { part in
      guard isUsable else { return }
      let key = Checksum(of: Array("\(SolvForm.identity) part\n".utf8) + part)
      if let known = store.solv(key) {
        isUsable = SolvForm.read(known, into: repository)
        return
      }
      guard let made = try Self.solv(of: part, arch, label) else {
        isUsable = false
        return
      }
      store.keep(solv: made, as: key)
      isUsable = SolvForm.read(made, into: repository)
    }
    return isParted && isUsable
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
