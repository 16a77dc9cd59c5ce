import CCreaterepo
package import ReleaseModel

/// Writes updateinfo.xml with libcreaterepo_c.
package enum UpdateinfoWriter {
  /// An RPM that an advisory names.
  package struct Package: Hashable, Sendable {
    /// Clients compare it with what is installed.
    package let nevra: NEVRA
    /// File name of the source RPM; nil for a source RPM.
    package let sourceRPM: String?

    /// For one RPM that the repository lists.
    package init(nevra: NEVRA, sourceRPM: String?) {
      self.nevra = nevra
      self.sourceRPM = sourceRPM
    }
  }

  /// What stands in every advisory of a stream: yum of Enterprise Linux 7 skips
  /// one whose copies in two repositories differ in it.
  package struct Stream: Hashable, Sendable {
    /// Such as `epel-7`.
    package let name: String
    /// Such as `Extra Packages for Enterprise Linux 7`.
    package let title: String

    /// What Bodhi calls updates in that place: `stable` or `testing`.
    package let status: String

    /// The same for every advisory of the stream.
    ///
    /// - Parameter isStable: whether users get it, or those who test.
    package init(name: String, title: String, isStable: Bool = true) {
      self.name = name
      self.title = title
      status = isStable ? "stable" : "testing"
    }
  }

  /// The document. Equal advisories give equal bytes.
  ///
  /// - Parameters:
  ///   - advisories: in the order of the document, with the RPMs of the
  ///     repository that each is about.
  package static func document(
    _ advisories: [(advisory: Advisory, packages: [Package])], of stream: Stream
  ) throws -> [UInt8] {
    guard let info = cr_updateinfo_new() else { throw noMemory }
    defer { cr_updateinfo_free(info) }
    for (advisory, packages) in advisories {
      // Owned by `info` from here on.
      cr_updateinfo_apped_record(info, try record(advisory, listing: packages, of: stream))
    }
    let text = try LibCreaterepo.check("updateinfo.xml") { error in
      cr_xml_dump_updateinfo(info, &error)
    }
    defer { free(text) }
    return Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  private static let noMemory = LibCreaterepo.damaged(
    "updateinfo.xml", "libcreaterepo_c could not make one")

  private static func record(
    _ advisory: Advisory, listing packages: [Package], of stream: Stream
  ) throws -> UnsafeMutablePointer<cr_UpdateRecord> {
    guard let record = cr_updaterecord_new() else { throw noMemory }
    func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
      g_string_chunk_insert(record.pointee.chunk, text)
    }
    record.pointee.from = keep(stream.name)
    record.pointee.status = keep(stream.status)
    record.pointee.type = keep(advisory.kind.rawValue)
    record.pointee.version = keep("2.0")
    record.pointee.id = keep(advisory.id)
    record.pointee.title = keep(advisory.title)
    record.pointee.issued_date = keep(date(advisory.issued))
    record.pointee.updated_date = keep(date(advisory.updated ?? advisory.issued))
    record.pointee.release = keep(stream.title)
    record.pointee.severity = keep(severity(advisory))
    record.pointee.summary = keep(advisory.summary)
    record.pointee.description = keep(advisory.description)
    for reference in advisory.references {
      cr_updaterecord_append_reference(record, try self.reference(reference))
    }
    cr_updaterecord_append_collection(
      record, try collection(advisory, listing: packages, of: stream))
    return record
  }

  private static func reference(
    _ reference: Advisory.Reference
  ) throws -> UnsafeMutablePointer<cr_UpdateReference> {
    guard let item = cr_updatereference_new() else { throw noMemory }
    func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
      g_string_chunk_insert(item.pointee.chunk, text)
    }
    item.pointee.type = keep(reference.kind.rawValue)
    item.pointee.id = keep(reference.id)
    item.pointee.href = keep(reference.url)
    item.pointee.title = keep(reference.title)
    return item
  }

  private static func collection(
    _ advisory: Advisory, listing packages: [Package], of stream: Stream
  ) throws -> UnsafeMutablePointer<cr_UpdateCollection> {
    guard let collection = cr_updatecollection_new() else { throw noMemory }
    func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
      g_string_chunk_insert(collection.pointee.chunk, text)
    }
    collection.pointee.shortname = keep(stream.name)
    collection.pointee.name = keep(stream.title)
    for package in packages {
      cr_updatecollection_append_package(collection, try self.package(package, advisory))
    }
    return collection
  }

  private static func package(
    _ package: Package, _ advisory: Advisory
  ) throws -> UnsafeMutablePointer<cr_UpdateCollectionPackage> {
    guard let item = cr_updatecollectionpackage_new() else { throw noMemory }
    func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
      g_string_chunk_insert(item.pointee.chunk, text)
    }
    let nevra = package.nevra
    item.pointee.name = keep(nevra.name)
    // Clients compare it: none is 0.
    item.pointee.epoch = keep(String(nevra.evr.epoch))
    item.pointee.version = keep(nevra.evr.version)
    item.pointee.release = keep(nevra.evr.rpmRelease)
    item.pointee.arch = keep(nevra.arch.name)
    item.pointee.src = keep(package.sourceRPM ?? nevra.fileName)
    item.pointee.filename = keep(nevra.fileName)
    item.pointee.reboot_suggested = advisory.suggestsReboot ? 1 : 0
    item.pointee.relogin_suggested = advisory.suggestsRelogin ? 1 : 0
    return item
  }

  /// The words that dnf compares.
  private static func severity(_ advisory: Advisory) -> String {
    guard let word = advisory.severity?.rawValue else { return "None" }
    return word.prefix(1).uppercased() + word.dropFirst()
  }

  /// The one form that libsolv reads: it takes any other for no date.
  private static func date(_ seconds: Int) -> String {
    let day = CalendarDate(secondsSince1970: seconds)
    let rest = ((seconds % 86_400) + 86_400) % 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(day) \(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
  }
}
