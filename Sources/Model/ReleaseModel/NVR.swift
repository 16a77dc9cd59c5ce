/// Name, version and rpmRelease of a build: how a build system names it.
package struct NVR: Hashable, Sendable, CustomStringConvertible {
  /// Name of the source package.
  package let name: String
  /// Of the source RPM.
  package let version: String
  /// The RPM Release field, such as `1.el7`.
  package let rpmRelease: String

  /// The parts are taken as they are; none of them is checked for dashes.
  package init(name: String, version: String, rpmRelease: String) {
    self.name = name
    self.version = version
    self.rpmRelease = rpmRelease
  }

  /// Splits text such as `eta-0.9-1.el7` from the right: only a name may have
  /// dashes in it.
  ///
  /// Returns nil when the text is not of that form.
  package init?(_ text: String) {
    let dash = UInt8(ascii: "-")
    let parts = text.utf8.split(
      separator: dash, omittingEmptySubsequences: false)
    guard parts.count >= 3, let last = parts.last, !last.isEmpty else { return nil }
    let (name, version) = (parts[parts.count - 3], parts[parts.count - 2])
    guard name.endIndex > text.utf8.startIndex, !version.isEmpty else { return nil }
    self.init(
      name: String(Substring(text.utf8[..<name.endIndex])),
      version: String(Substring(version)), rpmRelease: String(Substring(last)))
  }

  /// Splits the file name of a source RPM, such as `eta-0.9-1.src.rpm`.
  ///
  /// Returns nil when the text is not of that form, has characters that
  /// ``PackageNames`` does not allow, is too long for a file, or has two dashes in a
  /// row: rpmbuild makes no such name.
  package init?(sourceRPM fileName: String) {
    for suffix in [".src.rpm", ".nosrc.rpm"] where fileName.hasSuffix(suffix) {
      let text = fileName.utf8.dropLast(suffix.utf8.count)
      let dash = UInt8(ascii: "-")
      let hasTwoDashes = zip(text, text.dropFirst()).contains { $0 == dash && $1 == dash }
      guard fileName.utf8.count <= 255, !hasTwoDashes, let nvr = NVR(String(Substring(text))),
        PackageNames.isName(nvr.name), PackageNames.isVersion(nvr.version),
        PackageNames.isVersion(nvr.rpmRelease)
      else { return nil }
      self = nvr
      return
    }
    return nil
  }

  /// `name-version-rpmRelease`, as build systems write it.
  package var description: String { "\(name)-\(version)-\(rpmRelease)" }
}

/// As the text of ``description``, in plans, reports and the journal.
extension NVR: Codable {
  private enum Key: CodingKey { case name, version, rpmRelease }

  /// Journals of earlier versions of the program have the three parts by name.
  ///
  /// Throws `DecodingError.dataCorrupted` for a text that names no build.
  package init(from decoder: any Decoder) throws {
    if let parts = try? decoder.container(keyedBy: Key.self) {
      self.init(
        name: try parts.decode(String.self, forKey: .name),
        version: try parts.decode(String.self, forKey: .version),
        rpmRelease: try parts.decode(String.self, forKey: .rpmRelease))
      return
    }
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let nvr = NVR(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not name-version-rpmRelease of a build")
    }
    self = nvr
  }

  /// Writes ``description``.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
