import Yams

extension Policy {
  /// `confirm`: whether commands at a terminal ask before they change public trees.
  package struct Confirmation: Hashable, Sendable, PolicySection {
    /// False where nobody is asked, with or without a terminal.
    package let isAsked: Bool

    static let keys: [PolicyKeys.Key] = [
      .init(
        "confirm",
        "whether commands ask at a terminal before they change public trees without `--root`",
        or: "true")
    ]
  }
}

extension Policy.Confirmation {
  /// Decodes `confirm`.
  init(_ node: PolicyNode?) throws { isAsked = try node?.flag() ?? true }

  var node: Node { Node(isAsked ? "true" : "false") }
}
