package import ReleaseModel

/// A Koji hub.
///
/// Reads go without a session and are tried again until they succeed or the
/// deadline is over. Writes go in a session that is opened with the first of
/// them, and are never carried out twice.
package final class KojiHub: Sendable {
  /// Which hub it is, and how to log in.
  package let access: HubAccess
  private let line: Guarded<HubLine>
  private let check: @Sendable () throws -> Void

  /// Contacts nobody yet.
  ///
  /// - Parameters:
  ///   - activity: hears of every try that failed.
  ///   - check: throws when the user wants the work to stop; called several
  ///     times a second while a call is under way.
  package init(
    _ access: HubAccess, limits: TransferLimits = TransferLimits(),
    activity: any ActivityReporting = SilentActivity(),
    check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    self.access = access
    self.check = check
    line = Guarded(try HubLine(access, limits: limits, activity: activity, check: check))
  }

  deinit { logout() }

  /// The result of a call that changes nothing.
  ///
  /// Throws ``HubFault`` where the hub refuses, ``ComposeError`` `unavailable`
  /// where it does not answer within the deadline.
  package func read(_ call: HubCall) throws -> XMLRPCValue {
    try line.withLock { try $0.read(call, rowsAt: nil, into: 0) { _, _, _ in }.0 }
  }

  /// The rows of a call that changes nothing, taken one by one as they
  /// arrive: elements of arrays at `depth` (1 for the outermost). `rest` is
  /// the reply without them.
  ///
  /// - Parameter take: gets what was collected so far, the position of the
  ///   array that the row is in (where arrays are in an array), and the row.
  package func rows<Rows>(
    of call: HubCall, at depth: Int = 1, into initial: Rows,
    _ take: @escaping (inout Rows, Int, XMLRPCValue) throws -> Void
  ) throws -> (rest: XMLRPCValue, rows: Rows) {
    try line.withLock { try $0.read(call, rowsAt: depth, into: initial, take) }
  }

  /// The results of several calls that change nothing, in order.
  package func readAll(_ calls: [HubCall]) throws -> [Result<XMLRPCValue, HubFault>] {
    guard !calls.isEmpty else { return [] }
    let call = HubCall.multiCall(calls)
    guard let results = HubCall.results(try read(call), of: calls.count) else {
      throw Self.unexpectedReply(to: call, from: access)
    }
    return results
  }

  /// Calls a method that changes something.
  ///
  /// Throws ``HubFault`` where the hub refuses, ``ComposeError``:
  /// `unavailable` where it does not answer within the deadline, `permission`
  /// where the login is refused.
  package func write(_ call: HubCall) throws -> WriteOutcome<XMLRPCValue> {
    try line.withLock { try $0.write(call) }
  }

  /// Calls several methods that change something, in one transaction with a
  /// savepoint for each: every result must be looked at.
  package func writeAll(
    _ calls: [HubCall]
  ) throws -> WriteOutcome<[Result<XMLRPCValue, HubFault>]> {
    guard !calls.isEmpty else { return .done([]) }
    let call = HubCall.multiCall(calls)
    switch try write(call) {
    case .unread: return .unread
    case .done(let value):
      guard let results = HubCall.results(value, of: calls.count) else {
        throw Self.unexpectedReply(to: call, from: access)
      }
      return .done(results)
    }
  }

  /// Waits, and throws when the user wants the work to stop.
  package func pause(seconds: Double) throws { try Retries.sleep(seconds, check: check) }

  /// Ends the session, if there is one.
  package func logout() { line.withLock { $0.logout() } }

  /// The error of a reply that is XML-RPC, but not what the method answers.
  static func unexpectedReply(
    to call: HubCall, from access: HubAccess, _ cause: String? = nil
  ) -> ComposeError {
    ComposeError(
      .unavailable, "hub \(access.url.sanitizedForDisplay)",
      "its reply to \(call.method) is not what Koji answers"
        + (cause.map { ": \($0.sanitizedForDisplay)" } ?? ""),
      remedy: "Check that 'koji.hub' of the policy is the URL of a Koji hub")
  }
}
