import ReleaseModel

/// One reader of things from outside, with the bytes that it reads. Whatever they are,
/// it must come to an end, without trap or signal: an error is as good as a result.
package protocol FuzzTarget: Sendable {
  /// As it is named on the command line.
  static var name: String { get }

  /// Words that mutations put in, beside random bytes.
  static var words: [String] { get }

  /// Makes what it needs for all runs.
  init() throws

  /// Right inputs, small ones: what mutations begin with.
  func seeds() throws -> [[UInt8]]

  /// Reads `input`. What it throws is of no interest.
  func run(_ input: [UInt8]) throws
}

extension FuzzTarget {
  package static var words: [String] { [] }
}

/// All of them. A new one is a file beside this, and a line here.
package enum FuzzTargets {
  package static let all: [any FuzzTarget.Type] = [
    PolicyTarget.self, PlanTarget.self, LedgerTarget.self, LedgerValuesTarget.self,
    HeaderCacheTarget.self, PrimaryTarget.self, FileListsTarget.self, RepomdTarget.self,
    CompsTarget.self, ModulesTarget.self, UpdateinfoTarget.self, XMLRPCTarget.self,
    KojiProfileTarget.self, BodhiTarget.self, AdvisoryTarget.self, KeysTarget.self,
    DetachedSignatureTarget.self, RPMTarget.self, ManifestTarget.self, LogTarget.self,
    MirrorListsTarget.self,
    MetalinkTarget.self, OverlayTarget.self, IndexHistoryTarget.self,
    StatementTarget.self, EndsTarget.self, ReadingsTarget.self,
    MirrorCacheTarget.self, MirrorRequestTarget.self,
  ]

  /// Throws `usage` for a name that none has.
  package static func named(_ name: String) throws -> any FuzzTarget.Type {
    guard let found = all.first(where: { $0.name == name }) else {
      throw ComposeError(
        .usage, "target '\(name)'", "there is none of that name",
        remedy: "Use one of \(all.map { $0.name }.joined(separator: ", "))")
    }
    return found
  }
}
