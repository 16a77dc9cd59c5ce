import CCurl
import Foundation
package import ReleaseModel

/// What a web server has below one URL: a hub's top directory, or a
/// repository.
///
/// Downloads may run in parallel: each takes a connection of its own.
package final class HubFiles: Sendable {
  /// Without a slash at the end.
  package let url: String
  private let authorities: String?
  private let limits: TransferLimits
  private let activity: any ActivityReporting
  private let check: @Sendable () throws -> Void
  /// Key of the policy that says where it is.
  private let setting: String
  /// Clients that nobody is using, with their open connections.
  private let idle = Guarded<[HTTPClient]>([])

  /// Bytes of one RPM.
  private static let largest = 16 << 30

  /// - Parameters:
  ///   - authorities: PEM file of who may vouch for the server; nil for the
  ///     system's.
  ///   - setting: key of the policy, for messages.
  ///   - check: throws when the user wants the work to stop.
  package init(
    url: String, authorities: String?, limits: TransferLimits, setting: String = "koji.topdir",
    activity: any ActivityReporting = SilentActivity(),
    check: @escaping @Sendable () throws -> Void = {}
  ) {
    self.url = url
    self.authorities = authorities
    var limits = limits
    limits.reply = Self.largest
    self.limits = limits
    self.activity = activity
    self.check = check
    self.setting = setting
  }

  /// What the server has at a path.
  package enum Found: Hashable, Sendable {
    /// The server answered that it has no such file (404 or 410).
    case missing
    /// Not changed since the moment asked about.
    case unchanged
    /// Downloaded; when it was changed last, seconds since 1970, 0 where the
    /// server does not say.
    case file(modified: Int)
  }

  /// How often a download is begun again after it had got somewhere.
  private static let tries = 8

  /// Downloads the file at `path`. A large one may take long, as long as it
  /// makes progress; a server that does not answer has until the deadline.
  ///
  /// Throws `unavailable`, and what the closures throw.
  ///
  /// - Parameters:
  ///   - since: downloads nothing where it was not changed after this.
  ///   - begin: called before each try: what came before is void.
  ///   - receive: takes the next bytes.
  package func get(
    _ path: RelativePath, ifChangedSince since: Int? = nil, begin: () throws -> Void,
    receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Found {
    let request = HTTPRequest(
      url: url + "/" + path.description.percentEncodedPath, authorities: authorities,
      followsRedirects: true,
      changedSince: since)
    return try get(request, named: path.description, begin: begin, receive: receive)
  }

  /// The answer, in JSON, to a question at `path`: tried as a download is.
  ///
  /// Throws `unavailable`, also where the server has no such page.
  ///
  /// - Parameter query: names and values, not escaped.
  package func page(_ path: String, query: [(String, String)]) throws -> [UInt8] {
    let words = query.map {
      "\($0)=\($1.percentEncoded)"
    }
    let name = path + "?" + words.joined(separator: "&")
    var answer: [UInt8] = []
    let request = HTTPRequest(
      url: url + "/" + name, headers: ["Accept: application/json"], authorities: authorities,
      followsRedirects: true)
    let found = try get(
      request, named: name, begin: { answer = [] },
      receive: { bytes in
        guard answer.count + bytes.count <= Self.largestPage else {
          throw unavailable(
            name, "its reply is larger than \(Self.largestPage >> 20) MiB, which is the limit")
        }
        answer += bytes
      })
    guard found != .missing else { throw unavailable(name, "HTTP status 404") }
    return answer
  }

  /// Bytes of one answer, which is kept in memory: 100 updates with all their notes are 1
  /// to 3 MB.
  private static let largestPage = 32 << 20

  private func get(
    _ request: HTTPRequest, named name: String, begin: () throws -> Void,
    receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Found {
    let client =
      try idle.withLock { $0.popLast() } ?? HTTPClient(limits: limits, check: check)
    defer { idle.withLock { $0.append(client) } }
    var retries = Retries(deadline: limits.deadline)
    var tries = 0
    while true {
      let cause: String
      var hasAnswered = true
      var hasProgress = false
      do {
        try begin()
        let response = try client.perform(request, within: nil) {
          hasProgress = true
          try receive($0)
        }
        switch response.status {
        case 200: return .file(modified: response.modified)
        case 304 where request.changedSince != nil: return .unchanged
        case 404, 410: return .missing
        case 500..., 408, 429: cause = "HTTP status \(response.status)"
        default: throw unavailable(name, "HTTP status \(response.status)")
        }
      } catch let failure as TransportFailure {
        guard failure.kind != .permanent else { throw unavailable(name, failure.cause) }
        hasAnswered = failure.kind != .notSent
        cause = failure.cause
      }
      tries += 1
      // Time in which bytes came does not count against the deadline.
      if hasProgress, tries < Self.tries { retries = Retries(deadline: limits.deadline) }
      guard let seconds = retries.next(hasAnswered: hasAnswered) else {
        throw unavailable(name, cause)
      }
      activity.note("\(name): \(cause); trying again")
      try Retries.sleep(seconds, check: check)
    }
  }

  private func unavailable(_ path: String, _ cause: String) -> ComposeError {
    ComposeError(
      .unavailable, "\(url)/\(path)".sanitizedForDisplay, cause,
      remedy: "Check '\(setting)' of the policy and the network, then run the command again")
  }
}
