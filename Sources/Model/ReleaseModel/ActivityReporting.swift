/// Where long work says how far it is.
///
/// The command line shows one live line on a terminal and dated lines in a
/// log; tests and `--quiet` show nothing.
package protocol ActivityReporting: Sendable {
  /// Starts a stretch of work. `total` counts `unit`s, or is nil where the
  /// amount is not known.
  func begin(_ title: String, total: Int?, unit: String)
  /// Says that `count` more units are done.
  func advance(by count: Int)
  /// Ends the stretch that `begin` started.
  func end()
  /// One line that stays: what was found or done.
  func note(_ text: String)
}

/// Shows nothing.
package struct SilentActivity: ActivityReporting {
  /// There is nothing to set up.
  package init() {}
  /// Ignored.
  package func begin(_ title: String, total: Int?, unit: String) {}
  /// Ignored.
  package func advance(by count: Int) {}
  /// Ignored.
  package func end() {}
  /// Ignored: only the line is lost, no result.
  package func note(_ text: String) {}
}
