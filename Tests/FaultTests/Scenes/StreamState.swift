import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel

/// What tests compare of a stream: all that is on the disk, and what the ledger
/// says.
struct StreamState {
  private let files: [String: String]
  private let ledger: [String]

  /// - Parameters:
  ///   - root: prefix of every path.
  ///   - ledger: the stream's ledger, open.
  init(root: String, ledger: Ledger) throws {
    files = Listing.of(root).reduce(into: [:]) { files, item in
      files[item.key] = Self.statement(item.key, root) ?? item.value
    }
    self.ledger =
      try ledger.releases().map { release in
        "\(release.id) \(release.state) \(release.pushes) \(release.checksPassed, default: "unchecked") "
          + release.trees.map { "\($0.place) \($0.isArchived) \($0.manifest.hex)" }.joined()
      } + [ledger.openOperation()?.kind ?? "nothing open"]
      + ledger.releases().flatMap { release in
        try ledger.pushes(of: release.id).map {
          "\(release.id) push \($0.serial) \($0.kind) undoes \($0.undoes ?? 0) \($0.listed) \($0.unlisted)"
        }
      } + ledger.holds().map { "held: \($0.nvr) \($0.cause)" }
      + ledger.linkRecords().map { link in
        "\(link.path) leads to \(link.release), before to \(link.former?.description ?? "none")"
      }
      + ledger.endings().map { end in
        "\(end.subject?.description ?? "the stream") ended on \(end.day), "
          + (end.done.map { "\($0.release), \($0.isClosed)" } ?? "planned")
      }
  }

  /// What a signed statement says of now, but for its serial and its times: one that was begun
  /// anew has later ones, and another signature, and one whose forerunner was lost does not
  /// know what was there before. Nil for all other files.
  private static func statement(_ path: String, _ root: String) -> String? {
    if path.hasSuffix(".current.json.asc") { return "a signature" }
    // When what was read, of which inodes.
    // Until which day old addresses work.
    if path.hasSuffix(".ended.txt") { return "the text of an end" }
    if path.hasSuffix(".ends.json") { return "the ends" }
    if path.hasSuffix(".readings") || path.hasSuffix(".readings.lock") { return "readings" }
    guard path.hasSuffix(".current.json"),
      let text = try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    else { return nil }
    let now = text.components(separatedBy: "\n\"former\":")[0]
    return now.split(separator: "\n").filter { line in
      !["\"serial\"", "\"written\"", "\"validUntil\""].contains { line.hasPrefix($0) }
    }.joined(separator: "\n")
  }

  /// A line for each path that is not as in `wanted`, and one if the ledger
  /// says something else.
  func differences(from wanted: StreamState) -> [String] {
    Listing.differences(files, wanted.files)
      + (ledger == wanted.ledger ? [] : ["the ledger says \(ledger), not \(wanted.ledger)"])
  }

  /// What users would notice of the releases below `root`: both links lead to
  /// one release, whole as a client sees it.
  static func problems(below root: String) throws -> [String] {
    let area = root + "/pub/epel"
    // The grace time of an end is over: the links go one after the other, the one that leads
    // somewhere last.
    if let text = try? String(contentsOfFile: "\(area)/epel-7.ended.txt", encoding: .utf8),
      !text.contains(" until 2"), !text.contains("Until 2")
    {
      let hasLink =
        (try? FileManager.default.destinationOfSymbolicLink(
          atPath: "\(area)/updates/7")) != nil
      let others =
        (try? FileManager.default.destinationOfSymbolicLink(
          atPath: "\(area)/releases/7")) != nil
      if !hasLink { return others ? ["releases/7 leads to a link that is gone"] : [] }
      return try ServedRepositories.problems(below: "\(area)/updates/7")
    }
    let resolved = Set(
      ["releases", "updates"].map { tree in
        URL(fileURLWithPath: "\(area)/\(tree)/7").resolvingSymlinksInPath().path
      })
    let own = "\(area)/updates/7z"
    let hasOwn = (try? FileManager.default.destinationOfSymbolicLink(atPath: own)) != nil
    return (resolved.count == 1 ? [] : ["links lead to \(resolved.sorted())"])
      + (try ServedRepositories.problems(below: "\(area)/updates/7"))
      + (hasOwn ? try ServedRepositories.problems(below: own) : [])
  }
}
