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
