package import ComposePlanning
package import ComposePolicy
import ComposeStream
import Digests
package import DurableFiles
import Foundation
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
    var replaced: [DocumentChange] = []
    func differs(
      _ contents: [UInt8]?, _ type: String, _ kind: DocumentChange.Kind, _ key: String,
      in repository: RelativePath?
    ) throws -> Bool {
      guard let repository else { return false }
      let record = try tree.repomd(of: repository).records.first { $0.type == type }
      let digest = contents.map { Checksum(of: $0) }
      guard record?.openChecksum != digest else { return false }
      replaced.append(
        DocumentChange(
          kind: kind, key: key, digest: digest,
          former: try record.map { try tree.document($0, of: repository) }))
      return true
    }
    for arch in policy.arches {
      let (plain, modular) = assignment.binary(arch)
      if changes.isEmpty,
        try differs(documents.comps.map(Array.init), "group", .groups, "", in: plain.first)
      {
        changes.append("the groups have changed")
      }
      let modules = documents.modules[arch.name].map(Array.init)
      if try differs(modules, "modules", .modules, arch.name, in: modular.first) {
        changes.append("the modules of \(arch) have changed")
      }
    }
    self.init(
      advisories: new.map(AdvisoryEntry.init), changes: changes,
      documents: replaced + new.map { TreeDocuments.change($0, from: served[$0.id]) })
  }
}

extension Directory {
  /// The uncompressed bytes of one document of a repository of this tree.
  fileprivate func document(_ record: MetadataRecord, of repository: RelativePath) throws -> Data {
    let path = repository.appending(try RelativePath.of("repodata/\(record.fileName)"))
    let file = try openFile(path)
    return try file.withDescriptor { descriptor in
      let opened = try OpenedMetadata(file: file.path, openedAs: descriptor, hashes: false)
      return try opened.withDescriptor { descriptor in
        Data(try ReadableFile(openedAs: descriptor, path: file.path).contents(limit: 1 << 28))
      }
    }
  }
}
