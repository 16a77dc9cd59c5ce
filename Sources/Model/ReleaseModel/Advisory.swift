/// An advisory: what an update is for, as updateinfo.xml tells clients.
///
/// Who it is from, its rights and its release are not here: those are the same
/// for every advisory of a document, and yum of Enterprise Linux 7 skips an
/// advisory whose copies in two repositories differ in them.
package struct Advisory: Hashable, Codable, Sendable {
  /// Raw values are the words that clients compare, case and all; libdnf takes
  /// any other for unknown.
  package enum Kind: String, CaseIterable, Codable, Sendable {
    /// Words of `update type` in updateinfo.xml; dnf filters by them.
    case security, bugfix, enhancement, newpackage
  }

  /// How much it matters, worst first. updateinfo.xml has the same words with a
  /// capital, such as `Important`.
  package enum Severity: String, CaseIterable, Codable, Sendable {
    /// The four words that Red Hat's and Bodhi's severities have.
    case critical, important, moderate, low
  }

  /// What it is called, such as `FEDORA-EPEL-2024-3f1c0a9b7e`; see
  /// ``isID(_:)``.
  package let id: String
  /// One line.
  package let title: String
  /// Any number of lines, each ended by a line feed; may be empty.
  package let description: String
  /// What the update is for; clients filter by it.
  package let kind: Kind
  /// Nil where nobody said.
  package let severity: Severity?
  /// When it was published first, seconds since 1970. It must never change:
  /// yum skips an advisory whose copies in two repositories differ in it.
  package private(set) var issued: Int
  /// When it changed last, seconds since 1970; nil where that is not after
  /// `issued`. libsolv shows the later of the two.
  package private(set) var updated: Int?
  /// NVRs of its source builds, in the order of bytes, each once.
  package private(set) var builds: [String]
  /// In the order of their source, no two of one kind and id.
  package let references: [Reference]
  /// Whether a reboot is needed for the update to work: `reboot_suggested`.
  package let suggestsReboot: Bool
  /// Whether users must log in anew: `relogin_suggested`.
  package let suggestsRelogin: Bool

  /// Sorts `builds` and drops repeated ones, drops repeated references, and
  /// drops an `updated` that is not after `issued`.
  package init(
    id: String, title: String, description: String = "", kind: Kind, severity: Severity? = nil,
    issued: Int, updated: Int? = nil, builds: [String], references: [Reference] = [],
    suggestsReboot: Bool = false, suggestsRelogin: Bool = false
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.kind = kind
    self.severity = severity
    self.issued = issued
    self.updated = updated.flatMap { $0 > issued ? $0 : nil }
    self.builds = Set(builds).sorted { $0.precedesByBytes($1) }
    var known: Set<[String]> = []
    self.references = references.filter { known.insert([$0.kind.rawValue, $0.id]).inserted }
    self.suggestsReboot = suggestsReboot
    self.suggestsRelogin = suggestsRelogin
  }

  /// One line that says what it is, in Bodhi's words. yum shows it, and skips
  /// an advisory whose copies differ in it.
  package var summary: String { "\(title) \(kind.rawValue) update" }

  /// Whether `text` can be the id of an advisory: 1 to 64 letters, digits and
  /// `-`, `_`, `.`, `:` of ASCII. Bodhi's are no longer, and dnf's `--advisory`
  /// takes a comma or a space for the end of an id.
  package static func isID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
          || ["-", "_", ".", ":"].contains(scalar)
      }
  }
}

extension Advisory {
  /// Where to read more.
  package struct Reference: Hashable, Codable, Sendable {
    /// dnf finds advisories by `bugzilla` and `cve`, and only by these words.
    package enum Kind: String, CaseIterable, Codable, Sendable {
      /// Words of `reference type` in updateinfo.xml.
      case bugzilla, cve, other
    }

    /// What `id` names.
    package let kind: Kind
    /// A bug's number, or a CVE's name; never empty. dnf 4 ends with a
    /// segmentation fault on a reference without id.
    package let id: String
    /// One line; may be empty.
    package let title: String
    /// Where people read more; may be empty.
    package let url: String

    /// Nothing is validated here: the readers of advisories do that.
    package init(kind: Kind, id: String, title: String, url: String) {
      self.kind = kind
      self.id = id
      self.title = title
      self.url = url
    }
  }
}

extension Advisory {
  /// The same with only those of its builds that are in `builds`; nil where
  /// none is.
  package func limited(to builds: Set<String>) -> Advisory? {
    var copy = self
    copy.builds.removeAll { !builds.contains($0) }
    return copy.builds.isEmpty ? nil : copy
  }

  /// Whether users would learn nothing new from `other`: at most its date of
  /// change differs.
  package func tellsTheSame(as other: Advisory) -> Bool {
    var (first, second) = (self, other)
    (first.updated, second.updated) = (nil, nil)
    return first == second
  }

  /// The same as first published at `seconds` since 1970. A later date that it
  /// had instead is when it changed.
  package func issued(at seconds: Int) -> Advisory {
    var copy = self
    let latest = max(issued, updated ?? issued)
    copy.issued = seconds
    copy.updated = latest > seconds ? latest : nil
    return copy
  }
}
