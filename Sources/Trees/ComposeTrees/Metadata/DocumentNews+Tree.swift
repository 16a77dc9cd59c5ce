import ComposeStream
package import ComposePlanning
package import ComposePolicy
import Digests
package import DurableFiles
package import ReleaseModel
import RepoMetadata

extension DocumentNews {
  /// What users would learn from `documents` that `tree` does not tell them.
  package init(
    _ documents: TreeDocuments, beside tree: Directory, knowing served: [String: Advisory],
    _ policy: Policy
  ) throws {
    let assignment = RepositoryAssignment(policy: policy)
    // A date that changed alone is no news: some servers change it daily.
    let new = documents.advisories.filter { advisory in
      served[advisory.id].map { !$0.tellsTheSame(as: advisory) } ?? true
    }
    var changes: [String] = []
    func differs(_ contents: [UInt8]?, _ type: String, in repository: RelativePath?) throws -> Bool
    {
      guard let repository else { return false }
      let record = try tree.repomd(of: repository).records.first { $0.type == type }
      return record?.openChecksum != contents.map { Checksum(of: $0) }
    }
    for arch in policy.arches {
      let (plain, modular) = assignment.binary(arch)
      if changes.isEmpty, try differs(documents.comps.map(Array.init), "group", in: plain.first) {
        changes.append("the groups have changed")
      }
      let modules = documents.modules[arch.name].map(Array.init)
      if try differs(modules, "modules", in: modular.first) {
        changes.append("the modules of \(arch) have changed")
      }
    }
    self.init(advisories: new.map(AdvisoryEntry.init), changes: changes)
  }
}
