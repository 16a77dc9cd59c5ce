import ReleaseModel
import Yams

/// `rehearsal`: what the client tests install.
package struct RehearsalPolicy: Hashable, Sendable, PolicySection {
  /// Names of binary packages that dnf must be able to install from each
  /// architecture.
  package let install: [String]

  static let keys: [PolicyKeys.Key] = [
    .init("rehearsal", "what clients try", or: "they load the repositories"),
    .init("rehearsal.install", "packages that they install, a list of names", or: "none"),
  ]
}

extension RehearsalPolicy {
  /// Decodes `rehearsal`.
  init(_ node: PolicyNode?) throws {
    install = try Self.install(node?.optional("install"))
  }

  private static func install(_ node: PolicyNode?) throws -> [String] {
    try node?.list().map { item in
      let name = try item.text()
      guard name.consistsOfAlphanumerics(and: "._+-", first: "") else {
        throw item.problem(
          "'\(name.sanitizedForDisplay)' is not the name of a package",
          remedy: "Write a name such as htop")
      }
      return name
    } ?? []
  }

  var node: Node { Node([pair("install", .list(install))]) }
}
