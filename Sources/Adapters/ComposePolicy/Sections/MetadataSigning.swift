import Yams

/// By whom repomd.xml is signed, and with which key.
package struct MetadataSigning: Hashable, Sendable {
  /// The key that makes the signatures: its fingerprint (40 lower-case hexadecimal
  /// digits), or the 16 last digits of it. Where a subkey signs, the subkey's.
  package let key: String
  /// File of the public key in ASCII armour, as clients get it in repomd.xml.key; while
  /// one key takes the place of another, it has both. Relative ones start at the policy
  /// file's directory.
  package let publicKey: String
  /// What makes the signatures.
  package let means: Means
  /// How long one signature may take.
  package let deadline: WaitingTime
  /// How long a statement of what is current holds.
  package let validity: WaitingTime

  /// What makes signatures.
  package enum Means: Hashable, Sendable {
    /// GnuPG: the program, and the directory of its keys and settings, whose agent signs.
    case gpg(program: String, home: String)
    /// A program with its arguments: bytes in, an armoured detached signature out.
    case command([String])
  }

  static let keys: [PolicyKeys.Key] = [
    .init("signing.metadata", "by whom each repomd.xml is signed", or: "it is not signed"),
    .init(
      "signing.metadata.key",
      "the key that signs: its fingerprint, or the last 16 digits of it; where a subkey signs, "
        + "the subkey's"),
    .init(
      "signing.metadata.publicKey",
      "file of its public key, as in `signing.keys`; clients get it as `repomd.xml.key`"),
    .init(
      "signing.metadata.gpg", "GnuPG signs, with an agent and a home of its own",
      or: "`signing.metadata.command` signs"),
    .init("signing.metadata.gpg.home", "its home: a directory, as in `signing.keys`"),
    .init("signing.metadata.gpg.program", "the program, with or without its directory", or: "gpg"),
    .init(
      "signing.metadata.command",
      "a program and its arguments: reads bytes, prints their armoured detached signature",
      or: "`signing.metadata.gpg` signs"),
    .init(
      "signing.metadata.deadline", "how long one signature may take, at most 1 day",
      or: "60 seconds"),
    .init(
      "signing.metadata.validity",
      "how long a signed statement of what is current holds, from 1 hour to 366 days; it is "
        + "renewed once half of that is over", or: "7 days"),
  ]
}

extension MetadataSigning {
  /// Decodes `signing.metadata`.
  init(_ node: PolicyNode) throws {
    key = try Self.key(node.required("key"))
    publicKey = try Policy.filePath(node.required("publicKey"))
    let (gpg, command) = (try node.optional("gpg"), try node.optional("command"))
    switch (gpg, command) {
    case (let gpg?, nil):
      means = .gpg(
        program: try gpg.optional("program").map(Self.program) ?? "gpg",
        home: try Policy.filePath(gpg.required("home")))
    case (nil, let command?): means = .command(try Self.words(command))
    case (nil, nil):
      throw node.problem(
        "'signing.metadata' does not say what makes the signatures",
        remedy: "Give it 'gpg' or 'command'")
    case (_?, let command?):
      throw command.problem(
        "'signing.metadata' has both 'gpg' and 'command'", remedy: "Remove one of the two")
    }
    let deadline = try node.optional("deadline")
    self.deadline = try Policy.wait(deadline) ?? WaitingTime(seconds: 60)
    if let deadline, !(1...86_400).contains(self.deadline.seconds) {
      throw deadline.problem(
        "'signing.metadata.deadline' must be from 1 second to 1 day", remedy: "Correct the time")
    }
    let validity = try node.optional("validity")
    self.validity = try Policy.wait(validity) ?? WaitingTime(seconds: 7 * 86_400)
    if let validity, !(3600...366 * 86_400).contains(self.validity.seconds) {
      throw validity.problem(
        "'signing.metadata.validity' must be from 1 hour to 366 days", remedy: "Correct the time")
    }
  }

  private static func key(_ node: PolicyNode) throws -> String {
    let text = try node.text().lowercased()
    guard text.count == 16 || text.count == 40,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else {
      throw node.problem(
        "'\(try node.text())' is neither a fingerprint nor the id of a key",
        remedy: "Write the 40 hexadecimal digits that 'gpg --list-keys' shows, or the last 16 of "
          + "them: shorter ids can be forged")
    }
    return text
  }

  /// A name that is looked for in the directories of programs, or a path.
  private static func program(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    return text.contains("/") ? try Policy.filePath(node) : text
  }

  private static func words(_ node: PolicyNode) throws -> [String] {
    let items = try node.list()
    guard let first = items.first else {
      throw node.problem(
        "'signing.metadata.command' is empty", remedy: "Write [program, argument, …]")
    }
    return try [program(first)] + items.dropFirst().map { try $0.text() }
  }

  private var meansPair: (Node, Node) {
    switch means {
    case .gpg(let program, let home):
      pair("gpg", .map([("home", home), ("program", program)]))
    case .command(let words): pair("command", .list(words))
    }
  }

  private var keyPairs: [(Node, Node)] {
    [pair("key", Node(key)), pair("publicKey", Node(publicKey))]
  }

  var node: Node {
    Node(
      keyPairs + [
        meansPair, pair("deadline", Node(deadline.description)),
        pair("validity", Node(validity.description)),
      ])
  }

  /// What decides whether a signature counts: not how it is made.
  var gateNode: Node { Node(keyPairs) }
}
