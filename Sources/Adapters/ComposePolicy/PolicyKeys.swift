/// Every key that a policy file may have, with what it means.
///
/// The decoder knows no others: a key that is not described here cannot be
/// read. `Docs/Policy.md` shows the same table, and a test compares them.
package enum PolicyKeys {
  package struct Key: Sendable {
    /// Dotted path, such as `roots.public`; `*` stands for names of your own.
    package let path: String
    /// What the key means, with its unit.
    package let meaning: String
    /// What holds when the key is left out; nil where it must be given.
    package let fallback: String?
  }

  package static let all: [Key] = [
    Key("stream", "name of the stream, such as `epel-7`; names its ledger and lock"),
    Key("major", "major version of Enterprise Linux, a number"),
    Key("title", "what people call the stream, one line"),
    Key("release", "how the stream writes its releases", or: "minorDigits 1, month optional"),
    Key("release.minorDigits", "digits of the minor version, 1 or 2", or: "1"),
    Key("release.month", "`required`, `optional` or `none`", or: "optional"),
    Key("roots", "absolute directories; `--root` goes in front of each"),
    Key("roots.public", "what mirrors fetch and users see"),
    Key("roots.staging", "where composes are built and tested"),
    Key("roots.archive", "where superseded releases go"),
    Key("roots.state", "ledger and lock; not served to anyone"),
    Key("urls", "where users reach the roots", or: "none"),
    Key("urls.public", "URL of `roots.public`", or: "none"),
    Key("urls.staging", "URL of `roots.staging`, for the test .repo file", or: "none"),
    Key("urls.archive", "URL of `roots.archive`, for redirects", or: "none"),
    Key("areas", "the trees of a release: `updates`, and `releases` where the stream has it"),
    Key("areas.releases", "the tree that is frozen the day it is cut", or: "no such tree"),
    Key("areas.releases.path", "path below each root; must contain `{release}`"),
    Key("areas.updates", "the tree that pushes go into"),
    Key("areas.updates.path", "path below each root; must contain `{release}`"),
    Key(
      "areas.updates.begins",
      "`release` (hard links of the whole release: complete) or `empty` (pushes alone)",
      or: "release"),
    Key(
      "areas.updates.keeps",
      "which older versions stay for `dnf downgrade`: `all` since the release, the newest "
        + "`3 versions` of each package, or those that were the newest within `90 days`", or: "all"),
    Key("links", "symbolic links below the public root"),
    Key(
      "links.*",
      "relative target of the link; one with `{release}` moves at `promote`, others stay"),
    Key("arches", "architectures that get a repository, a list"),
    Key(
      "repositories", "paths of the repositories below a tree",
      or: "as `Everything/…`, see its keys"),
    Key("repositories.binary", "must contain `{arch}`", or: "Everything/{arch}"),
    Key("repositories.debug", "must contain `{arch}`", or: "Everything/{arch}/debug"),
    Key("repositories.source", "one for all architectures", or: "Everything/source/tree"),
    Key(
      "repositories.modular", "where RPMs of modules go, those with a ModularityLabel",
      or: "with the others"),
    Key("repositories.modular.binary", "must contain `{arch}`"),
    Key("repositories.modular.debug", "must contain `{arch}`"),
    Key("repositories.modular.source", "one for all architectures"),
    Key(
      "metadata", "how repodata is made: a mapping, or one word, as `from`",
      or: "here, gz, 10 changelog entries"),
    Key(
      "metadata.from",
      "`here`, or `koji`: the hub's builders make that of a compose (tasks `distRepo`)",
      or: "here"),
    Key("metadata.compression", "`gz`, `xz` or `zstd`", or: "gz"),
    Key(
      "metadata.clients", "what the oldest clients uncompress: of `gz`, `bz2`, `xz` and `zstd`",
      or: "all, before EL8 without zstd"),
    Key("metadata.changelogs", "newest changelog entries kept for each package", or: "10"),
    Key(
      "metadata.databases",
      "whether there are sqlite databases beside the documents, which yum reads faster: `true` "
        + "or `false`", or: "false"),
    Key(
      "metadata.comps",
      "file of the groups that users can install (comps.xml): absolute (`--root` goes in front) or "
        + "relative to the policy file", or: "none"),
    Key(
      "metadata.modules",
      "file of module metadata (modules.yaml), likewise; with `{arch}` one for each architecture",
      or: "none"),
    Key(
      "retirement", "what retires a package, and what packagers commit to",
      or: "README-RETIRED*, 1 minor release, 13 months"),
    Key("retirement.marker", "pattern of the %doc file's base name", or: "README-RETIRED*"),
    Key(
      "retirement.commitment", "how long a packager commits; the shorter of the two counts",
      or: "1 minor release, 13 months"),
    Key("retirement.commitment.minorReleases", "minor releases of Enterprise Linux", or: "1"),
    Key("retirement.commitment.months", "months", or: "13"),
    Key("signing", "who may sign RPMs", or: "no key is trusted"),
    Key(
      "signing.keys",
      "files of public keys: absolute (`--root` goes in front) or relative to the policy file",
      or: "none"),
    Key(
      "signing.digest",
      "the weakest hash that signatures may use: `md5`, `sha1`, `sha224`, "
        + "`sha256`, `sha384` or `sha512`", or: "sha256"),
    Key("base", "repositories that users have as well, such as RHEL's, a list", or: "none"),
    Key("base.id", "what it is called in messages"),
    Key(
      "base.path",
      "directory above its `repodata`: absolute (`--root` goes in front) or relative to the policy "
        + "file", or: "as `base.url`"),
    Key("base.url", "the same on a web server", or: "as `base.path`"),
    Key("checks", "what becomes of each check's findings: `refuse`, `warn` or `off`", or: "refuse"),
    Key("checks.metadata", "repomd.xml, metadata and RPMs agree", or: "refuse"),
    Key("checks.identity", "RPMs are what names, metadata and builds say", or: "refuse"),
    Key("checks.signatures", "digests hold, signatures are by keys of the policy", or: "refuse"),
    Key("checks.manifest", "every file is as recorded", or: "refuse"),
    Key("checks.closure", "every package can be installed", or: "refuse"),
    Key("checks.upgrade-path", "nothing is older than users have it", or: "refuse"),
    Key("checks.overlap", "nothing replaces a package of `base`", or: "refuse"),
    Key("checks.rehearsal", "dnf and zypper load the repositories", or: "refuse"),
    Key("waivers", "findings that are let pass, a list", or: "none"),
    Key("waivers.check", "name of the check"),
    Key("waivers.package", "name of the source package"),
    Key("waivers.reason", "why, one line for every report"),
    Key("waivers.until", "the last minor release that it holds for, such as `\"7.7\"`"),
    Key("rehearsal", "what clients try", or: "they load the repositories"),
    Key("rehearsal.install", "packages that they install, a list of names", or: "none"),
    Key("clocks", "waiting times, such as `3 days` or `12 hours`", or: "3 days and 14 days"),
    Key("clocks.soak", "from `publish` to `promote`, for mirrors to fetch the trees", or: "3 days"),
    Key(
      "clocks.grace",
      "from `archive` to the removal of the original, and for files that clients may still ask for",
      or: "14 days"),
    Key("advisories", "where advisories (updateinfo) come from", or: "there are none"),
    Key(
      "advisories.directory",
      "directory of YAML and JSON files: absolute (`--root` goes in front) or relative to the "
        + "policy file", or: "none"),
    Key("advisories.bodhi", "a Bodhi server", or: "none"),
    Key("advisories.bodhi.url", "its URL"),
    Key(
      "advisories.bodhi.releases",
      "names of Bodhi's releases, a list; may contain `{major}` and `{minor}`"),
    Key("koji", "the build system's names", or: "the embedded build system alone"),
    Key("koji.hub", "URL of the hub"),
    Key(
      "koji.profile",
      "section of the Koji configuration (`/etc/koji.conf`, `~/.koji/config`) that says how to "
        + "log in", or: "koji"),
    Key(
      "koji.topdir",
      "the hub's files: a mounted directory (`--root` goes in front) or a URL"),
    Key("koji.liveTag", "the tag that stable updates land in; may contain `{major}` and `{minor}`"),
    Key(
      "koji.latest",
      "which build of a package is live: `tagged`, the one tagged last, or `evr`, the highest",
      or: "tagged"),
    Key("koji.pendingTags", "tags whose builds would miss the cut, a list", or: "none"),
    Key("koji.composeTag", "the tag that freezes one release; must contain `{release}`"),
    Key("koji.signingKeys", "key ids (8 hexadecimal digits), best first", or: "none"),
    Key("koji.waits", "patience with the hub", or: "10 seconds, 3 minutes, 15 minutes"),
    Key(
      "koji.waits.idle", "connections that were idle for longer are not used again",
      or: "10 seconds"),
    Key("koji.waits.stall", "a transfer without progress is given up", or: "3 minutes"),
    Key("koji.waits.deadline", "a call with all its retries", or: "15 minutes"),
    Key("koji.waits.tasks", "a task of the hub's builders", or: "6 hours"),
    Key("calendar", "minor releases of Enterprise Linux and their dates", or: "none"),
    Key("calendar.*", "date (YYYY-MM-DD), or a mapping with `date` and `planned`"),
    Key("calendar.*.date", "date (YYYY-MM-DD)"),
    Key("calendar.*.planned", "`true` while the date is only expected", or: "false"),
  ]

  /// Names that may stand below `path`; nil where any name may.
  static func children(of path: String) -> [String]? {
    let depth = path.isEmpty ? 0 : path.split(separator: ".").count
    let names = all.compactMap { key -> String? in
      let parts = key.path.split(separator: ".").map(String.init)
      guard parts.count == depth + 1, parts.dropLast().joined(separator: ".") == path else {
        return nil
      }
      return parts.last
    }
    return names.contains("*") ? nil : names
  }
}

extension PolicyKeys.Key {
  init(_ path: String, _ meaning: String, or fallback: String? = nil) {
    self.init(path: path, meaning: meaning, fallback: fallback)
  }
}
