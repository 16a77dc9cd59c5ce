import ComposePolicy
import ComposeTrees
import DurableFiles
import ReleaseModel
import RepoMetadata

/// `metadata`: repomd.xml → metadata → RPMs, all present, all with the stated
/// size and checksum, and nothing beside them; in a form that the stream's
/// clients read; and groups, advisories and modules name what is there.
struct MetadataCheck: ReleaseCheck {
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    let scans = try release.scans
    // Only groups and modules ask what is beside the release.
    let documents = scans.flatMap { $0.repositories.values.compactMap { try? $0.get() } }
    let asksBase = documents.contains { $0.groups != nil || $0.modules != nil }
    let base = asksBase ? try release.baseOffers : nil
    let former = asksBase && base == nil ? try release.formerNames : []
    var found = CheckFindings()
    var assumed: Set<String> = []
    for scan in scans {
      let (findings, names) = findings(in: scan, of: release, beside: base, formerly: former)
      found.findings += findings.map { $0.within(scan.path) }
      assumed.formUnion(names)
    }
    if !assumed.isEmpty { found.notes = [.assumedInGroups(assumed.count)] }
    return found
  }

  /// Pure.
  private func findings(
    in scan: TreeScan, of release: CheckedRelease, beside base: BaseOffers?,
    formerly former: Set<String>
  ) -> (findings: [Finding], assumed: Set<String>) {
    var findings: [Finding] = []
    var assumed: Set<String> = []
    var listed: Set<RelativePath> = []
    let scans = scan.repositories.values.compactMap { try? $0.get() }
    let modules = scans.reduce(into: ModuleDocument.none) { modules, scan in
      if let document = try? scan.modules?.get() { modules.add(document) }
    }
    let hasDocuments = scans.contains {
      $0.groups != nil || $0.advisories != nil || $0.modules != nil
    }
    let hasLabels = scan.rpms.values.contains { (try? $0.get())?.isModular == true }
    let names = DocumentReferences.ListedNames(
      hasDocuments ? scans.flatMap(\.packages) : [], modules: modules)
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
        let references = DocumentReferences(
          contents, at: repository, among: names, release.policy.arches, beside: base,
          formerly: former)
        findings += references.findings
        assumed.formUnion(references.assumed)
        if hasLabels { findings += labels(of: contents, at: repository, scan, modules) }
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
    return (findings, assumed)
  }

  /// RPMs with a ModularityLabel that no module lists. Debug repositories have no
  /// modules of their own: clients use them beside the others of the tree.
  private func labels(
    of contents: RepositoryScan, at repository: RelativePath, _ scan: TreeScan,
    _ modules: ModuleDocument
  ) -> [Finding] {
    let labelled = contents.packages.filter { package in
      guard case .success(let rpm)? = scan.rpms[repository.appending(package.location)] else {
        return false
      }
      return rpm.isModular && !package.nevra.arch.isSource
    }
    guard !labelled.isEmpty else { return [] }
    let own = (try? contents.modules?.get()) ?? .none
    let (artifacts, others) = (own.artifacts, modules.artifacts)
    return labelled.filter { package in
      let isDebug = RPMFile.kind(of: package.nevra) == .debug
      return !(isDebug ? others : artifacts).contains(package.nevra.artifact)
    }.map { .modularWithoutModule($0.nevra, package: $0.package, in: "\(repository)") }
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

extension Finding {
  /// What a verdict on groups does not cover.
  fileprivate static func assumedInGroups(_ count: Int) -> Finding {
    Finding(
      code: "no-base",
      message: "no base: \(count.grouped) name\(count == 1 ? "" : "s") in groups "
        + "\(count == 1 ? "is" : "are") taken for granted",
      remedy: "Name the repositories that users have as well in 'base' of the policy")
  }
}
