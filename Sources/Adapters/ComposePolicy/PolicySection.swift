import Yams

/// A part of the policy file with its keys. Everything about a key is in the
/// file of its section, in `Sections/`: what it means, its field, how it is
/// decoded and validated, and how it is printed. ``Policy`` joins the sections.
protocol PolicySection {
  /// In the order of `Docs/Policy.md`, the section itself before what is in it.
  static var keys: [PolicyKeys.Key] { get }
}

// What sections are printed with.

func pair(_ key: String, _ value: Node) -> (Node, Node) { (Node(key), value) }

extension Node {
  static func map(_ values: [(String, String?)]) -> Node {
    Node(values.compactMap { key, value in value.map { (Node(key), Node($0)) } })
  }

  static func list(_ values: [String]) -> Node { list(values.map { Node($0) }) }

  static func list(_ values: [Node]) -> Node {
    .sequence(Node.Sequence(values, Tag(.seq), .flow))
  }
}
