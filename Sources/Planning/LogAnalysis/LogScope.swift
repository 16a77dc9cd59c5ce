/// What is counted of a log.
package struct LogScope: Sendable {
  /// Seconds since 1970, UTC: lines of other times are left out.
  package let times: Range<Int>
  /// What paths mean; nil where there is no stream to go by.
  package let paths: StreamPaths?

  /// - Parameter times: seconds since 1970, UTC.
  package init(times: Range<Int> = Int.min..<Int.max, paths: StreamPaths? = nil) {
    self.times = times
    self.paths = paths
  }
}
