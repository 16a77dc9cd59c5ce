import ComposePolicy
import ComposeTestSupport
import Foundation

/// A policy, and printing what was read of it.
struct PolicyTarget: FuzzTarget {
  static let name = "policy"
  static let words = [
    "*a", "&a ", "<<: ", "? ", "- ", "[", "{", "!!binary ", "|\n", "{release}", "..", "36500 days",
    "100 %", "%YAML 1.1\n", "\n---\n",
  ]

  init() {}

  func seeds() throws -> [[UInt8]] {
    try ["epel-7", "epel-10"].map { name in
      Array(try Data(contentsOf: URL(fileURLWithPath: "\(Fixtures.policies)/\(name).yaml")))
    }
  }

  func run(_ input: [UInt8]) throws {
    let policy = try Policy(text: String(decoding: input, as: UTF8.self), file: "policy.yaml")
    let printed = try policy.yaml()
    _ = try Policy(text: printed, file: "printed.yaml")
    _ = policy.concerns
  }
}
