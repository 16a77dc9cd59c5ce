package import Foundation

/// What a push did to one of the documents that repositories have beside their
/// lists of packages: enough to take it back.
package struct DocumentChange: Hashable, Codable, Sendable {
  /// The documents that clients read beside packages.
  package enum Kind: String, Codable, Sendable {
    /// comps.xml.
    case groups
    /// modules.yaml of one architecture.
    case modules
    /// One update of updateinfo.xml.
    case advisory
  }

  /// Which document it is.
  package let kind: Kind
  /// Id of an advisory, architecture of modules; empty for groups.
  package let key: String
  /// SHA-256 of what the push brought; nil where it took the document away.
  package let digest: Checksum?
  /// What users had before; nil for nothing. Of an advisory its JSON.
  package let former: Data?

  /// - Parameters:
  ///   - key: id of an advisory, architecture of modules; empty for groups.
  ///   - digest: of what the push brings; nil where it takes the document away.
  ///   - former: what users had before; nil for nothing.
  package init(kind: Kind, key: String, digest: Checksum?, former: Data?) {
    self.kind = kind
    self.key = key
    self.digest = digest
    self.former = former
  }

  /// What a push that takes it back says, without a full stop.
  package var undoing: String {
    let what =
      switch kind {
      case .groups: "the groups are"
      case .modules: "the modules of \(key) are"
      case .advisory: "the advisory \(key) is"
      }
    return "\(what) \(former == nil ? "taken away" : "as before") again"
  }
}
