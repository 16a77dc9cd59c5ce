import Digests
import DurableFiles
import HeaderCache
import RPMPackages
import ReleaseModel
import RepoMetadata

/// How metadata lists RPMs: their elements of primary, filelists and other, kept
/// by the contents of the file and the form of the metadata.
///
/// Safe for any number of threads.
final class MetadataElements: Sendable {
  private let store: LazyHeaderCache
  private let contents: FileContents
  private let form: MetadataForm
  private let formIdentity: [UInt8]

  init(form: MetadataForm, cache: LazyHeaderCache, contents: FileContents) {
    self.form = form
    formIdentity = Array(form.identity.utf8)
    store = cache
    self.contents = contents
  }

  /// Whether what is handed to ``keep(_:of:)`` is still there later.
  var areKept: Bool { store.cache != nil }

  /// Whether the elements of RPMs are kept.
  func knows(_ sums: [Checksum]) -> [Bool] {
    store.cache?.bytes(.primary, of: sums.map(key)).map { $0 != nil } ?? sums.map { _ in false }
  }

  /// RPMs as metadata lists them.
  ///
  /// - Parameters:
  ///   - withElements: whether each record shall have its elements; else one that
  ///     is known has not, and ``elements(of:open:)`` gives them.
  ///   - open: the file of one of them, for when it is not known.
  func records(
    _ rpms: [PackageLibrary.Listed], withElements: Bool, open: (Int) throws -> ReadableFile
  ) throws -> [PackageRecord] {
    let known = withElements ? rpms.map { _ in nil } : sizes(of: rpms)
    let missing = rpms.indices.filter { known[$0] == nil }
    var read = try elements(of: missing.map { rpms[$0] }) { try open(missing[$0]) }[...]
    return zip(rpms, known).map { rpm, sizes in
      guard let sizes else {
        return PackageRecord(
          xml: read.removeFirst(), sha256: rpm.sha256, location: rpm.location,
          modified: rpm.modified)
      }
      return PackageRecord(
        sizes: sizes, sha256: rpm.sha256, location: rpm.location, modified: rpm.modified)
    }
  }

  /// What metadata says of RPMs, in order.
  ///
  /// - Parameter open: the file of one of them, for when it is not known.
  func elements(
    of rpms: [PackageLibrary.Listed], open: (Int) throws -> ReadableFile
  ) throws -> [PackageXML] {
    if rpms.isEmpty { return [] }
    let keys = rpms.map { key($0.sha256) }
    let primary = store.cache?.bytes(.primary, of: keys)
    let lists = store.cache?.bytes(.lists, of: keys)
    return try rpms.indices.map { index in
      let rpm = rpms[index]
      if let primary = primary?[index], let lists = lists?[index],
        let known = PackageXML(primaryFields: primary, listFields: lists, of: rpm)
      {
        return known
      }
      return try read(rpm, from: open(index))
    }
  }

  /// Elements of `kind` of RPMs, for those who only ask for what is in them:
  /// `location` and time of the file may be of some other copy.
  ///
  /// - Parameter kind: `primary` or `filelists`.
  func elements(_ kind: MetadataKind, of rpms: [RPMFile]) throws -> [[UInt8]] {
    let keys = rpms.map { key($0.sha256) }
    let kept = store.cache?.bytes(kind == .primary ? .primary : .lists, of: keys)
    return try rpms.indices.map { index in
      if let fields = kept?[index], let element = PackageXML.element(kind, inFields: fields) {
        return element
      }
      let rpm = rpms[index]
      let file = try ReadableFile(path: rpm.path)
      // Who asks here judges dependencies: a text that cannot be listed is no
      // reason not to, and is told elsewhere.
      return try read(
        PackageLibrary.Listed(
          sha256: rpm.sha256, location: rpm.nevra.location, modified: file.status.modified),
        from: file, mending: !rpm.unlistable.isEmpty
      )
      .element(for: kind)
    }
  }

  /// The elements of an RPM whose header somebody has open.
  ///
  /// - Parameters:
  ///   - header: borrowed for the call.
  ///   - range: of the header, in bytes of the file.
  ///   - size: of the file, bytes.
  ///   - mending: whether what metadata cannot hold is replaced instead of an error:
  ///     for elements that no repository gets.
  func make(
    _ rpm: PackageLibrary.Listed, of header: OpaquePointer, in range: Range<Int>, size: Int,
    mending: Bool = false
  ) throws -> PackageXML {
    try PackageXML(
      header: header,
      file: PackageXML.FileDetails(
        sha256: rpm.sha256, size: size, modified: rpm.modified, headerRange: range,
        location: rpm.location),
      changelogLimit: form.changelogs, mending: mending)
  }

  /// Texts of an RPM's header that metadata cannot hold.
  ///
  /// - Parameters:
  ///   - header: borrowed for the call.
  ///   - path: for messages.
  func unlistable(in header: OpaquePointer, of path: String) throws -> [UnlistableText] {
    try PackageXML.unlistable(in: header, of: path, changelogLimit: form.changelogs)
  }

  /// Keeps elements for later runs, if there is a cache.
  func keep(_ xml: PackageXML, of rpm: PackageLibrary.Listed) {
    guard let cache = store.cache else { return }
    let key = key(rpm.sha256)
    cache.keep(xml.primaryFields(of: rpm), as: .primary, of: key)
    cache.keep(xml.sizeFields(of: rpm), as: .sizes, of: key)
    cache.keep(xml.listFields, as: .lists, of: key)
  }

  private func read(
    _ rpm: PackageLibrary.Listed, from file: ReadableFile, mending: Bool = false
  ) throws -> PackageXML {
    let sum = try contents.sha256(of: file.status) ?? file.sha256()
    guard sum == rpm.sha256 else {
      throw ComposeError(
        .badData, file.path.sanitizedForDisplay, "it is not the file that was expected",
        remedy: "Find out what changed it, then run the command again")
    }
    let xml = try file.withDescriptor { descriptor in
      try RPMReader.withHeader(of: file.path, openedAs: descriptor) { header, range in
        try make(rpm, of: header, in: range, size: file.status.size, mending: mending)
      }
    }
    if !mending, file.status.identity.isSettled { keep(xml, of: rpm) }
    return xml
  }

  /// How long their elements are; nil for those that are not known.
  private func sizes(of rpms: [PackageLibrary.Listed]) -> [PackageXML.Sizes?] {
    guard let cache = store.cache else { return rpms.map { _ in nil } }
    let kept = cache.bytes(.sizes, of: rpms.map { key($0.sha256) })
    return zip(rpms, kept).map { rpm, fields in
      fields.flatMap { PackageXML.Sizes(fields: $0, of: rpm) }
    }
  }

  private func key(_ sha256: Checksum) -> Checksum {
    Checksum(of: sha256.bytes + formIdentity)
  }
}
