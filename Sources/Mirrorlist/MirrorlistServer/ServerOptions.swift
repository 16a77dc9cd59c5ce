package import MirrorlistSnapshot

/// How a server treats connections and requests.
package struct ServerOptions: Sendable {
  /// Peers whose `X-Forwarded-For` counts.
  package var trusted: [NetworkPrefix]
  /// Below so many mirrors, all that are for everybody are told as well.
  package var minimum = 5
  /// Seconds that a connection may be idle: longer than any proxy uses one again.
  package var idle = 75
  /// Seconds that idle connections are kept when the server ends.
  package var drain = 15
  /// Connections at once; those beyond wait in the kernel's queue.
  package var connections = 16_384
  /// Where a line is written for each request of a repository; nil for nowhere.
  package var statistics: String?

  /// Seconds that the head of a request may take.
  package var head = 10
  /// Seconds that a client may take nothing of an answer.
  package var stall = 30
  /// Seconds for which what a client still sends is read and thrown away, after the last
  /// answer: a reset would take that answer from it.
  static let linger = 2
  /// Bytes of the head of a request.
  static let headLimit = 16 << 10

  /// As the defaults of the command line.
  package init(trusted: [NetworkPrefix]) { self.trusted = trusted }

  /// Peers of this machine.
  package static let loopback = ["127.0.0.0/8", "::1/128"].compactMap { NetworkPrefix($0) }
}
