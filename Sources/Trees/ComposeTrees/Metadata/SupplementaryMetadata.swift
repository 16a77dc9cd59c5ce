package import ComposePlanning
package import ComposePolicy
import ComposeStream
package import DurableFiles
package import ReleaseModel
package import RepoMetadata

/// Writes groups, advisories and modules into the repositories of a tree.
package struct SupplementaryMetadata {
  let policy: Policy
  let documents: TreeDocuments
  /// The area of the tree.
  let area: Area

  /// - Parameter documents: as the policy's files and servers have them.
  package init(policy: Policy, documents: TreeDocuments, area: Area = .updates) {
    self.policy = policy
    self.documents = documents
    self.area = area
  }

  /// Writes what each of `repositories` has beside its lists of packages, under
  /// names that carry their checksum; nobody sees it until repomd.xml names it.
  ///
  /// - Parameter builds: what the tree lists.
  package func write(
    for repositories: some Sequence<RelativePath>, listing builds: [Build], into tree: Directory
  ) throws -> [RelativePath: [MetadataRecord]] {
    let made = try Maker(self, builds)
    var records: [RelativePath: [MetadataRecord]] = [:]
    for repository in repositories.sorted() {
      for document in try made.documents(of: repository) {
        let record = document.record
        let directory = try tree.makeDirectories(
          repository.appending(RelativePath.of("repodata")), durably: false)
        // Never replace a file that clients may be reading by an equal one.
        if try directory.status(named: record.fileName) == nil {
          try directory.replaceFile(RelativePath.of(record.fileName), with: document.bytes)
        }
        records[repository, default: []].append(record)
      }
    }
    return records
  }

  /// Documents of one tree: equal ones are made once.
  private struct Maker {
    private let policy: Policy
    private let documents: TreeDocuments
    private let assignment: RepositoryAssignment
    private let compression: MetadataCompression
    private let groups: [SupplementaryDocument]
    private let stream: UpdateinfoWriter.Stream
    /// By repository of binary RPMs.
    private var hasGroups: Set<RelativePath> = []
    private var modules: [RelativePath: SupplementaryDocument] = [:]
    /// RPMs of advisories, by NVR.
    private let rpms: [String: [RPMFile]]

    init(_ metadata: SupplementaryMetadata, _ builds: [Build]) throws {
      policy = metadata.policy
      documents = metadata.documents
      stream = UpdateinfoWriter.Stream(
        name: policy.stream, title: policy.title, isStable: metadata.area.isStable)
      assignment = RepositoryAssignment(policy: policy)
      compression = policy.metadataForm.compression
      groups = try documents.comps.map { try SupplementaryDocument.groups(Array($0)) } ?? []
      let wanted = Set(documents.advisories.flatMap(\.builds))
      rpms = Dictionary(
        builds.map { ($0.nvr.description, $0.rpms) }.filter { wanted.contains($0.0) }
      ) { first, _ in first }
      for arch in policy.arches {
        let (plain, modular) = assignment.binary(arch)
        hasGroups.formUnion(plain)
        guard let text = documents.modules[arch.name] else { continue }
        for repository in modular {
          modules[repository] = try .modules(Array(text), by: compression)
        }
      }
    }

    func documents(of repository: RelativePath) throws -> [SupplementaryDocument] {
      let groups = hasGroups.contains(repository) ? groups : []
      let advisories = documents.advisories.compactMap { advisory in
        let packages = packages(of: advisory, in: repository)
        return packages.isEmpty ? nil : (advisory: advisory, packages: packages)
      }
      let updateinfo: [SupplementaryDocument] =
        advisories.isEmpty
        ? []
        : [try .updateinfo(UpdateinfoWriter.document(advisories, of: stream), by: compression)]
      return groups + updateinfo + (modules[repository].map { [$0] } ?? [])
    }

    private func packages(
      of advisory: Advisory, in repository: RelativePath
    ) -> [UpdateinfoWriter.Package] {
      advisory.builds.flatMap { rpms[$0] ?? [] }
        .filter { assignment.repositories(of: $0).contains(repository) }
        .map { UpdateinfoWriter.Package(nevra: $0.nevra, sourceRPM: $0.sourceRPM) }
    }
  }
}
