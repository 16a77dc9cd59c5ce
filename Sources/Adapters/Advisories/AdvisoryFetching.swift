/// How ``BodhiAdvisories`` reaches its server. The implementation does retries,
/// keeps a deadline and reports errors of the network.
package protocol AdvisoryFetching: Sendable {
  /// The body of the reply to GET. One call at a time: Bodhi answers few
  /// clients at once.
  ///
  /// It should ask for `application/json`. What is something else may be
  /// thrown as `unavailable` or returned: the reader tells a web page and an
  /// error of Bodhi from an answer.
  ///
  /// - Parameters:
  ///   - path: relative to the server's URL, such as `updates/`.
  ///   - query: names and values, not escaped.
  func get(_ path: String, query: [(String, String)]) throws -> [UInt8]
}
