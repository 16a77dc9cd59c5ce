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

extension Finding {
  /// RPMs for a machine that the policy does not compose.
  package static func foreignArchitecture(_ arch: Architecture, count: Int) -> Finding {
    Finding(
      code: "foreign-arch",
      message: "\(count) RPM\(count == 1 ? "" : "s") for \(arch) will be in no repository",
      remedy: "Add \(arch) to 'arches' of the policy if users should get them")
  }
}
