import ComposeTrees
import ComposePolicy
import DurableFiles
import ReleaseModel
import RepoMetadata

/// `metadata`: repomd.xml → metadata → RPMs, all present, all with the stated
/// size and checksum, and nothing beside them; in a form that the stream's
/// clients read; and groups, advisories and modules name what is there.
struct MetadataCheck: TreeCheck {
  func findings(in scan: TreeScan, of release: CheckedRelease) -> [Finding] {
    var findings: [Finding] = []
    var listed: Set<RelativePath> = []
    let all = scan.repositories.values.flatMap { (try? $0.get().packages) ?? [] }
    for (repository, result) in scan.repositories.sorted(by: { $0.key < $1.key }) {
      switch result {
      case .failure(let error):
        findings.append(
          Finding(
            code: "unreadable-metadata", message: "\(error.thing): \(error.cause)",
            remedy: release.remedyForDamage))
      case .success(let contents):
        findings += records(of: contents, at: repository, scan, release)
        findings += ClientRules(policy: release.policy).findings(contents.repomd, at: repository)
        findings +=
          DocumentReferences(contents, at: repository, among: all, release.policy.arches)
          .findings
        for package in contents.packages {
          let path = repository.appending(package.location)
          listed.insert(path)
          findings += self.package(package, at: path, scan, release)
        }
      }
    }
    findings += scan.rpms.keys.filter { !listed.contains($0) }.sorted().map {
      Finding(
        code: "unlisted", message: "\($0) is in no repository's metadata",
        remedy: "Find out where it comes from, and remove it")
    }
    return findings
  }

  private func records(
    of contents: RepositoryScan, at repository: RelativePath, _ scan: TreeScan,
    _ release: CheckedRelease
  ) -> [Finding] {
    contents.repomd.records.compactMap { record in
      guard let below = RelativePath("repodata/\(record.fileName)") else { return nil }
      let path = repository.appending(below)
      guard let status = scan.files[path] else { return missing(path, release) }
      guard status.size == record.size, scan.checksums[path] == record.checksum else {
        return differs(path, release)
      }
      return nil
    }
  }

  private func package(
    _ package: ListedPackage, at path: RelativePath, _ scan: TreeScan, _ release: CheckedRelease
  ) -> [Finding] {
    guard let status = scan.files[path] else { return [missing(path, release)] }
    guard case .success(let rpm)? = scan.rpms[path] else { return [] }
    let isEqual = status.size == package.size && rpm.sha256 == package.sha256
    return isEqual ? [] : [differs(path, release)]
  }

  private func missing(_ path: RelativePath, _ release: CheckedRelease) -> Finding {
    Finding(
      code: "missing", message: "\(path) is listed, but not there",
      remedy: release.remedyForDamage)
  }

  private func differs(_ path: RelativePath, _ release: CheckedRelease) -> Finding {
    Finding(
      code: "differs", message: "\(path) has another size or checksum than its metadata says",
      remedy: release.remedyForDamage)
  }
}
