import ReleaseModel
import RepoMetadata

/// What the header cache keeps of a file of primary metadata: SHA-256 of the document, and what is
/// in it.
struct PrimaryListing: Sendable {
  /// Of the uncompressed document.
  let openChecksum: Checksum
  let document: PrimaryDocument

  init(openChecksum: Checksum, document: PrimaryDocument) {
    self.openChecksum = openChecksum
    self.document = document
  }

  /// Grows with every change of the fields, or of what is made of a document.
  private static let form = 2

  var fields: [UInt8] {
    var writer = FieldWriter()
    writer.write(Self.form)
    writer.write(openChecksum.bytes)
    writer.write(document.parts == nil ? 0 : 1)
    writer.write(document.parts?.count ?? 0)
    for part in document.parts ?? [] {
      writer.write(part.bytes.lowerBound)
      writer.write(part.bytes.upperBound)
      writer.write(part.checksum.bytes)
    }
    writer.write(document.packages.count)
    for package in document.packages {
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
    guard reader.number() == Self.form, let openChecksum = reader.checksum(),
      let isParted = reader.number(), let parts = Self.parts(&reader, limit: fields.count),
      isParted == 1 || (isParted == 0 && parts.isEmpty),
      let count = reader.number(), count >= 0, count <= fields.count
    else { return nil }
    self.openChecksum = openChecksum
    var packages: [ListedPackage] = []
    packages.reserveCapacity(count)
    for _ in 0..<count {
      guard let package = Self.package(&reader) else { return nil }
      packages.append(package)
    }
    guard reader.isAtEnd else { return nil }
    document = PrimaryDocument(packages: packages, parts: isParted == 1 ? parts : nil)
  }

  /// Nil unless each part begins where the one before ends, and none is empty.
  private static func parts(_ reader: inout FieldReader, limit: Int) -> [PrimaryPart]? {
    guard let count = reader.number(), 0...limit ~= count else { return nil }
    var parts: [PrimaryPart] = []
    for _ in 0..<count {
      guard let start = reader.number(), let end = reader.number(), 0 <= start, start < end,
        parts.last.map({ $0.bytes.upperBound == start }) ?? true,
        let checksum = reader.checksum()
      else { return nil }
      parts.append(PrimaryPart(bytes: start..<end, checksum: checksum))
    }
    return parts
  }

  private static func package(_ reader: inout FieldReader) -> ListedPackage? {
    guard let name = reader.text(), let evr = reader.evr(), let arch = reader.text(),
      let sha256 = reader.checksum(), let size = reader.number(),
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
      sha256: sha256, size: size, location: location, package: source, obsoletes: obsoletes)
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
  fileprivate mutating func checksum() -> Checksum? {
    guard let digest = field(), digest.count == Checksum.byteCount else { return nil }
    return Checksum(digest: Array(digest))
  }

  fileprivate mutating func evr() -> EVR? {
    guard let epoch = number(), let version = text(), let release = text() else { return nil }
    return EVR(epoch: epoch, version: version, rpmRelease: release)
  }
}
