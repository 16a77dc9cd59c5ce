package import ReleaseModel

/// `mirrors`: what rsync mirrors and MirrorManager are told of the stream.
package struct MirrorPolicy: Hashable, Sendable, PolicySection {
  /// What of a module is looked at for its lists.
  package enum Scan: String, CaseIterable, Sendable {
    /// Everything in the module.
    case whole
    /// The stream's areas and links and the change feed; lines about all else stay as they are.
    case trees
  }

  /// An rsync module with file lists of its own.
  package struct Module: Hashable, Sendable {
    /// Its list is `fullfiletimelist-NAME`.
    package let name: ModuleName
    /// Absolute directory; is or holds the public or the archive root. `--root` goes in front.
    package let path: String
    /// How its lists are made.
    package let scan: Scan
  }

  /// At least one; none lies within another, and no two share a name.
  package let modules: [Module]
  /// The file that every writer of these lists locks: absolute, `--root` goes in front.
  package let lock: String
  /// How long to wait for the lock.
  package let patience: WaitingTime
  /// Whether there is a change feed.
  package let feed: Bool
  /// What repositories are called.
  package let names: MirrorNames
  /// URL that clients ask for a metalink, without query; nil where there is none.
  package let metalink: String?
  /// Mirrors that must have a release before `promote`; 0 for no gate.
  package let minimum: Int
  /// How MirrorManager writes things.
  package let manager: MirrorManagerNames

  static let keys: [PolicyKeys.Key] =
    [
      .init("mirrors", "what mirrors are told", or: "nothing is written"),
      .init("mirrors.modules", "rsync modules whose lists are published together, a list"),
      .init("mirrors.modules.name", "name in `fullfiletimelist-NAME`"),
      .init(
        "mirrors.modules.path",
        "absolute directory (`--root` goes in front); is, or holds, `roots.public` or "
          + "`roots.archive`"),
      .init(
        "mirrors.modules.scan",
        "`whole`, or `trees`: keep the lines of others, scan only this stream's trees and links",
        or: "whole"),
      .init(
        "mirrors.lock",
        "file that all writers of these lists lock (exclusive `flock`, as "
          + "`update-fullfiletimelist -l FILE` does); `--root` goes in front",
        or: "`lists.lock` in `roots.state`"),
      .init("mirrors.patience", "how long to wait for the lock", or: "10 minutes"),
      .init("mirrors.feed", "whether there is a change feed: `true` or `false`", or: "false"),
    ] + MirrorNames.keys
    + [
      .init("mirrors.metalink", "URL that clients ask, without query", or: "none"),
      .init(
        "mirrors.minimum",
        "mirrors that must have a release before `promote`; needs `mirrors.metalink` and "
          + "`mirrors.names.updates`", or: "0: no gate"),
    ] + MirrorManagerNames.keys
}

/// `mirrors.names`: what repositories are called where clients and mirrors ask for them.
package struct MirrorNames: Hashable, Sendable {
  /// A name that clients ask for, and whose release they get.
  package struct Client: Hashable, Sendable {
    /// May have `{kind}` and `{major}`.
    package let name: PathTemplate
    /// The link that it goes with; nil for the leading release.
    package let link: RelativePath?
  }

  /// Names that clients ask for.
  package let clients: [Client]
  /// Release name of the repositories of an updates tree; has `{kind}` and `{release}`. Nil
  /// where there is none.
  package let updates: PathTemplate?
  /// The same of a releases tree.
  package let releases: PathTemplate?
  /// The same of a testing tree.
  package let testing: PathTemplate?

  static let keys: [PolicyKeys.Key] = [
    .init("mirrors.names", "what MirrorManager and clients call the repositories", or: "none"),
    .init(
      "mirrors.names.clients",
      "client names, a list; may contain `{kind}` and `{major}`; or mappings with `name` and `link`",
      or: "none"),
    .init("mirrors.names.clients.name", "the name"),
    .init(
      "mirrors.names.clients.link", "link to updates whose release these clients get",
      or: "the leading release"),
    .init(
      "mirrors.names.updates",
      "release name of an updates tree; must contain `{kind}` and `{release}`", or: "none"),
    .init("mirrors.names.releases", "the same of a releases tree", or: "none"),
    .init("mirrors.names.testing", "the same of a testing tree", or: "none"),
  ]

  /// Release name of the repositories of a tree of `area`; nil where the policy gives none.
  package func template(of area: Area) -> PathTemplate? {
    switch area {
    case .updates: updates
    case .releases: releases
    case .testing: testing
    }
  }
}

extension MirrorNames {
  /// What `{kind}` stands for: binary repositories have the plain name, those of modules that
  /// are apart `modular-` in front, as EPEL 8 had them.
  static func prefix(of kind: RPMFile.Kind, isModular: Bool) -> String {
    let prefix =
      switch kind {
      case .binary: ""
      case .debug: "debug-"
      case .source: "source-"
      }
    return (isModular ? "modular-" : "") + prefix
  }

  /// Client names of repositories of `kind`, in the policy's order, each with the link that it goes
  /// with. A name without `{kind}` is one of binary repositories.
  ///
  /// - Parameter isModular: of repositories of modules that are apart.
  package func clients(
    of kind: RPMFile.Kind, isModular: Bool = false, major: Int
  ) -> [(name: RepositoryName, link: RelativePath?)] {
    clients.compactMap { client in
      guard kind == .binary && !isModular || client.name.placeholders.contains("kind") else {
        return nil
      }
      return RepositoryName(client.name.filled(kind: kind, isModular: isModular, major: major))
        .map { (name: $0, link: client.link) }
    }
  }

  /// The release name of `release`'s repositories of `kind` in `area`; nil where the policy
  /// gives none.
  ///
  /// - Parameter isModular: of repositories of modules that are apart.
  package func name(
    of release: ReleaseID, in area: Area, kind: RPMFile.Kind, isModular: Bool = false
  ) -> RepositoryName? {
    template(of: area).flatMap {
      RepositoryName(
        $0.filled(kind: kind, isModular: isModular, major: release.major, release: release))
    }
  }
}

extension PathTemplate {
  fileprivate func filled(
    kind: RPMFile.Kind, isModular: Bool, major: Int, release: ReleaseID? = nil
  ) -> String {
    let text = release.map { filled(release: $0) } ?? description
    return text.replacing("{kind}", with: MirrorNames.prefix(of: kind, isModular: isModular))
      .replacing("{major}", with: String(major))
  }
}

/// `mirrors.manager`: how MirrorManager writes what the policy names.
package struct MirrorManagerNames: Hashable, Sendable {
  /// The product that the stream's versions belong to.
  package let product: String
  /// The public root, as names of directories begin there: without a slash in front.
  package let directory: String
  /// The archive root, likewise.
  package let archive: String
  /// Where the scanner of MirrorManager sees the public root: absolute.
  package let files: String

  static let keys: [PolicyKeys.Key] = [
    .init("mirrors.manager", "how MirrorManager writes things", or: "as its keys"),
    .init("mirrors.manager.product", "product in MirrorManager", or: "EPEL"),
    .init(
      "mirrors.manager.directory", "`roots.public` as MirrorManager writes it",
      or: "without the first slash"),
    .init("mirrors.manager.archive", "`roots.archive` likewise", or: "without the first slash"),
    .init(
      "mirrors.manager.files", "where MirrorManager's scanner sees the public root",
      or: "`/srv` and `roots.public`"),
  ]
}
