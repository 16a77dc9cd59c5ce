/// Every key that an advisory in a file may have, with what it means.
///
/// The decoder knows no others: a key that is not described here cannot be
/// read. A key without value, or with `null`, is as good as left out.
package enum AdvisoryKeys {
  /// One key with what a person must know to write it.
  package struct Key: Sendable {
    /// Dotted path, such as `bugs.title`.
    package let path: String
    /// What the key means, with its form.
    package let meaning: String
    /// What holds when the key is left out; nil where it must be given.
    package let fallback: String?
  }

  /// Every key that is read; a test writes an advisory that has all of them.
  package static let all: [Key] = [
    Key(
      "id",
      "what the advisory is called: up to 64 letters, digits and `-`, `_`, `.`, `:`"),
    Key("type", "`security`, `bugfix`, `enhancement` or `newpackage`"),
    Key("severity", "`critical`, `important`, `moderate` or `low`", or: "not known"),
    Key("title", "what the update is, one line"),
    Key("description", "what users should know, any number of lines", or: "empty"),
    Key(
      "issued",
      "when it is published first, in UTC: `2024-02-29` or `2024-02-29 16:04:00`; what was "
        + "served once stays"),
    Key("updated", "when it was changed last, as `issued`", or: "never"),
    Key("builds", "NVRs of its source builds, such as `beta-1.0-1.el7`, a list"),
    Key(
      "bugs", "bugs that it fixes, a list of numbers in Red Hat's Bugzilla, or of mappings",
      or: "none"),
    Key("bugs.id", "number of the bug"),
    Key("bugs.title", "what the bug is about, one line", or: "empty"),
    Key("bugs.url", "where to read it", or: "the bug of that number in Red Hat's Bugzilla"),
    Key("cves", "vulnerabilities that it fixes, such as `CVE-2024-31234`, a list", or: "none"),
    Key("references", "other pages to read, a list of URLs or of mappings", or: "none"),
    Key("references.id", "what the reference is called", or: "its URL"),
    Key("references.title", "what the page is about, one line", or: "empty"),
    Key("references.url", "where to read it"),
    Key(
      "suggest", "what users should do after the update: `reboot` or `relogin`", or: "nothing"),
  ]

  /// Names that may stand below `path`; the keys of an advisory for "".
  static func children(of path: String) -> [String] {
    let prefix = path.isEmpty ? "" : path + "."
    return all.compactMap { key in
      let name = key.path.dropFirst(prefix.count)
      return key.path.hasPrefix(prefix) && !name.contains(".") ? String(name) : nil
    }
  }
}

extension AdvisoryKeys.Key {
  init(_ path: String, _ meaning: String, or fallback: String? = nil) {
    self.init(path: path, meaning: meaning, fallback: fallback)
  }
}
