import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// `vanish`: all that users have is there, or somebody decided that it goes.
struct VanishCheck: ReleaseCheck {
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    let baseline = try Baseline.of(release.record, in: release.stream)
    let formers = release.trees.compactMap(\.formerForUpdate)
    if baseline == nil, formers.isEmpty { return CheckFindings() }
    let listed = try contents(of: release)
    var found = try baseline.map { try compare(release, listed, with: $0) } ?? CheckFindings()
    for former in formers {
      let vanishing = Vanishing(
        ofDocumentsFrom: try documents(of: former), to: listed.contents, of: release.record.id,
        policy: release.policy)
      // What the comparison of releases has told need not be told twice.
      found.findings += vanishing.findings.filter { !found.findings.contains($0) }
      found.warnings += vanishing.warnings.filter { !found.warnings.contains($0) }
    }
    return found
  }

  /// Groups and module streams that users of a tree have.
  private func documents(of tree: Directory) throws -> ServedContents {
    var contents = ServedContents()
    for path in try tree.manifest().manifest.repositories {
      let documents = try RepositoryDocuments(
        DirectorySource(directory: tree.open(path)), by: .ours)
      let groups = documents.read("group") { try CompsReader.document(in: $0, of: $1) }
      let modules = documents.read("modules") { try ModulesReader.streams(in: $0, of: $1) }
      contents.add(
        ServedContents(
          groups: (try? groups?.get())?.installable ?? [],
          modules: Set((try? modules?.get())?.map(\.id) ?? [])))
    }
    return contents
  }

  private func compare(
    _ release: CheckedRelease, _ listed: (contents: ServedContents, packages: [ListedPackage]),
    with baseline: Baseline
  ) throws -> CheckFindings {
    let before: ServedContents
    do {
      before = try baseline.contents()
    } catch let error as ComposeError where [.badData, .noInput].contains(error.kind) {
      return CheckFindings(findings: [
        Finding(
          code: "no-baseline",
          message: "\(error.thing): \(error.cause): nothing to compare with",
          remedy: "Restore \(baseline.release) from a mirror, or promote with --override-checks")
      ])
    }
    let gone = before.names.subtracting(listed.contents.names)
    let lost = before.repositories.values.joined().filter { gone.contains($0.nevra.name) }
    let vanishing = Vanishing(
      from: before, of: baseline.release, to: listed.contents, of: release.record.id,
      deciding: Vanishing.Decisions(
        packages: try decided(about: release, since: baseline.release),
        obsoleted: ServedContents.obsoleted(Set(lost.map(\.nevra)), by: listed.packages)),
      policy: release.policy)
    return CheckFindings(findings: vanishing.findings, warnings: vanishing.warnings)
  }

  /// What users of the release get: an updates tree that began empty is used
  /// together with the release beside it. What cannot be read is told by the
  /// check `metadata`.
  private func contents(
    of release: CheckedRelease
  ) throws -> (contents: ServedContents, packages: [ListedPackage]) {
    let isWhole = release.policy.areas[.updates]?.begins == .release
    var contents = ServedContents()
    var packages: [ListedPackage] = []
    for listing in try release.listings where !isWhole || listing.tree.area == .updates {
      for (path, result) in listing.repositories {
        guard case .success(let scan) = result else { continue }
        packages += scan.packages
        contents.add(
          ServedContents(
            repositories: [path: scan.packages.map(\.served)],
            groups: (try? scan.groups?.get())?.installable ?? [],
            modules: Set((try? scan.modules?.get())?.streams.map(\.id) ?? [])))
      }
    }
    return (contents, packages)
  }

  /// Source packages that were retired or blocked, or whose builds a person took
  /// out.
  private func decided(about release: CheckedRelease, since baseline: ReleaseID) throws -> Set<
    String
  > {
    let (ledger, id) = (release.stream.ledger, release.record.id)
    var packages = Set(try ledger.retirements(of: id).map(\.package))
    packages.formUnion(try ledger.hubSnapshot(of: id)?.blocked.map(\.package) ?? [])
    packages.formUnion(
      try ledger.builds(of: id).filter { $0.unlisted?.isHeld == true }.map(\.package))
    // A hold of a build that users of the baseline do not have says nothing of what
    // they have.
    let had = Set(try ledger.builds(of: baseline).filter { $0.unlisted == nil }.map(\.nvr))
    packages.formUnion(release.holds.values.map(\.nvr).filter(had.contains).map(\.name))
    packages.formUnion(release.takenOut.map(\.name))
    return packages
  }
}
