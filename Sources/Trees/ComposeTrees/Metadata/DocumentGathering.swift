import Advisories
package import ComposePlanning
import ComposePolicy
package import ComposeStream
import DurableFiles
import Foundation
import ReleaseLedger
package import ReleaseModel
import RepoMetadata

/// Reads the documents that the policy names, and what stands in the way of
/// using them.
package struct DocumentGathering {
  let stream: StreamContext

  /// Paths, servers and the ledger come from `stream`.
  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// Bytes of one document.
  private static let limit = 64 << 20

  /// - Parameter listed: NVRs of the builds that the tree will list.
  ///
  /// Throws `noInput` where a document is not there, `badData` where it is not
  /// what clients read, `unavailable` where the server of advisories does not
  /// answer: a release without them would tell users that there are no
  /// advisories.
  /// - Parameters:
  ///   - asking: whether to ask the sources of advisories; false takes those that
  ///     the ledger has.
  ///   - lifted: ids of advisories that were taken back and may be told again.
  package func documents(
    for release: ReleaseID, listing listed: Set<NVR>, asking: Bool, lifting lifted: Set<String> = []
  ) throws -> (documents: TreeDocuments, warnings: [Finding]) {
    let (advisories, warnings) =
      asking ? try advisories(for: release, listing: listed) : (try known(listed), [])
    let found = TreeDocuments(
      comps: try comps(), modules: try modules(), advisories: advisories)
    let holds = try stream.ledger.documentHolds().map(\.document)
      .filter { !lifted.contains($0.key) }
    let held = holds.filter { found.holding([$0]) != found }
    return (found.holding(holds), warnings + held.map(\.heldFinding))
  }

  /// What testers are told of builds that wait to become stable: advisories alone, those of the
  /// directory and Bodhi's updates in testing.
  ///
  /// - Parameter listed: NVRs of the builds that the testing tree will list.
  ///
  /// Throws what ``documents(for:listing:asking:lifting:)`` throws.
  package func testing(
    for release: ReleaseID, listing listed: Set<NVR>
  ) throws -> (documents: TreeDocuments, warnings: [Finding]) {
    let (found, warnings) = try advisories(for: release, listing: listed, status: .testing)
    let names = Set(listed.map(\.description))
    return (
      TreeDocuments(advisories: found.compactMap { $0.limited(to: names) }), warnings
    )
  }

  /// Modules as the policy's files have them, and nothing else.
  package func modulesAlone() throws -> TreeDocuments { TreeDocuments(modules: try modules()) }

  /// Ids of the groups, and the module streams, that `documents` have.
  package func names(
    of documents: TreeDocuments
  ) throws -> (groups: Set<String>, modules: Set<String>) {
    let groups = try documents.comps.map { comps in
      try CompsReader.document(
        in: OpenedMetadata(contents: Array(comps), of: "comps"), of: "comps"
      ).installable
    }
    let modules = try documents.modules.values.flatMap { modules in
      try ModulesReader.streams(
        in: OpenedMetadata(contents: Array(modules), of: "modules"), of: "modules"
      ).map(\.id)
    }
    return (groups ?? [], Set(modules))
  }

  /// What the check `metadata` would find in groups and modules of a release of
  /// `builds`: groups that name what no client finds, RPMs of modules that no module
  /// lists.
  ///
  /// - Parameters:
  ///   - base: what the base repositories offer; nil where the policy names none.
  ///   - former: names of the RPMs that users have now.
  package func findings(
    _ documents: TreeDocuments, listing builds: [Build], beside base: BaseOffers?,
    formerly former: Set<String>
  ) throws -> [Finding] {
    let modules = try stream.policy.arches.map { ($0, try documents.modules(of: $0)) }
    return try groupFindings(documents, builds, modules.map(\.1), base, former)
      + labelFindings(builds, Dictionary(uniqueKeysWithValues: modules))
      + moduleFindings(builds, modules, base)
  }

  private func moduleFindings(
    _ builds: [Build], _ modules: [(Architecture, ModuleDocument)], _ base: BaseOffers?
  ) -> [Finding] {
    let arches = Set(stream.policy.arches).union([.noarch])
    var seen: Set<ModuleReferences.Absent> = []
    return modules.flatMap { arch, document in
      let artifacts = Set(
        builds.flatMap(\.rpms).filter { $0.isOffered(on: arch) }.map(\.nevra.artifact))
      return ModuleReferences(
        document, having: artifacts, arches: arches, beside: base?.modules
      ).absent
    }.filter { seen.insert($0).inserted }.map { absent in
      Finding(
        code: "module-names-absent",
        message: "the module \(absent.id.sanitizedForDisplay) names "
          + "\(absent.what.sanitizedForDisplay), which is not there",
        remedy: "Take it out of the module, or find out why it left")
    }
  }

  private func groupFindings(
    _ documents: TreeDocuments, _ builds: [Build], _ modules: [ModuleDocument],
    _ base: BaseOffers?, _ former: Set<String>
  ) throws -> [Finding] {
    guard let comps = documents.comps, let file = stream.policy.metadata.comps else { return [] }
    let hidden = modules.reduce(into: [String: String]()) { hidden, document in
      hidden.merge(document.undefaulted) { first, _ in first }
    }
    var names: Set<String> = []
    var streams: [String: String] = [:]
    for rpm in builds.flatMap(\.rpms) where rpm.kind != .source {
      if let stream = hidden.isEmpty ? nil : hidden[rpm.nevra.artifact] {
        streams[rpm.nevra.name] = stream
      } else {
        names.insert(rpm.nevra.name)
      }
    }
    let contents = try OpenedMetadata(contents: Array(comps), of: file)
    return GroupReferences(
      try CompsReader.document(in: contents, of: file), offering: names, streams: streams,
      beside: base, formerly: former
    ).findings
  }

  private func labelFindings(
    _ builds: [Build], _ modules: [Architecture: ModuleDocument]
  ) -> [Finding] {
    let artifacts = modules.mapValues(\.artifacts)
    return builds.flatMap { build in
      build.rpms.filter { rpm in
        guard rpm.isModular, rpm.kind != .source else { return false }
        let places = stream.policy.arches.filter(rpm.isOffered)
        return places.contains { artifacts[$0]?.contains(rpm.nevra.artifact) != true }
      }.map {
        .modularWithoutModule($0.nevra, package: build.package, in: "the release")
      }
    }
  }

  private func comps() throws -> Data? {
    guard let file = stream.policy.metadata.comps else { return nil }
    let contents = try read(file, key: "metadata.comps")
    _ = try CompsReader.groups(in: OpenedMetadata(contents: contents, of: file), of: file)
    return Data(contents)
  }

  private func modules() throws -> [String: Data] {
    guard let template = stream.policy.metadata.modules else { return [:] }
    var modules: [String: Data] = [:]
    for arch in stream.policy.arches {
      let file = template.filled(arch: arch)
      let contents = try read(file, key: "metadata.modules")
      _ = try ModulesReader.streams(in: OpenedMetadata(contents: contents, of: file), of: file)
      modules[arch.name] = Data(contents)
    }
    return modules
  }

  private func known(_ listed: Set<NVR>) throws -> [Advisory] {
    try AdvisorySelection(
      directory: Array(stream.ledger.advisories().values), bodhi: [], listed: listed
    ).advisories
  }

  private func advisories(
    for release: ReleaseID, listing listed: Set<NVR>, status: BodhiStatus = .stable
  ) throws -> ([Advisory], [Finding]) {
    let policy = stream.policy.advisories
    guard policy.directory != nil || policy.bodhi != nil else { return ([], []) }
    let directory = try policy.directory.map {
      try AdvisoryDirectory(directory: stream.path(ofNamed: $0)).advisories
    }
    let bodhi = try policy.bodhi.map {
      try advisories(from: $0, for: release, listing: listed, status: status)
    }
    let selection = try AdvisorySelection(
      directory: directory ?? [], bodhi: bodhi ?? [], listed: listed
    ).keepingIssued(stream.ledger.advisories().mapValues(\.issued))
    return (selection.advisories, selection.findings)
  }

  private func advisories(
    from bodhi: AdvisoryPolicy.Bodhi, for release: ReleaseID, listing listed: Set<NVR>,
    status: BodhiStatus
  ) throws -> [Advisory] {
    guard let fetching = stream.fetching else { return [] }
    let releases = bodhi.releases.map { $0.filled(release: release) }
    return try BodhiAdvisories(
      server: bodhi.url, fetching: BodhiPages(url: bodhi.url, fetching: fetching),
      status: status, activity: stream.activity
    ).advisories(ofReleases: releases, listing: Set(listed.map(\.description)))
  }

  private func read(_ file: String, key: String) throws -> [UInt8] {
    let path = stream.path(ofNamed: file)
    do {
      return try ReadableFile(path: path).contents(limit: Self.limit)
    } catch let error as ComposeError where error.kind == .noInput {
      throw ComposeError(
        .noInput, error.thing, error.cause,
        remedy: "Put it there, or correct '\(key)' of the policy")
    }
  }
}

extension DocumentChange {
  /// That its source still says what was taken back.
  fileprivate var heldFinding: Finding {
    let what =
      switch kind {
      case .groups: "the groups were"
      case .modules: "the modules of \(key) were"
      case .advisory: "the advisory \(key.sanitizedForDisplay) was"
      }
    return Finding(
      code: "held-document", message: "\(what) taken back: users go on with what they had before",
      remedy: "Change it at its source"
        + (kind == .advisory ? ", or tell it again with --again \(key.sanitizedForDisplay)" : ""))
  }
}

/// Pages of a Bodhi server.
private struct BodhiPages: AdvisoryFetching {
  let url: String
  let fetching: any WebFetching

  func get(_ path: String, query: [(String, String)]) throws -> [UInt8] {
    try fetching.page(path, query: query, below: url)
  }
}
