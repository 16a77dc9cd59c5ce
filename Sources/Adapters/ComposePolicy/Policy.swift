package import ReleaseModel

/// All the choices of one stream. A value: decoded and validated once, then
/// handed around. ``PolicyKeys`` gives the meaning of each field.
package struct Policy: Hashable, Sendable {
  package let stream: String
  package let major: Int
  package let title: String
  package let release: ReleaseFormat
  package let roots: Roots
  package let urls: URLs
  /// By area; `updates` is always there.
  package let areas: [Area: AreaPolicy]
  /// Sorted by path.
  package let links: [LinkPolicy]
  /// Sorted.
  package let arches: [Architecture]
  package let repositories: RepositoryLayout
  package let metadata: MetadataPolicy
  package let retirement: RetirementPolicy
  /// Files of public keys; relative ones start at the policy file's directory.
  package let signingKeys: [String]
  package let clocks: Clocks
  package let advisories: AdvisoryPolicy
  package let gate: GatePolicy
  package let koji: KojiNames?
  /// Sorted by minor release.
  package let calendar: [CalendarEntry]

  /// Which parts a release has and how wide they are.
  package struct ReleaseFormat: Hashable, Sendable {
    package enum Month: String, CaseIterable, Sendable { case required, optional, none }

    package let minorDigits: Int
    package let month: Month
  }

  /// Absolute paths.
  package struct Roots: Hashable, Sendable {
    package let `public`: String
    package let staging: String
    package let archive: String
    package let state: String
  }

  package struct URLs: Hashable, Sendable {
    package let `public`: String?
    package let staging: String?
    package let archive: String?
  }

  package struct AreaPolicy: Hashable, Sendable {
    package enum Beginning: String, CaseIterable, Sendable { case release, empty }

    package let path: PathTemplate
    package let begins: Beginning
    /// Which older versions stay when a push brings newer ones.
    package let keeps: Retention
  }

  package struct LinkPolicy: Hashable, Sendable {
    /// Below the public root.
    package let path: RelativePath
    /// Relative to the link's own directory.
    package let target: PathTemplate
    /// The area whose tree it leads to in the end.
    package let area: Area

    /// Whether `promote` moves it.
    package var moves: Bool { target.placeholders.contains("release") }
  }

  package struct RepositoryLayout: Hashable, Sendable {
    package let binary: PathTemplate
    package let debug: PathTemplate
    package let source: PathTemplate
    /// Where RPMs of modules go; nil where they go with the others.
    package let modular: Variant?

    /// Repositories beside the plain ones.
    package struct Variant: Hashable, Sendable {
      package let binary: PathTemplate
      package let debug: PathTemplate
      package let source: PathTemplate
    }
  }

  package struct MetadataPolicy: Hashable, Sendable {
    package enum Compression: String, CaseIterable, Sendable { case gz, xz, zstd }

    /// What metadata can be compressed with, by whomever.
    package enum Container: String, CaseIterable, Sendable { case gz, bz2, xz, zstd }

    /// Who makes the metadata of a compose.
    package enum Maker: String, CaseIterable, Sendable {
      /// This program, on the machine that composes.
      case here
      /// The builders of the policy's hub.
      case koji
    }

    package let from: Maker
    package let compression: Compression
    /// What the stream's oldest clients can uncompress, sorted.
    package let clients: [Container]
    package let changelogs: Int
    /// Whether there are sqlite databases beside the documents.
    package let databases: Bool
    /// File of the groups that users can install (comps); nil for none.
    package let comps: String?
    /// File of module metadata, one for all architectures or with `{arch}`; nil
    /// for none.
    package let modules: PathTemplate?
  }

  package struct RetirementPolicy: Hashable, Sendable {
    package let marker: GlobPattern
    package let commitmentMinorReleases: Int
    package let commitmentMonths: Int
  }

  package struct Clocks: Hashable, Sendable {
    package let soak: WaitingTime
    package let grace: WaitingTime
  }

  package struct CalendarEntry: Hashable, Sendable {
    package let minorRelease: MinorRelease
    package let date: CalendarDate
    package let isPlanned: Bool
  }
}

extension Policy {
  /// The tree of `release` in `area`, or nil where the stream has no such area.
  package func tree(_ area: Area, of release: ReleaseID) -> TreeName? {
    guard let policy = areas[area], let path = RelativePath(policy.path.filled(release: release))
    else { return nil }
    return TreeName(area: area, release: release, path: path)
  }

  /// All trees of `release`, `releases` before `updates`.
  package func trees(of release: ReleaseID) -> [TreeName] {
    Area.allCases.sorted().compactMap { tree($0, of: release) }
  }

  /// Paths of the other trees of the same release.
  package func twins(of tree: TreeName) -> [RelativePath] {
    trees(of: tree.release).map(\.path).filter { $0 != tree.path }
  }

  /// The tag that freezes `release` in the build system.
  package func composeTag(of release: ReleaseID) -> String {
    koji?.composeTag.filled(release: release) ?? "\(stream)-\(release)"
  }

  /// `text` as a release of this stream; throws `usage` with the stream's
  /// own form where it is not one.
  package func parseRelease(_ text: String) throws -> ReleaseID {
    let id = try ReleaseID(text)
    try check(id)
    return id
  }

  /// Throws `usage` unless `id` is written as this stream writes releases.
  package func check(_ id: ReleaseID) throws {
    let example =
      "\(major)." + (release.minorDigits == 2 ? "06" : "1")
      + (release.month == .none ? "" : release.month == .required ? ".201903" : "[.201903]")
    func refuse(_ cause: String) -> ComposeError {
      ComposeError(.usage, "release '\(id)'", cause, remedy: "Write it as \(example)")
    }
    guard id.major == major else { throw refuse("\(stream) has major version \(major)") }
    guard id.minorDigits == release.minorDigits || (release.minorDigits == 1 && id.minor > 9) else {
      throw refuse("\(stream) writes the minor version with \(release.minorDigits) digit(s)")
    }
    switch release.month {
    case .required where id.month == nil: throw refuse("\(stream) needs year and month")
    case .none where id.month != nil: throw refuse("\(stream) has no year and month")
    default: break
    }
  }
}
