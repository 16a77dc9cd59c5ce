/// One HTTP request.
struct HTTPRequest {
  enum Proof: Sendable {
    case none
    /// PEM file with certificate and private key.
    case certificate(path: String)
    /// Kerberos, by HTTP Negotiate; the credentials are GSSAPI's own.
    case negotiate
  }

  var url: String
  var headers: [String] = []
  /// POST with this body, or GET where it is nil.
  var body: [UInt8]?
  var proof: Proof = .none
  /// PEM file of the authorities that may vouch for the server; nil for the
  /// system's.
  var authorities: String?
  /// Whether a redirect within the same scheme is followed.
  var followsRedirects = false
  /// Who asks, for the server's log.
  var agent = "epel-compose"
  /// Only what was changed after this (seconds since 1970) is wanted: else the
  /// status is 304.
  var changedSince: Int?
}

/// What came back; the body went to the receiver.
struct HTTPResponse: Equatable {
  var status: Int
  /// Where a redirect leads.
  var location: String?
  /// When the file was changed last, seconds since 1970; 0 if not said.
  var modified: Int
}

/// What a transfer may take.
package struct TransferLimits: Hashable, Sendable {
  /// Seconds after which an idle connection is not used again. Proxies in
  /// front of a hub drop idle connections after 15 s, its web server after 5
  /// or 16: a request that meets the closing is answered by 502 or a reset.
  package var idle: Int
  /// Seconds without progress (few bytes a second) after which a transfer is
  /// given up. A hub that works on a call sends nothing meanwhile, either.
  package var stall: Int
  /// Seconds in which a call must succeed, all its retries included.
  package var deadline: Int
  /// Bytes that one reply may have, unpacked.
  package var reply = 1 << 30

  /// Bytes a second below which a transfer is stalled: of a call, of a file.
  static let slowest = (call: 64, file: 1024)
  /// Seconds for a connection to come about.
  static let connect = 30
  /// A reply larger than the first may not unpack to more than the second
  /// times what was sent: XML of hubs is packed 30 to 60 times.
  static let unpacking = (from: 16 << 20, ratio: 300)

  /// All in seconds; the policy's `koji.waits` gives `stall` and `deadline`.
  package init(idle: Int = 10, stall: Int = 180, deadline: Int = 900) {
    self.idle = idle
    self.stall = stall
    self.deadline = deadline
  }
}

/// Why there is no response.
struct TransportFailure: Error {
  enum Kind {
    /// The request cannot have reached a server, so it is safe to send it
    /// again.
    case notSent
    /// The request may or may not have been carried out.
    case replyLost
    /// No retry can help: certificates, a URL that libcurl does not take.
    case permanent
  }

  let kind: Kind
  let cause: String
  /// Whether it was the client's certificate that the server did not take, or
  /// that could not be used.
  var isAboutCertificate = false
}
