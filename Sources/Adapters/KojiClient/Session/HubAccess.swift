import ReleaseModel

/// Where a hub is and how to log in to it.
package struct HubAccess: Sendable {
  /// How to become a user of the hub.
  package enum Login: Sendable {
    /// Reads only; the error says why, when a change needs a login.
    case none(because: any Error)
    /// PEM file with a client certificate and its key.
    case certificate(path: String)
    /// Kerberos, with what GSSAPI finds: a ticket, or the keytab that the
    /// profile names.
    case kerberos
  }

  /// `https://HOST/kojihub`
  package let url: String
  /// Used only when something has to be changed.
  package let login: Login
  /// PEM file of the authorities that may vouch for the hub; nil for the
  /// system's.
  package let authorities: String?

  /// - Parameter authorities: PEM file; nil for the system's.
  package init(url: String, login: Login, authorities: String? = nil) {
    self.url = url
    self.login = login
    self.authorities = authorities
  }

  /// Why nobody can log in, as far as that can be told without asking; nil
  /// where somebody may.
  package var loginProblem: (any Error)? {
    if case .none(let reason) = login { return reason }
    guard url.hasPrefix("https:") else {
      return ComposeError(
        .permission, "hub \(url.sanitizedForDisplay)",
        "a login over plain HTTP would show the session's key to everybody on the way",
        remedy: "Name the hub with https:// in 'koji.hub' of the policy")
    }
    return nil
  }

  var proof: HTTPRequest.Proof {
    switch login {
    case .none: .none
    case .certificate(let path): .certificate(path: path)
    case .kerberos: .negotiate
    }
  }
}
