import ReleaseModel
import RepoMetadata

/// The bytes that the header cache keeps of elements. Location and time of the
/// file are in the text of primary, so they stand before it and decide whether it
/// can be used.
extension PackageXML {
  /// Location, time of the file, element of primary.
  func primaryFields(of rpm: PackageLibrary.Listed) -> [UInt8] {
    var writer = FieldWriter()
    writer.write(rpm.location.description)
    writer.write(rpm.modified)
    writer.write(primary)
    return writer.bytes
  }

  /// Elements of filelists and other.
  var listFields: [UInt8] {
    var writer = FieldWriter()
    writer.write(filelists)
    writer.write(other)
    return writer.bytes
  }

  /// Location, time of the file, lengths of the three elements.
  func sizeFields(of rpm: PackageLibrary.Listed) -> [UInt8] {
    var writer = FieldWriter()
    writer.write(rpm.location.description)
    writer.write(rpm.modified)
    for size in [primary.count, filelists.count, other.count] { writer.write(size) }
    return writer.bytes
  }

  /// Nil where the fields have another form, or are of another location or time.
  init?(primaryFields: [UInt8], listFields: [UInt8], of rpm: PackageLibrary.Listed) {
    var first = FieldReader(primaryFields)
    var second = FieldReader(listFields)
    guard first.text() == rpm.location.description, first.number() == rpm.modified,
      let primary = first.field(), first.isAtEnd,
      let filelists = second.field(), let other = second.field(), second.isAtEnd
    else { return nil }
    self.init(primary: Array(primary), filelists: Array(filelists), other: Array(other))
  }

  /// The element of `kind`, primary or filelists, whatever location and time it
  /// was made for.
  static func element(_ kind: MetadataKind, inFields fields: [UInt8]) -> [UInt8]? {
    var reader = FieldReader(fields)
    if kind == .primary {
      _ = reader.text()
      _ = reader.number()
    }
    return reader.field().map { Array($0) }
  }
}

extension PackageXML.Sizes {
  /// Bytes: no header that librpm reads makes an element nearly as long.
  private static let largest = 1 << 31

  /// Nil where the fields have another form, or are of another location or time.
  init?(fields: [UInt8], of rpm: PackageLibrary.Listed) {
    var reader = FieldReader(fields)
    guard reader.text() == rpm.location.description, reader.number() == rpm.modified,
      let primary = reader.number(), let filelists = reader.number(),
      let other = reader.number(), reader.isAtEnd,
      [primary, filelists, other].allSatisfy((0...Self.largest).contains)
    else { return nil }
    self.init(primary: primary, filelists: filelists, other: other)
  }
}
