/// Something a person should know about a plan or a tree: a refusal, a
/// warning, or what a check found.
package struct Finding: Hashable, Codable, Sendable {
  /// Stable word for programs, such as `unsigned`.
  package let code: String
  /// One sentence that names the thing and the cause.
  package let message: String
  /// One sentence that says what to do.
  package let remedy: String

  package init(code: String, message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }
}
