/// What the reports need of one line; slices of the block that it lies in.
struct LogLine {
  /// As the log has it.
  var address: LogSlice
  /// What ``address`` is.
  var client: ClientAddress
  /// Seconds since 1970, UTC.
  var seconds: Int
  /// Path and query as they were asked for; empty where the request was no request.
  var target: LogSlice
  /// 100 to 999.
  var status: Int
  /// Empty where the log has none.
  var agent: LogSlice
}

/// What stands before the request of a line, which is of another client or another time than
/// in nearly all other lines.
struct LogHead {
  /// As the log has it.
  let address: LogSlice
  /// What ``address`` is.
  let client: ClientAddress
  /// Seconds since 1970, UTC.
  let seconds: Int
  /// From the request to the end of the line; not empty.
  let rest: LogSlice
}
