import ReleaseModel

extension PackageStatus.State {
  /// The state in a sentence that needs no glossary.
  func sentence(retiredWith release: String?) -> String {
    switch self {
    case .live: "It is in the current release or comes with the next, and nobody has retired it."
    case .retiring:
      "Its newest build has a marker: it leaves with the next release. Until then it stays."
    case .retired:
      release.map { "It left with \($0). Installed copies stay, and get no more updates." }
        ?? "It has left. Installed copies stay, and get no more updates."
    case .blocked: "The build system hides it from composes: no new release has it."
    case .unknown: "No release of this stream has it, nor has the build system."
    }
  }
}

extension SitePackage {
  /// Whether users can have it now.
  var isOffered: Bool { state == .live || state == .retiring }

  /// The release that it left with last; nil where it has not, or came back.
  var retirement: PackageEvent? {
    history.last { $0.kind == .retired || $0.kind == .returned }
      .flatMap { $0.kind == .retired ? $0 : nil }
  }

  /// The newest build that the stream had of it.
  var newest: PackageEvent? { history.last { !$0.nvr.isEmpty } }

  /// The newest build that users have or had of it: a marker's own build often reached
  /// nobody.
  var newestServed: PackageEvent? { history.last { $0.kind != .retired && !$0.nvr.isEmpty } }
}
