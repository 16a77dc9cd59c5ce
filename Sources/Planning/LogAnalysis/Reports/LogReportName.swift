/// The reports that can be made of logs.
package enum LogReportName: String, CaseIterable, Sendable {
  /// Errors by server and day.
  case errors
  /// Errors by minute of the hour.
  case minutes
  /// Families of clients.
  case clients
  /// What was not there; needs a stream.
  case missing
  /// Who uses which release; needs a stream.
  case adoption
  /// Who asks too often.
  case eager

  /// Whether it needs to know a stream's paths.
  package var needsStream: Bool { self == .missing || self == .adoption }
}
