import ReleaseModel
import RepoMetadata

/// What the header cache keeps of a file of primary metadata: SHA-256 of the document, and its
/// packages.
struct PrimaryListing: Sendable {
  /// Of the uncompressed document.
  let openChecksum: Checksum
  let packages: [ListedPackage]

  init(openChecksum: Checksum, packages: [ListedPackage]) {
    self.openChecksum = openChecksum
    self.packages = packages
  }

  /// Grows with every change of the fields, or of what is made of a document.
  private static let form = 1

  var fields: [UInt8] {
    var writer = FieldWriter()
    writer.write(Self.form)
    writer.write(openChecksum.bytes)
    writer.write(packages.count)
    for package in packages {
      writer.write(package.nevra.name)
      writer.write(package.nevra.evr)
      writer.write(package.nevra.arch.name)
      writer.write(package.sha256.bytes)
      writer.write(package.size)
      writer.write(package.location.description)
      writer.write(package.package)
      writer.write(package.obsoletes.count)
      for obsoleted in package.obsoletes {
        writer.write(obsoleted.name)
        writer.write(obsoleted.bound?.relation.rawValue ?? "")
        if let bound = obsoleted.bound { writer.write(bound.evr) }
      }
    }
    return writer.bytes
  }

  /// Nil where `fields` have another form.
  init?(fields: [UInt8]) {
    var reader = FieldReader(fields)
    guard reader.number() == Self.form, let sum = reader.field(),
      let count = reader.number(), count >= 0, count <= fields.count
    else { return nil }
    openChecksum = Checksum(digest: Array(sum))
    var packages: [ListedPackage] = []
    packages.reserveCapacity(count)
    for _ in 0..<count {
      guard let package = Self.package(&reader) else { return nil }
      packages.append(package)
    }
    guard reader.isAtEnd else { return nil }
    self.packages = packages
  }

  private static func package(_ reader: inout FieldReader) -> ListedPackage? {
    guard let name = reader.text(), let evr = reader.evr(), let arch = reader.text(),
      let sum = reader.field(), let size = reader.number(),
      let location = reader.text().flatMap({ RelativePath($0) }), let source = reader.text(),
      let count = reader.number(), count >= 0
    else { return nil }
    var obsoletes: [ListedPackage.Obsoleted] = []
    for _ in 0..<count {
      guard let name = reader.text(), let relation = reader.text() else { return nil }
      var bound: ListedPackage.Obsoleted.Bound?
      if !relation.isEmpty {
        guard let relation = ListedPackage.Obsoleted.Relation(rawValue: relation),
          let evr = reader.evr()
        else { return nil }
        bound = ListedPackage.Obsoleted.Bound(relation: relation, evr: evr)
      }
      obsoletes.append(ListedPackage.Obsoleted(name: name, bound: bound))
    }
    return ListedPackage(
      nevra: NEVRA(name: name, evr: evr, arch: Architecture(arch)),
      sha256: Checksum(digest: Array(sum)), size: size, location: location, package: source,
      obsoletes: obsoletes)
  }
}

extension FieldWriter {
  fileprivate mutating func write(_ evr: EVR) {
    write(evr.epoch)
    write(evr.version)
    write(evr.rpmRelease)
  }
}

extension FieldReader {
  fileprivate mutating func evr() -> EVR? {
    guard let epoch = number(), let version = text(), let release = text() else { return nil }
    return EVR(epoch: epoch, version: version, rpmRelease: release)
  }
}
