import ComposePolicy
package import ComposeStream
import Digests
import DurableFiles
import MirrorDocuments
import ReleaseLedger
package import ReleaseModel

/// Tells mirrors what is in the trees: times of links, change feed, file lists, and what
/// responders and MirrorManager need. Docs/Mirrors.md, "When mirrors are told", has the order.
///
/// No part of any operation: what cannot be told stays *owed*, and stops neither a flip nor
/// the way back.
package struct Telling {
  let stream: StreamContext
  /// When the command began, seconds since 1970.
  private let begun: Int
  /// Whether a command has changed something before: then errors say that it is done.
  private let followsChange: Bool

  /// What became of the lists of one module.
  package struct Told: Hashable, Sendable {
    /// As the policy names it.
    package let module: ModuleName
    /// The directory, with the root.
    package let path: String
    /// Rows of its list.
    package let entries: Int
    /// Whether the directory is there.
    package let isThere: Bool
    /// Whether lists were renamed into place; false where they said the same before, and where
    /// the directory is not there yet.
    package let isWritten: Bool
    /// Of the newest document of the change feed; 0 where there is none.
    package let serial: Int
    /// Names that cannot stand in a list, as people read them.
    package let odd: [String]
  }

  /// - Parameters:
  ///   - stream: opened for changes; its lock is held.
  ///   - begun: when the command began, seconds since 1970: what was published before, and was
  ///     never told, soaks from now on.
  ///   - followsChange: whether it ends a command that has changed something.
  package init(stream: StreamContext, begun: Int, followsChange: Bool = true) {
    self.stream = stream
    self.begun = begun
    self.followsChange = followsChange
  }

  /// Tells mirrors, and notes that nothing is owed. Nothing is done where the policy has no
  /// `mirrors`.
  ///
  /// Throws what keeps a list from being written, as the error of that list, and `interrupted`
  /// with what brings the rest.
  package func tell() throws -> [Told] {
    guard let mirrors = stream.policy.mirrors else { return [] }
    let names = mirrors.modules.map(\.name.description).joined(separator: ", ")
    // Where it ends in the middle, or while it waits, to begin the command again would help
    // nobody.
    Interruption.begin(
      "telling mirrors of \(names)"
        + (followsChange ? ", after what the command did, which is done and stays" : ""),
      remedy: "Tell mirrors with: \(again)")
    defer { Interruption.begin(nil) }
    let untold = try stream.untoldReleases(publishedBefore: begun)
    let told = try explaining(
      "the file lists of \(names)", unknown: "mirrors that work by lists do not know of it yet"
    ) { try writeLists(mirrors) }
    // What follows may fail: then these lists are not what is owed.
    try noting { change in
      for module in told where module.isThere {
        try change.setListsWritten(module.module, serial: module.serial, at: stream.time.now)
      }
      // One that is there owes what follows.
      if told.contains(where: \.isThere) { try settleAbsent(told, in: change) }
      // Mirrors that work by lists could not have them before.
      let there = Set(told.filter(\.isThere).map(\.module))
      for (release, modules) in untold where there.isSuperset(of: modules) {
        try change.setState(.published, of: release, at: stream.time.now)
      }
    }
    try explaining(
      "overlay, maps and hand-over of \(stream.policy.stream)",
      unknown: "who answers clients by them does not know of it yet"
    ) { try writeDocuments() }
    try noting { change in
      for module in told where module.isThere {
        try change.setTold(module.module, serial: module.serial, at: stream.time.now)
      }
      try settleAbsent(told, in: change)
    }
    return told
  }

  /// Notes that there is nothing to tell of modules whose directory was never there.
  private func settleAbsent(_ told: [Told], in change: LedgerChange) throws {
    for module in told where !module.isThere { try change.setNothingToTell(module.module) }
  }

  private func noting(_ body: (LedgerChange) throws -> Void) throws {
    try explaining(
      "mirrors of \(stream.policy.stream)", was: "it was not noted that they were told",
      unknown: "they are told again by the next command"
    ) { try stream.ledger.commit(body) }
  }

  /// Modules of `stream` whose lists are not what a scan finds; nothing is written.
  package static func differences(in stream: StreamContext) throws -> [ModuleName] {
    var different: [ModuleName] = []
    for module in stream.policy.mirrors?.modules ?? [] {
      guard var lists = try ModuleLists(module, in: stream) else { continue }
      try lists.scan()
      if try !ListPublication.isUpToDate(lists) { different.append(module.name) }
    }
    return different
  }

  // MARK: Lists

  private func writeLists(_ mirrors: MirrorPolicy) throws -> [Told] {
    let lock = try FileLock.take(
      stream.locations.prefix + mirrors.lock, patience: mirrors.patience.seconds)
    defer { withExtendedLifetime(lock) {} }
    var margin = LinkTimes.margin
    while true {
      if let told = try publish(mirrors, margin: margin) { return told }
      // It took so long that links are older than the lists would be.
      margin *= 4
    }
  }

  /// Nil where the clock has passed the times of links before the lists could be renamed.
  private func publish(_ mirrors: MirrorPolicy, margin: Int) throws -> [Told]? {
    let known = Dictionary(
      try stream.ledger.mirrorModules().map { ($0.module, $0) }
    ) { first, _ in first }
    var lists = try mirrors.modules.compactMap { try ModuleLists($0, in: stream) }
    let times = LinkTimes(stream: stream, margin: margin)
    let deadline = try lists.compactMap {
      try times.set($0.places, in: $0.root, notIn: $0.former?.files)
    }.min()
    var publication = ListPublication()
    do {
      var serials: [ModuleName: Int] = [:]
      for index in lists.indices {
        let name = lists[index].module.name
        try lists[index].scan()
        serials[name] = try publishFeed(&lists[index], mirrors, known[name])
        try publication.prepare(lists[index])
      }
      if let deadline, stream.time.now >= deadline, margin < 1 << 20 {
        publication.giveUp()
        return nil
      }
      try publication.publish()
      return mirrors.modules.map { module in
        let lists = lists.first { $0.module.name == module.name }
        return Told(
          module: module.name, path: stream.locations.prefix + module.path,
          entries: lists?.list.files.count ?? 0, isThere: lists != nil,
          isWritten: publication.isWritten(module.name),
          serial: serials[module.name] ?? known[module.name]?.serial ?? 0,
          odd: lists?.odd ?? [])
      }
    } catch {
      publication.giveUp()
      throw error
    }
  }

  private func publishFeed(
    _ lists: inout ModuleLists, _ mirrors: MirrorPolicy, _ known: MirrorModuleRecord?
  ) throws -> Int {
    guard try mirrors.feed || ChangeFeed.isThere(in: lists.root) else { return known?.serial ?? 0 }
    let serial = try ChangeFeed(
      stream: stream, lists: lists, recorded: known?.serial ?? 0,
      cause: known.flatMap { $0.owesLists ? $0.owedBy : nil } ?? "mirrors lists"
    ).publish()
    try lists.scanFeed()
    return serial
  }

  /// The command that does nothing but telling.
  private var again: String {
    stream.commands.commandLine("mirrors lists \(stream.policy.major)")
  }

  /// Does `body`. Its error says what became of the command: it is done, and who does not
  /// know of it.
  private func explaining<Value>(
    _ thing: String, was failure: String = "they were not written", unknown: String,
    _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch let error as ComposeError {
      let state =
        followsChange
        ? "What the command did is done and stays; \(unknown)"
        : unknown.prefix(1).uppercased() + unknown.dropFirst()
      if error.kind == .interrupted {
        throw ComposeError(
          .interrupted, error.thing, "\(error.cause); \(thing): \(failure). \(state)",
          remedy: "Tell mirrors with: \(again)", findings: error.findings)
      }
      throw ComposeError(
        error.kind == .noInput ? .cannotCreate : error.kind, thing,
        "\(failure): \(error.thing): \(error.cause). \(state)",
        remedy: "\(error.remedy); then: \(again)", findings: error.findings)
    }
  }
}
