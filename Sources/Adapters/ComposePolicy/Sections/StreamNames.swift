import ReleaseModel
import Yams

extension Policy {
  /// `stream`, `major` and `title`: what the stream is called.
  package struct StreamNames: Hashable, Sendable, PolicySection {
    /// Such as `epel-7`; also the name of ledger and lock below the state root.
    package let stream: String
    /// Major version of Enterprise Linux; no other policy of the directory has
    /// it.
    package let major: Int
    /// One line for people, such as `EPEL 7`.
    package let title: String

    static let keys: [PolicyKeys.Key] = [
      .init("stream", "name of the stream, such as `epel-7`; names its ledger and lock"),
      .init("major", "major version of Enterprise Linux, a number"),
      .init("title", "what people call the stream, one line"),
    ]
  }

  /// Such as `epel-7`.
  package var stream: String { names.stream }
  /// Major version of Enterprise Linux.
  package var major: Int { names.major }
  /// What people call the stream.
  package var title: String { names.title }
}

extension Policy.StreamNames {
  /// Decodes the keys that stand alone in the policy `top`.
  init(_ top: PolicyNode, major: Int) throws {
    stream = try Self.name(top.required("stream"))
    self.major = major
    title = try top.required("title").text()
  }

  /// Decodes `major`, which other sections need to know.
  static func major(_ top: PolicyNode) throws -> Int {
    try top.required("major").number(in: 1...999)
  }

  private static func name(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    guard RelativePath.isSafe(text), !text.hasPrefix(".") else {
      throw node.problem("'\(text)' cannot name a ledger file", remedy: "Use a name like epel-7")
    }
    return text
  }

  var pairs: [(Node, Node)] {
    [
      ("stream", stream), ("major", String(major)), ("title", title),
    ].map { (Node($0), Node($1)) }
  }
}
