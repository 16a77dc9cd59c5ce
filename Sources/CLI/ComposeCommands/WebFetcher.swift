import ArgumentParser
import ComposeStream
import Digests
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

  func answer(to url: String, limit: Int, seconds: Int) throws -> WebAnswer {
    if url.hasPrefix("file:") { return Self.answer(ofFile: url, limit: limit) }
    let answer = try WebQuestion.ask(url, as: Self.agent, limit: limit, seconds: seconds) {
      try Interruption.check(remaining: "asking what mirrors have")
    }
    switch answer {
    case .body(let bytes): return .body(bytes)
    case .missing: return .missing
    case .none(let cause): return .none(cause.sanitizedForDisplay)
    }
  }

  /// Who asks, for logs of servers.
  private static var agent: String { "epel-compose/\(EpelCompose.configuration.version)" }

  func checksum(at url: String, limit: Int) throws -> WebChecksum {
    var digest = MessageDigest()
    let reading = try WebQuestion.read(
      url, as: Self.agent, limit: limit, stall: Self.limits.stall,
      check: { try Interruption.check(remaining: "comparing files of a mirror") },
      begin: { digest = MessageDigest() }, receive: { digest.update($0) })
    switch reading {
    case .read: return .found(digest.checksum())
    case .missing: return .missing
    case .none(let cause): return .none(cause.sanitizedForDisplay)
    }
  }

  /// A file takes the place of a server where something is tried: its name is the URL's
  /// path, the query with it.
  private static func answer(ofFile url: String, limit: Int) -> WebAnswer {
    do {
      let bytes = try SmallFile.contents(of: String(url.dropFirst("file://".count)))
      return bytes.count > limit
        ? .none("its answer is larger than \(limit >> 10) KiB") : .body(bytes)
    } catch let error as ComposeError {
      return error.kind == .noInput ? .missing : .none(error.cause)
    } catch {
      return .none("\(error)".sanitizedForDisplay)
    }
  }
}
