import ReleaseModel

/// Logging in, renewing a session, logging out.
extension HubLine {
  func currentSession(within seconds: Double) throws -> HubSession {
    try session ?? freshSession(within: seconds)
  }

  func freshSession(within seconds: Double) throws -> HubSession {
    if let problem = access.loginProblem { throw problem }
    let reply = try login(HubCall("sslLogin"), signedBy: nil, within: seconds)
    guard let session = HubSession(reply) else {
      throw unavailable(HubCall("sslLogin"), "its reply to the login holds no session")
    }
    self.session = session
    return session
  }

  /// The session with a new key. The hub keeps its number; where it has
  /// forgotten the session, a fresh one takes its place.
  func renewedSession(within seconds: Double) throws -> HubSession {
    guard let old = session else { return try freshSession(within: seconds) }
    do {
      let reply = try login(
        HubCall("sslLogin", [.null], named: ["renew": true]), signedBy: (old, old.callNumber),
        within: seconds)
      guard let session = old.renewed(by: reply) else { return try freshSession(within: seconds) }
      self.session = session
      return session
    } catch let fault as HubFault where fault.code != HubFault.Code.offline {
      return try freshSession(within: seconds)
    }
  }

  private func login(
    _ call: HubCall, signedBy signature: (HubSession, Int)?, within seconds: Double
  ) throws -> XMLRPCValue {
    let body = try XMLRPCWriter.request(call.method, call.arguments)
    var retries = Retries(deadline: max(1, Int(seconds)))
    while true {
      let cause: String
      do {
        let reply = try send(
          body, within: min(60, retries.remaining), atLogin: true, signedBy: signature)
        switch reply {
        case .value(let value): return value
        case .fault(let fault) where fault.code == HubFault.Code.offline:
          cause = "it is offline: \(fault.summary)"
        // A renewal that is refused is not the end: the caller logs in afresh.
        case .fault(let fault) where signature != nil: throw fault
        case .fault(let fault): throw loginRefused(fault.summary)
        }
      } catch let failure as Failure {
        if failure.status == 401 || failure.status == 403 || failure.isAboutCertificate {
          throw loginRefused(failure.cause)
        }
        guard !failure.isPermanent else { throw unavailable(call, failure.cause) }
        cause = failure.cause
      }
      try wait(&retries, call, cause: cause)
    }
  }

  private func loginRefused(_ cause: String) -> ComposeError {
    let remedy =
      switch access.login {
      case .certificate(let path):
        "Check that \(path.sanitizedForDisplay) is a certificate of this hub, not expired, "
          + "with its key in the same file"
      case .kerberos: "Get a ticket with 'kinit' and check that it is for this hub's realm"
      case .none: "Give the Koji profile a login"
      }
    return ComposeError(
      .permission, "hub \(access.url.sanitizedForDisplay)", "the login was refused: \(cause)",
      remedy: remedy)
  }

  /// Ends the session, if there is one. What goes wrong is of no consequence:
  /// hubs forget old sessions.
  func logout() {
    guard let session, let body = try? XMLRPCWriter.request("logout", []) else { return }
    _ = try? send(body, within: 5, signedBy: (session, numberNextCall()))
    self.session = nil
  }
}
