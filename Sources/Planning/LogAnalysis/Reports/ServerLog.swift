/// All that was counted of one server.
package struct ServerLog: Sendable {
  /// Its name.
  package let server: String
  /// Whether the name was told by a pattern; else it is only the name of a file, which
  /// may have the lines of many servers.
  package let isTold: Bool
  /// What was counted; finished.
  package let tally: LogTally

  /// - Parameter tally: of all its lines; it is finished here.
  package init(server: String, isTold: Bool, tally: LogTally) {
    self.server = server
    self.isTold = isTold
    var tally = tally
    tally.finish()
    self.tally = tally
  }
}
