import Foundation

/// A login: what the hub gave, and the number of the last call.
///
/// The key is a secret: it goes into requests and nowhere else.
struct HubSession {
  private let id: Int
  private let key: String
  /// Hubs before 1.30.1 take sessions only in the query string.
  private let isInHeaders: Bool
  private(set) var callNumber = -1

  /// From the reply to `sslLogin`; nil where it is none.
  init?(_ reply: XMLRPCValue) {
    guard let id = reply["session-id"].integer, let key = reply["session-key"].text else {
      return nil
    }
    self.id = id
    self.key = key
    isInHeaders = reply["header-auth"].flag ?? false
  }

  /// The number of the next call. Hubs refuse one that is lower than the last
  /// committed, and answer an equal one without carrying it out again.
  mutating func nextCallNumber() -> Int {
    callNumber += 1
    return callNumber
  }

  /// The same session after a renewal: a new key, the numbers go on.
  func renewed(by reply: XMLRPCValue) -> HubSession? {
    guard var session = HubSession(reply) else { return nil }
    // A hub that gave another session counts from the beginning, and a
    // number that is higher is as good.
    session.callNumber = callNumber
    return session
  }

  /// Whether `other` is this session with, maybe, another key.
  func isSame(as other: HubSession) -> Bool { id == other.id }

  /// Puts the session and the number of a call into `request`.
  func sign(_ request: inout HTTPRequest, callNumber: Int) {
    guard isInHeaders else {
      let escaped = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      request.url += "?session-id=\(id)&session-key=\(escaped)&callnum=\(callNumber)"
      return
    }
    request.headers += [
      "Koji-Session-Id: \(id)", "Koji-Session-Key: \(key)",
      // Both names: hubs before June 2025 know only the second, and without
      // it they silently carry a call out twice.
      "Koji-Session-Callnum: \(callNumber)", "Koji-Callnum: \(callNumber)",
    ]
  }
}
