import ReleaseModel
import Yams

extension Policy {
  /// `metadata`: who makes repodata, and in which form.
  package struct MetadataPolicy: Hashable, Sendable, PolicySection {
    /// What this program can write.
    package enum Compression: String, CaseIterable, Sendable { case gz, xz, zstd }

    /// What metadata can be compressed with, by whomever.
    package enum Container: String, CaseIterable, Sendable { case gz, bz2, xz, zstd }

    /// Signatures that not every rpm verifies, beside those of primary RSA and DSA keys.
    package enum SignatureKind: String, CaseIterable, Sendable {
      /// By keys over curves such as NIST P-256.
      case ecdsa
      /// By Ed25519 keys.
      case eddsa
      /// By a key that a primary key is bound to, of any kind.
      case subkeys
    }

    /// Who makes the metadata of a compose.
    package enum Maker: String, CaseIterable, Sendable {
      /// This program, on the machine that composes.
      case here
      /// The builders of the policy's hub.
      case koji
    }

    /// Koji builders or this program.
    package let from: Maker
    /// Of primary, filelists, other and the further documents.
    package let compression: Compression
    /// What the stream's oldest clients can uncompress, sorted.
    package let clients: [Container]
    /// What signatures the rpm of these clients verifies, sorted.
    package let signatures: [SignatureKind]
    /// Whether the policy says so, or the major version does.
    private let namesSignatures: Bool
    /// How many entries of each package `other` has, newest first.
    package let changelogs: Int
    /// Whether there are sqlite databases beside the documents.
    package let databases: Bool
    /// File of the groups that users can install (comps); nil for none.
    package let comps: String?
    /// File of module metadata, one for all architectures or with `{arch}`; nil
    /// for none.
    package let modules: PathTemplate?

    static let keys: [PolicyKeys.Key] = [
      .init(
        "metadata", "how repodata is made: a mapping, or one word, as `from`",
        or: "here, gz, 10 changelog entries"),
      .init(
        "metadata.from",
        "`here`, or `koji`: the hub's builders make that of a compose (tasks `distRepo`)",
        or: "here"),
      .init("metadata.compression", "`gz`, `xz` or `zstd`", or: "gz"),
      .init(
        "metadata.clients",
        "what the oldest clients uncompress: of `gz`, `bz2`, `xz` and `zstd`; and what their rpm "
          + "verifies: of `subkeys`, `eddsa` and `ecdsa`",
        or: "all, before EL8 without zstd; signatures by `major`"),
      .init("metadata.changelogs", "newest changelog entries kept for each package", or: "10"),
      .init(
        "metadata.databases",
        "whether there are sqlite databases beside the documents, which yum reads faster: `true` "
          + "or `false`", or: "false"),
      .init(
        "metadata.comps",
        "file of the groups that users can install (comps.xml): absolute (`--root` goes in front) or "
          + "relative to the policy file", or: "none"),
      .init(
        "metadata.modules",
        "file of module metadata (modules.yaml), likewise; with `{arch}` one for each architecture",
        or: "none"),
    ]
  }
}

extension Policy.MetadataPolicy {
  /// Decodes `metadata`: a mapping, or the one word that says who makes it.
  init(_ node: PolicyNode?, major: Int, hasHub: Bool) throws {
    let members = node?.node.mapping == nil ? nil : node
    let maker = members == nil ? node : try members?.optional("from")
    from = try maker?.word(Maker.self) ?? .here
    let compression = try members?.optional("compression")?.word(Compression.self) ?? .gz
    self.compression = compression
    // yum of EL7 and before reads no zstd.
    let words = try members?.optional("clients")?.list().map {
      try $0.word(ClientWord.self).rawValue
    }
    .sorted()
    let clients =
      words?.compactMap(Container.init)
      ?? (major <= 7 ? [.bz2, .gz, .xz] : [.bz2, .gz, .xz, .zstd])
    let kinds = words?.compactMap(SignatureKind.init) ?? []
    namesSignatures = !kinds.isEmpty
    signatures = kinds.isEmpty ? Self.signatures(ofMajor: major) : kinds
    if let place = try members?.optional("compression") ?? members,
      !clients.contains(where: { $0.rawValue == compression.rawValue })
    {
      throw place.problem(
        "the clients of the stream do not read \(compression.rawValue)",
        remedy: "Choose another compression, or correct 'metadata.clients'")
    }
    self.clients = clients
    changelogs = try members?.optional("changelogs")?.number(in: 0...1000) ?? 10
    let databases = try members?.optional("databases")
    self.databases = try databases?.flag() ?? false
    if self.databases, !clients.contains(.gz), let databases {
      throw databases.problem(
        "databases are compressed by gz, which the clients of the stream do not read",
        remedy: "Leave 'databases' out, or correct 'metadata.clients'")
    }
    comps = try members?.optional("comps").map(Policy.filePath)
    modules = try members?.optional("modules").map { node in
      _ = try Policy.filePath(node)
      return try Policy.template(node, allowing: ["arch"])
    }
    if from == .koji, !hasHub, let maker {
      throw maker.problem(
        "there is no hub that could make the metadata", remedy: "Add 'koji', or write 'here'")
    }
  }

  /// Each word of `metadata.clients`.
  private enum ClientWord: String, CaseIterable {
    case gz, bz2, xz, zstd, subkeys, eddsa, ecdsa
  }

  /// What the rpm of a major version verifies, as the sources of its versions have it:
  /// 4.11 of EL7 knows no signing subkeys, 4.14 of EL8 does; 4.16 of EL9 is the first with
  /// EdDSA (`pgpPubkeyAlgo` in rpmio/rpmpgp.c); ECDSA came with Sequoia, which EL10's 4.19
  /// has.
  private static func signatures(ofMajor major: Int) -> [SignatureKind] {
    switch major {
    case ...7: []
    case 8: [.subkeys]
    case 9: [.eddsa, .subkeys]
    default: [.ecdsa, .eddsa, .subkeys]
    }
  }

  var node: Node {
    let documents = [("comps", comps), ("modules", modules?.description)].compactMap { key, file in
      file.map { (Node(key), Node($0)) }
    }
    return Node(
      [
        pair("from", Node(from.rawValue)), pair("compression", Node(compression.rawValue)),
        clientsPair, pair("changelogs", Node(String(changelogs))),
        pair("databases", Node(String(databases))),
      ] + documents)
  }

  /// A verdict of the checks holds only for the clients that it was made for.
  var clientsPair: (Node, Node) {
    let named = namesSignatures ? signatures.map(\.rawValue) : []
    return pair("clients", .list(clients.map(\.rawValue) + named))
  }
}
