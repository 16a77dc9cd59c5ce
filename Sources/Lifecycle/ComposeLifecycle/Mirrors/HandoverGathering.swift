import ComposePolicy
package import ComposeStream
package import MirrorDocuments
import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// What the operator of MirrorManager needs for `release`.
  ///
  /// Throws `noInput` where the ledger does not know it, `refused` where the policy does not
  /// say what repositories are called, where the release's state does not fit, or `path` moves with
  /// others.
  ///
  /// - Parameters:
  ///   - path: the link that moves alone, which has moments of its own; nil for those that lead
  ///     to the leading release.
  ///   - isWritten: whether its SQL is, or is about to be, below the state root; nil to look.
  package func handover(
    of release: ReleaseID, for occasion: Handover.Occasion, link path: String? = nil,
    isWritten: Bool? = nil
  ) throws -> Handover {
    let record = try self.release(release)
    guard let mirrors = policy.mirrors, mirrors.names.updates != nil,
      let tree = servedTree(of: release)
    else {
      throw ComposeError(
        .refused, policy.stream,
        "the policy does not say what MirrorManager calls its repositories",
        remedy: "Add 'mirrors.names.updates' to the policy")
    }
    let link = try path.map(ownLink)?.path
    try requireState(of: record, for: occasion, link)
    let former: ReleaseID?
    if let link {
      former = try formerRelease(of: link, before: release, isDone: isWritten == true)
    } else {
      former = try formerRelease(before: record)
    }
    let isFirst =
      try link == nil
      && !ledger.releases().contains { $0.promotion != nil && $0.id != release }
    return Handover(
      stream: policy.stream, release: release, link: link?.description, occasion: occasion,
      product: mirrors.manager.product, repositories: mirrorRepositories(of: tree),
      redirects: try redirects(
        of: linkedReleases().moving(link, to: release), movedBy: link),
      former: Set(
        former.flatMap(servedTree).map(mirrorRepositories)?.map(\.name) ?? []
      ).sorted(),
      files: mirrors.manager.files,
      sqlFile: try MirrorFiles.sqlFile(
        of: release, for: occasion, link: link, in: self, isWritten: isWritten),
      question: archiveQuestion(of: tree, mirrors),
      isOriginalGone: record.state == .archived
        && !record.trees.contains { $0.place == .public },
      mappings: isFirst && occasion == .promote ? mappings(mirrors) : [],
      commands: (
        status: commands.commandLine("mirrors status \(release)"),
        removal: commands.commandLine("archive \(release) --remove-original")
      ))
  }

  private func requireState(
    of record: ReleaseRecord, for occasion: Handover.Occasion, _ link: RelativePath?
  ) throws {
    // A link with moments of its own leads to what users have, or had.
    let fitting = link == nil ? occasion.fitting : [.superseded, .current]
    // The last release of a stream that ended is current until its original goes.
    let isEnded = occasion == .archive && record.trees.contains(where: \.isArchived)
    guard !fitting.contains(record.state), !isEnded else { return }
    throw record.refusal(
      "it is \(record.state.rawValue): there is nothing to hand over for \(occasion.rawValue)",
      "Name a release that is " + fitting.map(\.rawValue).joined(separator: " or "))
  }

  /// The release that clients of `link` leave, or have left, for `release`; nil where there is
  /// none.
  ///
  /// - Parameter isDone: whether the link has moved there, and perhaps further since.
  private func formerRelease(
    of link: RelativePath, before release: ReleaseID, isDone: Bool
  ) throws -> ReleaseID? {
    let led = try linkedReleases().release(movedBy: link)
    guard isDone || led == release else { return led }
    if let move = try linkMoves().last(where: { $0.link == link && $0.release == release }) {
      return move.former
    }
    // The journal may be younger than the move.
    return try ledger.linkRecords().first { $0.path == link }?.former
  }

  /// The release that clients are led away from; nil where there is none.
  private func formerRelease(before record: ReleaseRecord) throws -> ReleaseID? {
    guard record.state == .current else { return try ledger.currentRelease()?.id }
    let order = record.promotion ?? .max
    return try ledger.releases()
      .filter { $0.id != record.id && ($0.promotion ?? .max) < order }
      .max { ($0.promotion ?? 0) < ($1.promotion ?? 0) }?.id
  }

  private func archiveQuestion(of tree: TreeName, _ mirrors: MirrorPolicy) -> String? {
    guard let metalink = mirrors.metalink, let archive = RelativePath(mirrors.manager.archive),
      let first = mirrorRepositories(of: tree).first
    else { return nil }
    return MirrorQuestions(metalink: metalink).directory(archive.appending(first.path))
  }

  /// The scanner puts together a name from the prefix, `-debug` or `-source`, and the
  /// version in the path: only names of that form can be had from it.
  private func mappings(_ mirrors: MirrorPolicy) -> [Handover.Mapping] {
    Area.allCases.sorted().reversed().compactMap { area in
      let template = mirrors.names.template(of: area)
      let ending = "-{kind}{release}"
      guard let template, let path = policy.areas[area]?.path,
        template.description.hasSuffix(ending)
      else { return nil }
      let pattern = "\(mirrors.manager.directory)/\(path)/".map { character in
        #".+*?()[]{}|^$\"#.contains(character) ? "\\\(character)" : String(character)
      }.joined()
      return Handover.Mapping(
        pattern: "^"
          + pattern.replacing(#"\{release\}"#, with: #"\#(policy.major)\.[.\d]+"#)
          .replacing(#"\{major\}"#, with: "\(policy.major)")
          .replacing(/\\\{[a-zA-Z]+\\\}/, with: #"[.\d]+"#),
        prefix: String(template.description.dropLast(ending.count)))
    }
  }
}

extension Handover.Occasion {
  /// States of releases that it can be about.
  fileprivate var fitting: [ReleaseState] {
    switch self {
    case .promote: [.published, .current]
    case .rollback: [.superseded, .current]
    case .archive: [.superseded, .archived]
    case .urgent: [.published, .current, .superseded]
    }
  }

  /// Whether it can be about a release in `state`.
  func fits(_ state: ReleaseState) -> Bool { fitting.contains(state) }
}
