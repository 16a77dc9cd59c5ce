import ReleaseModel

/// The line to one hub: sends requests, reads replies, tries again. One call
/// at a time, as the hub serialises the calls of a session anyway.
final class HubLine {
  let access: HubAccess
  private let client: HTTPClient
  let limits: TransferLimits
  private let check: @Sendable () throws -> Void
  private let activity: any ActivityReporting
  /// Whether the hub has ever answered in this process.
  private var hasAnswered = false
  var session: HubSession?

  init(
    _ access: HubAccess, limits: TransferLimits, activity: any ActivityReporting,
    check: @escaping @Sendable () throws -> Void
  ) throws {
    self.access = access
    self.limits = limits
    self.activity = activity
    self.check = check
    client = try HTTPClient(limits: limits, check: check)
  }

  // MARK: One try

  /// A try that brought no reply.
  struct Failure: Error {
    let cause: String
    /// Whether the hub may have carried the call out.
    let mayHaveRun: Bool
    /// Whether trying again can help.
    let isPermanent: Bool
    /// Whether it was the client's certificate that the server did not take.
    var isAboutCertificate = false
    /// HTTP status, where one came.
    var status: Int?
  }

  /// Sends `body` once. Throws ``Failure``, or the error of a user who wants
  /// to stop.
  func send(
    _ body: [UInt8], within seconds: Double, atLogin: Bool = false,
    signedBy signature: (session: HubSession, callNumber: Int)? = nil,
    rowDepth: Int? = nil, handleRow: @escaping XMLRPCReader.RowHandler = { _, _ in }
  ) throws -> XMLRPCReader.Reply {
    var request = HTTPRequest(url: access.url, body: body, authorities: access.authorities)
    if atLogin {
      request.url += "/ssllogin"
      request.proof = access.proof
    } else if case .certificate = access.proof, signature != nil {
      // Send the client certificate with every signed request: some hubs ask for it at
      // every URL.
      request.proof = access.proof
    }
    if let signature { signature.session.sign(&request, callNumber: signature.callNumber) }
    var reader = XMLRPCReader(rowDepth: rowDepth, handleRow: handleRow)
    do {
      let response = try client.perform(request, within: seconds) { try reader.feed($0) }
      hasAnswered = true
      guard response.status == 200 else { throw Self.failure(response) }
      return try reader.finish()
    } catch let failure as TransportFailure {
      throw Failure(
        cause: failure.cause, mayHaveRun: failure.kind == .replyLost,
        isPermanent: failure.kind == .permanent, isAboutCertificate: failure.isAboutCertificate)
    } catch let problem as XMLRPCProblem {
      hasAnswered = true
      throw Failure(
        cause: "its reply cannot be read: \(problem.cause)", mayHaveRun: true, isPermanent: false)
    }
  }

  private static func failure(_ response: HTTPResponse) -> Failure {
    let isServer = response.status >= 500
    let cause =
      response.location.map {
        "it redirects to \(Self.withoutSecrets($0)), which is not followed"
      } ?? "it answers with HTTP status \(response.status)"
    return Failure(
      cause: cause, mayHaveRun: isServer,
      isPermanent: !isServer && response.status != 408 && response.status != 429,
      status: response.status)
  }

  /// A URL without user and query: servers repeat the query in redirects, and
  /// old hubs have the session's key in it.
  private static func withoutSecrets(_ url: String) -> String {
    let place = url.prefix { $0 != "?" && $0 != "#" }
    guard let at = place.lastIndex(of: "@") else { return String(place).sanitizedForDisplay }
    return "…" + String(place[at...]).sanitizedForDisplay
  }

  // MARK: Reads

  /// Calls a method that changes nothing, without a session, until there is a
  /// reply or the deadline is over.
  ///
  /// Each try begins with `initial`: rows of a try that broke off are
  /// forgotten.
  ///
  /// Throws ``HubFault``, `unavailable`.
  func read<Rows>(
    _ call: HubCall, rowsAt depth: Int?, into initial: Rows,
    _ take: @escaping (inout Rows, Int, XMLRPCValue) throws -> Void
  ) throws -> (XMLRPCValue, Rows) {
    let body = try XMLRPCWriter.request(call.method, call.arguments)
    var retries = Retries(deadline: limits.deadline)
    var internalFaults = 0
    while true {
      var rows = initial
      let cause: String
      do {
        let reply = try withoutActuallyEscaping(take) { take in
          try send(body, within: retries.remaining, rowDepth: depth) { try take(&rows, $0, $1) }
        }
        switch reply {
        case .value(let value): return (value, rows)
        case .fault(let fault) where fault.code == HubFault.Code.offline:
          cause = "it is offline: \(fault.summary)"
        case .fault(let fault) where fault.code == HubFault.Code.internal && internalFaults < 2:
          internalFaults += 1
          cause = "it failed inside: \(fault.summary)"
        case .fault(let fault): throw fault
        }
      } catch let failure as Failure {
        guard !failure.isPermanent else { throw unavailable(call, failure.cause) }
        cause = failure.cause
      }
      try wait(&retries, call, cause: cause)
    }
  }

  // MARK: Writes

  /// Calls a method that changes something, once: a reply that is lost is
  /// asked for again with the same number, which the hub carries out only if
  /// it has not done so yet.
  ///
  /// Throws ``HubFault``, `unavailable`, `permission`.
  func write(_ call: HubCall) throws -> WriteOutcome<XMLRPCValue> {
    let body = try XMLRPCWriter.request(call.method, call.arguments)
    var retries = Retries(deadline: limits.deadline)
    var session = try currentSession(within: retries.remaining)
    let callNumber = numberNextCall()
    var mayHaveRun = false
    var logins = 0
    var internalFaults = 0
    while true {
      let cause: String
      do {
        let reply = try send(
          body, within: retries.remaining, signedBy: (session, callNumber))
        switch reply {
        case .value(let value): return .done(value)
        case .fault(let fault):
          switch fault.code {
          // The hub carried the call out in an earlier attempt, but did not keep
          // the reply.
          case HubFault.Code.retry: return .unread
          case HubFault.Code.offline: cause = "it is offline: \(fault.summary)"
          case HubFault.Code.internal where internalFaults < 2, HubFault.Code.authLock:
            internalFaults += 1
            cause = "it failed inside: \(fault.summary)"
          case HubFault.Code.expired, HubFault.Code.auth, HubFault.Code.sequence:
            guard logins < 3 else { throw fault }
            logins += 1
            let old = session
            session =
              try fault.code == HubFault.Code.expired
              ? renewedSession(within: retries.remaining) : freshSession(within: retries.remaining)
            // A new session has its own call numbers, so the hub can no longer
            // tell whether it carried the call out. It may have: libcurl sends a
            // request again where a kept connection was closed.
            if !session.isSame(as: old) { return .unread }
            continue
          default: throw fault
          }
        }
      } catch let failure as Failure {
        mayHaveRun = mayHaveRun || failure.mayHaveRun
        guard !failure.isPermanent else {
          throw unavailable(call, failure.cause, mayHaveRun: mayHaveRun)
        }
        cause = failure.cause
      }
      try wait(&retries, call, cause: cause, mayHaveRun: mayHaveRun)
    }
  }

  func numberNextCall() -> Int { session?.nextCallNumber() ?? 0 }

  func wait(
    _ retries: inout Retries, _ call: HubCall, cause: String, mayHaveRun: Bool = false
  ) throws {
    guard let seconds = retries.next(hasAnswered: hasAnswered) else {
      throw unavailable(call, cause, mayHaveRun: mayHaveRun)
    }
    activity.note("hub, \(call.method): \(cause); trying again")
    try Retries.sleep(seconds, check: check)
  }

  func unavailable(
    _ call: HubCall, _ cause: String, mayHaveRun: Bool = false
  ) -> ComposeError {
    ComposeError(
      .unavailable, "hub \(access.url.sanitizedForDisplay)",
      "\(cause) (\(call.method))"
        + (mayHaveRun ? "; whether the call was carried out is not known" : ""),
      remedy: hasAnswered
        ? "Run the command again when the hub is well; it asks the hub what is true and goes on "
          + "from there"
        : "Check 'koji.hub' of the policy, the network and the certificates; then run it again"
          + withoutProfile)
  }

  /// Whom to trust is in the profile, too: where there is none, that may be
  /// the reason.
  private var withoutProfile: String {
    guard access.authorities == nil, case .none(let reason as ComposeError) = access.login,
      reason.kind != .refused
    else {
      return ""
    }
    return " (without a profile: \(reason.thing): \(reason.cause))"
  }
}
