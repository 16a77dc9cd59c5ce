import ComposeStream
import DurableFiles
import KojiClient
import ReleaseModel

/// Fetches base repositories and advisories with the client that reads hubs: its retries, its
/// limits, its trust. What it has fetched stays for the rest of the command:
/// every architecture and step sees the same.
final class WebFetcher: WebFetching {
  private let activity: any ActivityReporting
  private let known = Guarded<[String: ScratchFile?]>([:])

  init(activity: any ActivityReporting) {
    self.activity = activity
  }

  /// Seconds: connections idle for longer are not used again; a transfer
  /// without progress is given up; a file with all its retries.
  private static let limits = TransferLimits(idle: 10, stall: 60, deadline: 300)

  func page(_ path: String, query: [(String, String)], below url: String) throws -> [UInt8] {
    try HubFiles(
      url: url, authorities: nil, limits: Self.limits, setting: "advisories.bodhi.url",
      activity: activity
    ) { try Interruption.check(remaining: "reading advisories") }
    .page(path, query: query)
  }

  func fetch(_ path: RelativePath, below url: String) throws -> ScratchFile? {
    let key = "\(url)/\(path)"
    if let file = known.withLock({ $0[key] }) { return file }
    let server = HubFiles(
      url: url, authorities: nil, limits: Self.limits, setting: "base.url", activity: activity
    ) { try Interruption.check(remaining: "reading base repositories") }
    let file = try ScratchFile()
    let found = try server.get(
      path, begin: { try file.clear() }, receive: { try file.write($0) })
    let result = found == .missing ? nil : file
    known.withLock { $0[key] = .some(result) }
    return result
  }
}
