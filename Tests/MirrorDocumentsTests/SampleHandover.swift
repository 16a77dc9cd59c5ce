import MirrorDocuments
import ReleaseModel

/// The hand-over of a small stream, as the tests vary it.
struct SampleHandover {
  var stream = "epel-7"
  var occasion = Handover.Occasion.promote
  var release = "7.07.201908"
  var former: String? = "7.06.201903"
  var clients = ["epel-7", "epel-debug-7", "epel-source-7"]
  var mappings: [Handover.Mapping] = []
  var area = "updates"
  var link: String?

  /// Kind, architecture and path of each repository.
  private static let repositories = [
    ("", "aarch64", "Everything/aarch64"), ("", "x86_64", "Everything/x86_64"),
    ("debug-", "aarch64", "Everything/aarch64/debug"),
    ("debug-", "x86_64", "Everything/x86_64/debug"),
    ("source-", "source", "Everything/source/tree"),
  ]

  static func names(of release: String) -> [String] {
    ["epel-\(release)", "epel-debug-\(release)", "epel-source-\(release)"]
  }

  func repositories(of release: String) throws -> [MirrorRepository] {
    try Self.repositories.map { kind, arch, path in
      MirrorRepository(
        name: "epel-\(kind)\(release)", arch: arch,
        kind: arch == "source" ? .source : kind.isEmpty ? .binary : .debug,
        directory: try .of("pub/epel/\(area)/\(release)/\(path)"),
        path: try .of("\(area)/\(release)/\(path)"))
    }
  }

  func handover() throws -> Handover {
    Handover(
      stream: stream, release: try ReleaseID(release), link: link, occasion: occasion,
      product: "EPEL",
      repositories: try repositories(of: release),
      redirects: zip(clients, Self.names(of: release)).map {
        Overlay.Redirect(client: $0, release: $1)
      },
      former: former.map(Self.names) ?? [], files: "/srv/pub/epel",
      sqlFile: "/var/lib/epel-compose/mirrors/handover/\(release)-\(occasion.rawValue).sql",
      question: occasion == .archive
        ? "https://mirrors.example.org/mirrorlist?path=pub/archives/epel/updates/\(release)" : nil,
      mappings: mappings,
      commands: (
        status: "epel-compose mirrors status \(release)",
        removal: "epel-compose archive \(release) --remove-original"
      ))
  }
}
