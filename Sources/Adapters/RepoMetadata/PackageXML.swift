import CCreaterepo
package import ReleaseModel

/// The `<package>` elements of one RPM, one for each document.
package struct PackageXML: Hashable, Sendable {
  /// What dnf reads always: names, dependencies, the files of interest.
  package let primary: [UInt8]
  /// Every file of the RPM.
  package let filelists: [UInt8]
  /// The changelog.
  package let other: [UInt8]

  /// What metadata says of an RPM file that its header does not contain.
  package struct FileDetails: Sendable {
    /// Names the package in all three documents (`pkgid`).
    package let sha256: Checksum
    /// Bytes.
    package let size: Int
    /// Seconds since 1970: the file's own time, as createrepo_c has it.
    package let modified: Int
    /// Bytes of the file that are the main header.
    package let headerRange: Range<Int>
    /// Path of the file relative to the repository.
    package let location: RelativePath

    /// - Parameter modified: seconds since 1970.
    package init(
      sha256: Checksum, size: Int, modified: Int, headerRange: Range<Int>, location: RelativePath
    ) {
      self.sha256 = sha256
      self.size = size
      self.modified = modified
      self.headerRange = headerRange
      self.location = location
    }
  }

  /// For elements that were kept from an earlier run.
  package init(primary: [UInt8], filelists: [UInt8], other: [UInt8]) {
    self.primary = primary
    self.filelists = filelists
    self.other = other
  }

  /// Makes the elements from a header as libcreaterepo_c reads it, which
  /// decides what clients are told of a package. The text is written here
  /// where it is plain: the library's own way over a tree of nodes takes ten
  /// times as long, and remains for text that needs mending.
  ///
  /// - Parameters:
  ///   - header: a librpm `Header`, borrowed for the call.
  ///   - file: what the header does not say of its file.
  ///   - changelogLimit: newest entries that are kept.
  ///   - mending: whether texts that metadata cannot hold are replaced, instead of
  ///     an error: for elements that no repository gets.
  package init(
    header: OpaquePointer, file: FileDetails, changelogLimit: Int, mending: Bool = false
  ) throws {
    let subject = file.location.description
    let package = try Self.package(of: header, subject, changelogLimit)
    defer { cr_package_free(package) }
    if mending { PackageTexts.mend(package.pointee) }
    func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
      g_string_chunk_insert(package.pointee.chunk, text)
    }
    package.pointee.pkgId = keep(file.sha256.hex)
    package.pointee.checksum_type = keep("sha256")
    package.pointee.location_href = keep(subject)
    package.pointee.size_package = gint64(file.size)
    package.pointee.time_file = gint64(file.modified)
    package.pointee.rpm_header_start = gint64(file.headerRange.lowerBound)
    package.pointee.rpm_header_end = gint64(file.headerRange.upperBound)
    let plain = PackageElements(package.pointee).xml
    if !mending {
      // Of plain text, only names of files can be wrong.
      let flaws = PackageTexts.unlistable(in: package.pointee, namesAlone: plain != nil)
      if let first = flaws.first {
        throw LibCreaterepo.damaged(subject, "\(first.field) \(first.problem)")
      }
    }
    if let plain {
      self = plain
      return
    }
    let xml = try LibCreaterepo.check(subject) { error in cr_xml_dump(package, &error) }
    primary = Self.take(xml.primary)
    filelists = Self.take(xml.filelists)
    other = Self.take(xml.other)
    // The library mends what it knows to mend; what no parser takes would make
    // the whole document unreadable.
    guard [primary, filelists, other].allSatisfy(Self.isText) else {
      throw LibCreaterepo.damaged(subject, "its header has text that XML cannot say")
    }
  }

  /// Texts of a header that metadata cannot hold; empty for nearly every RPM.
  ///
  /// - Parameters:
  ///   - header: a librpm `Header`, borrowed for the call.
  ///   - subject: for messages.
  ///   - changelogLimit: newest entries that are kept.
  package static func unlistable(
    in header: OpaquePointer, of subject: String, changelogLimit: Int
  ) throws -> [UnlistableText] {
    let package = try package(of: header, subject, changelogLimit)
    defer { cr_package_free(package) }
    return PackageTexts.unlistable(in: package.pointee)
  }

  private static func package(
    of header: OpaquePointer, _ subject: String, _ changelogLimit: Int
  ) throws -> UnsafeMutablePointer<cr_Package> {
    try LibCreaterepo.check(subject) { error in
      cr_package_from_header(header, Int32(clamping: changelogLimit), CR_HDRR_NONE, &error)
    }
  }

  /// Whether `bytes` are characters that XML may have.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    return text.unicodeScalars.allSatisfy(PackageTexts.isXML)
  }

  /// Copies a C string and frees it.
  private static func take(_ text: UnsafeMutablePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    defer { free(text) }
    return Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  /// Bytes of each element.
  package struct Sizes: Hashable, Sendable {
    /// Bytes of the element of primary metadata.
    package let primary: Int
    /// Bytes of the element of filelists.
    package let filelists: Int
    /// Bytes of the element of other.
    package let other: Int

    /// For sizes that were kept from an earlier run.
    package init(primary: Int, filelists: Int, other: Int) {
      self.primary = primary
      self.filelists = filelists
      self.other = other
    }

    func size(for kind: MetadataKind) -> Int {
      switch kind {
      case .primary: primary
      case .filelists: filelists
      case .other: other
      }
    }
  }

  /// Bytes of the elements that are here.
  package var sizes: Sizes {
    Sizes(primary: primary.count, filelists: filelists.count, other: other.count)
  }

  /// The element for one document.
  package func element(for kind: MetadataKind) -> [UInt8] {
    switch kind {
    case .primary: primary
    case .filelists: filelists
    case .other: other
    }
  }
}
