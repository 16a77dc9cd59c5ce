import CCreaterepo

/// Writes the elements of a package whose text is plain, byte for byte as
/// libcreaterepo_c does.
struct PackageElements: ~Copyable {
  private var primary = ElementBuffer()
  private var filelists = ElementBuffer()
  private var other = ElementBuffer()

  private typealias Text = UnsafeMutablePointer<CChar>

  init(_ package: cr_Package) {
    writePrimary(package)
    filelists.beginPackage(package)
    forEachItem(package.files, of: cr_PackageFile.self) { filelists.append($0, indented: "  ") }
    filelists.append("</package>\n")
    other.beginPackage(package)
    forEachItem(package.changelogs, of: cr_ChangelogEntry.self) { entry in
      other.append("  <changelog author=\"")
      other.append(entry.author, in: .attribute)
      other.append("\" date=\"")
      other.append(Int(entry.date))
      other.append("\">")
      other.append(entry.changelog, in: .text)
      other.append("</changelog>\n")
    }
    other.append("</package>\n")
  }

  /// Nil where some text is not plain.
  var xml: PackageXML? {
    guard primary.isPlain, filelists.isPlain, other.isPlain else { return nil }
    return PackageXML(primary: primary.bytes, filelists: filelists.bytes, other: other.bytes)
  }

  private mutating func writePrimary(_ package: cr_Package) {
    primary.append("<package type=\"rpm\">\n")
    element("  <name>", package.name, closing: "</name>\n")
    element("  <arch>", package.arch, closing: "</arch>\n")
    primary.append(versionOf: package)
    primary.append("  <checksum type=\"")
    primary.append(package.checksum_type, in: .attribute)
    element("\" pkgid=\"YES\">", package.pkgId, closing: "</checksum>\n")
    element("  <summary>", package.summary, closing: "</summary>\n")
    element("  <description>", package.description, closing: "</description>\n")
    element("  <packager>", package.rpm_packager, closing: "</packager>\n")
    element("  <url>", package.url, closing: "</url>\n")
    number("  <time file=\"", package.time_file)
    number("\" build=\"", package.time_build)
    number("\"/>\n  <size package=\"", package.size_package)
    number("\" installed=\"", package.size_installed)
    number("\" archive=\"", package.size_archive)
    primary.append("\"/>\n  <location href=\"")
    primary.append(package.location_href, in: .attribute)
    primary.append("\"/>\n  <format>\n")
    element("    <rpm:license>", package.rpm_license, closing: "</rpm:license>\n")
    element("    <rpm:vendor>", package.rpm_vendor, closing: "</rpm:vendor>\n")
    element("    <rpm:group>", package.rpm_group, closing: "</rpm:group>\n")
    element("    <rpm:buildhost>", package.rpm_buildhost, closing: "</rpm:buildhost>\n")
    element("    <rpm:sourcerpm>", package.rpm_sourcerpm, closing: "</rpm:sourcerpm>\n")
    number("    <rpm:header-range start=\"", package.rpm_header_start)
    number("\" end=\"", package.rpm_header_end)
    primary.append("\"/>\n")
    dependencies("provides", package.provides)
    dependencies("requires", package.requires)
    dependencies("conflicts", package.conflicts)
    dependencies("obsoletes", package.obsoletes)
    dependencies("suggests", package.suggests)
    dependencies("enhances", package.enhances)
    dependencies("recommends", package.recommends)
    dependencies("supplements", package.supplements)
    forEachItem(package.files, of: cr_PackageFile.self) { file in
      if Self.isPrimary(file) { primary.append(file, indented: "    ") }
    }
    primary.append("  </format>\n</package>\n")
  }

  private mutating func element(
    _ opening: StaticString, _ text: Text?, closing: StaticString
  ) {
    primary.append(opening)
    primary.append(text, in: .text)
    primary.append(closing)
  }

  private mutating func number(_ before: StaticString, _ number: gint64) {
    primary.append(before)
    primary.append(Int(number))
  }

  private mutating func dependencies(
    _ name: StaticString, _ list: UnsafeMutablePointer<GSList>?
  ) {
    guard list != nil else { return }
    var hasEntries = false
    forEachItem(list, of: cr_Dependency.self) { entry in
      guard let text = entry.name, text.pointee != 0 else { return }
      if !hasEntries {
        primary.append("    <rpm:")
        primary.append(name)
        primary.append(">\n")
        hasEntries = true
      }
      primary.append("      <rpm:entry name=\"")
      primary.append(text, in: .attribute)
      if let flags = entry.flags, flags.pointee != 0 {
        attribute("\" flags=\"", flags)
        attribute("\" epoch=\"", entry.epoch)
        attribute("\" ver=\"", entry.version)
        attribute("\" rel=\"", entry.release)
      }
      primary.append(entry.pre != 0 ? "\" pre=\"1\"/>\n" : "\"/>\n")
    }
    primary.append(hasEntries ? "    </rpm:" : "    <rpm:")
    primary.append(name)
    primary.append(hasEntries ? ">\n" : "/>\n")
  }

  /// Ends the attribute before with a quotation mark; nothing where the text is
  /// empty.
  private mutating func attribute(_ opening: StaticString, _ text: Text?) {
    guard let text, text.pointee != 0 else { return }
    primary.append(opening)
    primary.append(text, in: .attribute)
  }

  /// Files that primary metadata lists; see createrepo_c's `cr_is_primary`.
  private static func isPrimary(_ file: cr_PackageFile) -> Bool {
    guard let path = file.path, let name = file.name else { return false }
    return strncmp(path, "/etc/", 5) == 0 || strstr(path, "bin/") != nil
      || (strcmp(name, "sendmail") == 0 && strcmp(path, "/usr/lib/") == 0)
  }
}

extension ElementBuffer {
  fileprivate mutating func append(versionOf package: cr_Package) {
    append("  <version epoch=\"")
    append(package.epoch, in: .attribute)
    append("\" ver=\"")
    append(package.version, in: .attribute)
    append("\" rel=\"")
    append(package.release, in: .attribute)
    append("\"/>\n")
  }

  /// The beginning of an element of filelists and other.
  fileprivate mutating func beginPackage(_ package: cr_Package) {
    append("<package pkgid=\"")
    append(package.pkgId, in: .attribute)
    append("\" name=\"")
    append(package.name, in: .attribute)
    append("\" arch=\"")
    append(package.arch, in: .attribute)
    append("\">\n")
    append(versionOf: package)
  }

  fileprivate mutating func append(_ file: cr_PackageFile, indented indentation: StaticString) {
    guard let path = file.path, let name = file.name else { return }
    append(indentation)
    append("<file")
    // A regular file has an empty type.
    if let type = file.type, type.pointee != 0 {
      append(" type=\"")
      append(type, in: .attribute)
      append("\"")
    }
    append(">")
    append(path, in: .text)
    append(name, in: .text)
    append("</file>\n")
  }
}
