import CCurl
import Foundation
package import ReleaseModel

/// A hub's top directory as a web server shows it.
///
/// Downloads may run in parallel: each takes a connection of its own.
package final class HubFiles: Sendable {
  /// Without a slash at the end.
  package let url: String
  private let authorities: String?
  private let limits: TransferLimits
  private let activity: any ActivityReporting
  private let check: @Sendable () throws -> Void
  /// Clients that nobody is using, with their open connections.
  private let idle = Guarded<[HTTPClient]>([])

  /// Bytes of one RPM.
  private static let largest = 16 << 30

  /// - Parameters:
  ///   - authorities: PEM file of who may vouch for the server; nil for the
  ///     system's.
  ///   - check: throws when the user wants the work to stop.
  package init(
    url: String, authorities: String?, limits: TransferLimits,
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
  }

  /// Downloads the file at `path`, until it is here whole or the deadline is
  /// over. Returns nil where there is no such file, else when the server says
  /// it was changed last (seconds since 1970; 0 where it does not say).
  ///
  /// Throws `unavailable`, and what the closures throw.
  ///
  /// - Parameters:
  ///   - begin: called before each try: what came before is void.
  ///   - receive: takes the next bytes.
  package func get(
    _ path: RelativePath, begin: () throws -> Void,
    receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int? {
    let request = HTTPRequest(
      url: url + "/" + Self.escaped(path), authorities: authorities, followsRedirects: true)
    let client =
      try idle.withLock { $0.popLast() } ?? HTTPClient(limits: limits, check: check)
    defer { idle.withLock { $0.append(client) } }
    var retries = Retries(deadline: limits.deadline)
    while true {
      let cause: String
      var hasAnswered = true
      do {
        try begin()
        let response = try client.perform(request, within: retries.remaining, receive: receive)
        switch response.status {
        case 200: return response.modified
        case 404, 410: return nil
        case 500...: cause = "HTTP status \(response.status)"
        default: throw unavailable(path, "HTTP status \(response.status)")
        }
      } catch let failure as TransportFailure {
        guard failure.kind != .permanent else { throw unavailable(path, failure.cause) }
        hasAnswered = failure.kind != .notSent
        cause = failure.cause
      }
      guard let seconds = retries.next(hasAnswered: hasAnswered) else {
        throw unavailable(path, cause)
      }
      activity.note("\(path.name): \(cause); trying again")
      try Retries.sleep(seconds, check: check)
    }
  }

  private func unavailable(_ path: RelativePath, _ cause: String) -> ComposeError {
    ComposeError(
      .unavailable, "\(url)/\(path)".sanitizedForDisplay, cause,
      remedy: "Check 'koji.topdir' of the policy and the network, then run the command again")
  }

  private static let plain = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")

  private static func escaped(_ path: RelativePath) -> String {
    path.description.addingPercentEncoding(withAllowedCharacters: plain) ?? path.description
  }
}
