import ComposePolicy
package import ComposeStream
import DurableFiles
import Foundation
package import MirrorDocuments
import ReleaseLedger
import ReleaseModel

/// Files below the state root that say what a stream has become: for programs that answer
/// clients, for web servers, and for the operator of MirrorManager. They are replaced one by
/// one; each is whole by itself.
package struct MirrorFiles {
  private let stream: StreamContext
  private let mirrors: MirrorPolicy

  /// Nil where the policy has no `mirrors`.
  package init?(_ stream: StreamContext) {
    guard let mirrors = stream.policy.mirrors else { return nil }
    self.stream = stream
    self.mirrors = mirrors
  }

  /// Paths below the state root.
  private static let directory = "mirrors"
  private static let handovers = "\(directory)/handover"

  /// Writes all of it.
  ///
  /// - Parameter since: hand-overs of every command from then on, seconds since 1970; nil for
  ///   that of the last command alone.
  package func write(handingOverSince since: Int?) throws {
    let state = try Directory.create(root: stream.locations.state)
    if let overlay = try OverlayGathering(stream)?.overlay() {
      // A repomd.xml is known before anybody can be told of it.
      var history = try Self.history(of: stream)
      history.note(overlay.indexes, now: stream.time.now)
      try replace(Self.historyName(of: stream), history.bytes, in: state)
      try replace("\(Self.directory)/\(stream.policy.stream).overlay", overlay.bytes, in: state)
    }
    for document in try maps() {
      try replace(
        "redirects/\(stream.policy.stream)-\(document.fileName)", Array(document.text.utf8),
        in: state)
    }
    let fitting = try fittingHandovers()
    try removeHandovers(besides: fitting, in: state)
    for handover in try handovers(since: since, among: fitting) {
      if let sql = try handover.sql() {
        try replace(Self.name(of: handover, "sql"), Array(sql.utf8), in: state)
      }
      try replace(Self.name(of: handover, "txt"), Array(handover.text().utf8), in: state)
    }
  }

  /// A release and what changed.
  private struct Subject: Hashable {
    let release: ReleaseID
    let occasion: Handover.Occasion
    /// That moved alone.
    var link: RelativePath?

    init(release: ReleaseID, occasion: Handover.Occasion, link: RelativePath? = nil) {
      self.release = release
      self.occasion = occasion
      self.link = link
    }

    /// What moved a link alone.
    init(_ move: LinkMove) {
      self.init(
        release: move.release, occasion: move.isBack ? .rollback : .promote, link: move.link)
    }
  }

  /// What there is to hand over as releases are now. Of the ways to the current release the last
  /// alone: the SQL of another leads clients away. Those of superseded releases stay: what was
  /// skipped is done in its order.
  private func fittingHandovers() throws -> Set<Subject> {
    let flips = try stream.ledger.events().compactMap { event -> Subject? in
      guard let occasion = Self.occasion(of: event.command),
        [.promote, .rollback].contains(occasion)
      else { return nil }
      return (try? ReleaseID(event.release)).map { Subject(release: $0, occasion: occasion) }
    }
    let subjects = try stream.ledger.releases().flatMap { record in
      Handover.Occasion.allCases.compactMap { occasion -> Subject? in
        let subject = Subject(release: record.id, occasion: occasion)
        let fits =
          switch occasion {
          case .promote where record.state == .superseded: true
          case .promote, .rollback:
            record.state == .current && flips.last { $0.release == record.id } == subject
          case .archive: record.state == .archived
          case .urgent: occasion.fits(record.state)
          }
        return fits ? subject : nil
      }
    }
    return try Set(subjects).union(fittingMoves())
  }

  /// The same of links that move alone: of each the way to where it leads now, and those to
  /// earlier releases, which are skipped in their order.
  private func fittingMoves() throws -> [Subject] {
    let archived = Set(
      try stream.ledger.releases().filter { $0.state == .archived || $0.state == .abandoned }
        .map(\.id))
    let linked = try stream.linkedReleases()
    return Dictionary(grouping: try stream.linkMoves(), by: \.link).flatMap { link, moves in
      guard let last = moves.last, linked.release(movedBy: link) == last.release else {
        return [Subject]()
      }
      let earlier = moves.dropLast().filter {
        !$0.isBack && $0.release < last.release && !archived.contains($0.release)
      }
      return (earlier + [last]).map(Subject.init)
    }
  }

  /// Removes what does not fit any more, of this stream's releases alone.
  private func removeHandovers(besides fitting: Set<Subject>, in state: Directory) throws {
    let links: [RelativePath?] = [nil] + stream.policy.ownLinks.map { $0.path }
    for link in links {
      try removeHandovers(of: link, besides: fitting, in: state)
    }
  }

  private func removeHandovers(
    of link: RelativePath?, besides fitting: Set<Subject>, in state: Directory
  ) throws {
    guard let directory = try state.openIfPresent(RelativePath.of(Self.directory(of: link))) else {
      return
    }
    let known = Set(try stream.ledger.releases().map(\.id))
    for name in try directory.names(skippingOdd: true) {
      let parts = name.split(separator: "-")
      guard parts.count == 2, let id = try? ReleaseID(String(parts[0])), known.contains(id),
        let word = parts[1].split(separator: ".").first,
        ["\(word).sql", "\(word).txt"].contains(parts[1]),
        let occasion = Handover.Occasion(rawValue: String(word)),
        !fitting.contains(Subject(release: id, occasion: occasion, link: link))
      else { continue }
      try directory.removeFile(name)
    }
  }

  /// Oldest first; one for each command and release.
  private func handovers(since: Int?, among fitting: Set<Subject>) throws -> [Handover] {
    guard mirrors.names.updates != nil else { return [] }
    let moves = Dictionary(try stream.linkMoves().map { ($0.event, $0) }) { first, _ in first }
    let events = try stream.ledger.events().compactMap { event -> (at: Int, subject: Subject)? in
      if let move = moves[event.sequence] { return (event.at, Subject(move)) }
      guard let occasion = Self.occasion(of: event.command), let id = try? ReleaseID(event.release)
      else { return nil }
      return (event.at, Subject(release: id, occasion: occasion))
    }
    let chosen =
      since.map { since in events.filter { $0.at >= since } } ?? Array(events.suffix(1))
    var subjects: [Subject] = []
    // Of releases that have gone further since, there is nothing to hand over any more.
    for (_, subject) in chosen where fitting.contains(subject) {
      subjects.removeAll { $0 == subject }
      subjects.append(subject)
    }
    return try subjects.map {
      try stream.handover(
        of: $0.release, for: $0.occasion, link: $0.link?.description, isWritten: true)
    }
  }

  /// What MirrorManager's operator needs after a command; nil for nothing.
  private static func occasion(of command: String) -> Handover.Occasion? {
    switch OperationKind(rawValue: command) {
    case .promote: .promote
    case .rollback: .rollback
    case .archive, .removeOriginal, .end, .removeEnded: .archive
    case .update: .urgent
    default: nil
    }
  }

  private func maps() throws -> [ArchiveRedirects.File] {
    let served = stream.policy.urls.public.flatMap { URL(string: $0)?.path } ?? ""
    let stem = "\(stream.locations.state)/redirects/\(stream.policy.stream)"
    return try stream.templates.current(
      CurrentTrees(
        stream: stream.policy.stream,
        publicPath: served.isEmpty ? stream.policy.roots.public : served,
        map: "\(stem)-current.txt", links: stream.currentTrees()))
  }

  private func replace(_ name: String, _ bytes: [UInt8], in state: Directory) throws {
    let path = try RelativePath.of(name)
    // A file that says the same stays: readers look at its time.
    if try state.status(of: path)?.kind == .file,
      try state.openFile(path).contents(limit: 1 << 27) == bytes
    {
      return
    }
    try state.replaceFile(path, with: bytes)
  }

  private static func historyName(of stream: StreamContext) -> String {
    "\(directory)/\(stream.policy.stream).indexes"
  }

  /// Every repomd.xml that mirrors were told of; none before the first telling.
  package static func history(of stream: StreamContext) throws -> IndexHistory {
    let path = try RelativePath.of(historyName(of: stream))
    guard let state = try Directory.openIfPresent(root: stream.locations.state),
      try state.status(of: path) != nil
    else { return IndexHistory() }
    let file = try state.openFile(path)
    return try IndexHistory(file.contents(limit: IndexHistory.limit), from: file.path)
  }

  /// Where hand-overs are: those of a link that moves alone in a directory of its path.
  private static func directory(of link: RelativePath?) -> String {
    link.map { "\(handovers)/\($0)" } ?? handovers
  }

  static func name(of handover: Handover, _ ending: String) -> String {
    directory(of: handover.link.flatMap(RelativePath.init))
      + "/\(handover.release)-\(handover.occasion.rawValue).\(ending)"
  }

  /// Where the SQL of a hand-over is; nil where it is not there.
  ///
  /// - Parameters:
  ///   - link: that moves alone.
  ///   - isWritten: nil to look.
  static func sqlFile(
    of release: ReleaseID, for occasion: Handover.Occasion, link: RelativePath?,
    in stream: StreamContext,
    isWritten: Bool?
  ) throws -> String? {
    let path = try RelativePath.of(
      "\(directory(of: link))/\(release)-\(occasion.rawValue).sql")
    let isThere =
      try isWritten
      ?? (Directory.openIfPresent(root: stream.locations.state)?.status(of: path) != nil)
    return isThere ? "\(stream.locations.state)/\(path)" : nil
  }
}
