import CCreaterepo
import Digests
package import ReleaseModel

/// One package as primary.xml lists it.
package struct ListedPackage: Hashable, Sendable {
  /// As the metadata has it: a source RPM is always `src` there.
  package let nevra: NEVRA
  /// Of the RPM file, as the metadata promises it.
  package let sha256: Checksum
  /// Bytes.
  package let size: Int
  /// Relative to the repository.
  package let location: RelativePath
  /// Name of the source package; that of the package itself for a source.
  package let package: String
  /// What it replaces, in the document's order.
  package let obsoletes: [Obsoleted]

  /// What a package replaces: all of a name, or versions of it.
  package struct Obsoleted: Hashable, Sendable {
    /// Raw values are the words of `flags` in primary.xml.
    package enum Relation: String, Sendable {
      /// Older than the bound.
      case less = "LT"
      /// The bound, or older.
      case lessOrEqual = "LE"
      /// The bound alone.
      case equal = "EQ"
      /// The bound, or newer.
      case greaterOrEqual = "GE"
      /// Newer than the bound.
      case greater = "GT"
    }

    /// Name of the package that is replaced.
    package let name: String
    /// Nil for all versions. One without an rpmRelease has it empty.
    package let bound: Bound?

    /// Which versions of the name are replaced.
    package struct Bound: Hashable, Sendable {
      /// How a version must compare with `evr`.
      package let relation: Relation
      /// The version that it is compared with.
      package let evr: EVR

      /// For what was kept from an earlier run.
      package init(relation: Relation, evr: EVR) {
        self.relation = relation
        self.evr = evr
      }
    }

    /// For what was kept from an earlier run.
    package init(name: String, bound: Bound?) {
      self.name = name
      self.bound = bound
    }
  }

  /// For what was kept from an earlier run.
  ///
  /// - Parameters:
  ///   - size: bytes of the RPM file.
  ///   - location: relative to the repository.
  ///   - package: name of the source package.
  package init(
    nevra: NEVRA, sha256: Checksum, size: Int, location: RelativePath, package: String,
    obsoletes: [Obsoleted]
  ) {
    self.nevra = nevra
    self.sha256 = sha256
    self.size = size
    self.location = location
    self.package = package
    self.obsoletes = obsoletes
  }
}

/// What a document of primary metadata has in it.
package struct PrimaryDocument: Hashable, Sendable {
  /// In the document's order.
  package let packages: [ListedPackage]
  /// All that it has between its head and its end, in order; nil where it cannot be parted,
  /// because it is not written as createrepo_c writes it.
  package let parts: [PrimaryPart]?

  /// For what was kept from an earlier run.
  package init(packages: [ListedPackage], parts: [PrimaryPart]?) {
    self.packages = packages
    self.parts = parts
  }
}

/// Some packages of primary metadata that follow each other. Where one package changes, at most two
/// parts change.
package struct PrimaryPart: Hashable, Sendable {
  /// Where its elements are in the uncompressed document.
  package let bytes: Range<Int>
  /// SHA-256 of these bytes.
  package let checksum: Checksum

  /// For what was kept from an earlier run.
  package init(bytes: Range<Int>, checksum: Checksum) {
    self.bytes = bytes
    self.checksum = checksum
  }
}

/// Reads primary.xml back with libcreaterepo_c, compressed or not.
package enum PrimaryReader {
  /// Takes one entry after the other; what it is not content with ends the reading.
  private final class Collector {
    let take: (cr_Package) throws(Fault) -> Void
    var problem: String?

    init(_ take: @escaping (cr_Package) throws(Fault) -> Void) { self.take = take }
  }

  /// Why an entry cannot be used, as a sentence.
  private struct Fault: Error { let cause: String }

  /// All packages in the file, in its order; `badData` where the file or an
  /// entry is not what clients accept, or where its uncompressed contents do
  /// not have `openChecksum`.
  ///
  /// - Parameters:
  ///   - descriptor: the file, opened before; then `path` only stands in
  ///     messages.
  ///   - openChecksum: nil for a document that was made just now.
  package static func packages(
    in path: String, openedAs descriptor: Int32? = nil, openChecksum: Checksum?
  ) throws -> [ListedPackage] {
    try document(in: path, openedAs: descriptor, openChecksum: openChecksum).packages
  }

  /// The same with the parts of the document.
  package static func document(
    in path: String, openedAs descriptor: Int32? = nil, openChecksum: Checksum?
  ) throws -> PrimaryDocument {
    try plainDocument(in: path, openedAs: descriptor, openChecksum: openChecksum)
      ?? PrimaryDocument(
        packages: parsedPackages(in: path, openedAs: descriptor, openChecksum: openChecksum),
        parts: nil)
  }

  /// The same by libcreaterepo_c alone.
  static func parsedPackages(
    in path: String, openedAs descriptor: Int32? = nil, openChecksum: Checksum?
  ) throws -> [ListedPackage] {
    var packages: [ListedPackage] = []
    try read(path, openedAs: descriptor, openChecksum: openChecksum) { entry throws(Fault) in
      packages.append(try listed(entry))
    }
    return packages
  }

  /// The same where the document is plain, while it is uncompressed; nil where it is not.
  static func plainDocument(
    in path: String, openedAs descriptor: Int32? = nil, openChecksum: Checksum?
  ) throws -> PrimaryDocument? {
    let digest = MessageDigest()
    var scanner = PlainPrimaryScanner()
    var isPlain = true
    try OpenedMetadata.uncompress(path, openedAs: descriptor) { bytes in
      if openChecksum != nil { digest.update(bytes) }
      if isPlain { isPlain = scanner.take(bytes) }
    }
    guard openChecksum.map({ $0 == digest.checksum() }) ?? true else {
      throw LibCreaterepo.damaged(path, otherContents)
    }
    return isPlain ? scanner.finish() : nil
  }

  /// Hands over parts of a document, each as a document of its own.
  ///
  /// Throws `badData` where the document does not have these parts.
  ///
  /// - Parameters:
  ///   - wanted: in the order of the document.
  ///   - descriptor: the file, opened before; then `path` only stands in messages.
  ///   - body: gets each part of `wanted` with its bytes.
  package static func read(
    _ wanted: [PrimaryPart], in path: String, openedAs descriptor: Int32? = nil,
    _ body: (PrimaryPart, [UInt8]) throws -> Void
  ) throws {
    // The number of packages stands for nothing.
    let opening = Array(MetadataKind.primary.opening(packageCount: 0).utf8)
    let closing = Array(MetadataKind.primary.closing.utf8)
    var rest = wanted[...]
    var elements: [UInt8] = []
    var offset = 0
    try OpenedMetadata.uncompress(path, openedAs: descriptor) { piece in
      let end = offset + piece.count
      defer { offset = end }
      while let part = rest.first, part.bytes.lowerBound < end {
        let found = part.bytes.clamped(to: offset..<end)
        elements += piece[found.lowerBound - offset..<found.upperBound - offset]
        guard part.bytes.upperBound <= end else { return }
        guard Checksum(of: elements) == part.checksum else {
          throw LibCreaterepo.damaged(path, "a part of it is not what it was")
        }
        try body(part, opening + elements + closing)
        elements.removeAll(keepingCapacity: true)
        rest.removeFirst()
      }
    }
    guard rest.isEmpty else { throw LibCreaterepo.damaged(path, "it is shorter than it was") }
  }

  private static let otherContents = "its uncompressed contents differ from repomd.xml"

  /// What all packages in the file say of themselves, in its order.
  ///
  /// - Parameters:
  ///   - descriptor: the file, opened before; then `path` only stands in
  ///     messages.
  ///   - openChecksum: nil for a document that was made just now.
  ///
  /// Throws `badData` as ``packages(in:openedAs:openChecksum:)`` does.
  package static func descriptions(
    in path: String, openedAs descriptor: Int32? = nil, openChecksum: Checksum?
  ) throws -> [DescribedPackage] {
    var packages: [DescribedPackage] = []
    try read(path, openedAs: descriptor, openChecksum: openChecksum) { entry throws(Fault) in
      packages.append(DescribedPackage(entry))
    }
    return packages
  }

  private static func read(
    _ path: String, openedAs descriptor: Int32?, openChecksum: Checksum?,
    _ take: (cr_Package) throws(Fault) -> Void
  ) throws {
    let opened = try OpenedMetadata(file: path, openedAs: descriptor)
    guard openChecksum.map({ $0 == opened.checksum }) ?? true else {
      throw LibCreaterepo.damaged(path, otherContents)
    }
    defer { withExtendedLifetime(opened) {} }
    try withoutActuallyEscaping(take) { take in
      let collector = Collector(take)
      let context = Unmanaged.passUnretained(collector).toOpaque()
      let code = try opened.withParsersPath(of: path) { place in
        try LibCreaterepo.check(path) { error -> Int32? in
          cr_xml_parse_primary(
            place, nil, nil,
            { package, context, _ in
              guard let package, let context else { return 1 }
              defer { cr_package_free(package) }
              let collector = Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
              do throws(Fault) {
                try collector.take(package.pointee)
              } catch {
                collector.problem = collector.problem ?? error.cause
              }
              return 0
            }, context, nil, nil, 0, &error)
        }
      }
      if let problem = collector.problem { throw LibCreaterepo.damaged(path, problem) }
      guard code == 0 else { throw LibCreaterepo.damaged(path, "it is not primary metadata") }
    }
  }

  /// The packages of `elements`, which are in no repository.
  package static func packages(of elements: [[UInt8]]) throws -> [ListedPackage] {
    let document = try MemoryDocument(.primary, elements: elements)
    let checksum = try document.withBytes { Checksum(of: Array($0)) }
    return try document.withDescriptor {
      try packages(in: "primary.xml", openedAs: $0, openChecksum: checksum)
    }
  }

  private static func obsoletes(_ package: cr_Package) -> [ListedPackage.Obsoleted] {
    var found: [ListedPackage.Obsoleted] = []
    var item = package.obsoletes
    while let node = item {
      if let raw = node.pointee.data?.assumingMemoryBound(to: cr_Dependency.self) {
        found.append(obsoleted(raw.pointee))
      }
      item = node.pointee.next
    }
    return found
  }

  private static func obsoleted(_ raw: cr_Dependency) -> ListedPackage.Obsoleted {
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
      pointer.map { String(cString: $0) } ?? ""
    }
    let bound = ListedPackage.Obsoleted.Relation(rawValue: text(raw.flags)).map { relation in
      ListedPackage.Obsoleted.Bound(
        relation: relation,
        evr: EVR(
          epoch: Int(text(raw.epoch)) ?? 0, version: text(raw.version),
          rpmRelease: text(raw.release)))
    }
    return ListedPackage.Obsoleted(name: text(raw.name), bound: bound)
  }

  private static func listed(_ package: cr_Package) throws(Fault) -> ListedPackage {
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
      pointer.map { String(cString: $0) } ?? ""
    }
    let name = text(package.name)
    guard text(package.checksum_type) == "sha256", let sha256 = Checksum(hex: text(package.pkgId))
    else {
      throw Fault(cause: "'\(name)' has no SHA-256")
    }
    guard let location = RelativePath(text(package.location_href)) else {
      throw Fault(cause: "'\(name)' has an unsafe location")
    }
    return ListedPackage(
      nevra: package.nevra, sha256: sha256, size: Int(package.size_package), location: location,
      package: package.sourceName, obsoletes: obsoletes(package))
  }
}

extension cr_Package {
  fileprivate var nevra: NEVRA {
    let evr = EVR(
      epoch: Int(text(epoch)) ?? 0, version: text(version), rpmRelease: text(release))
    return NEVRA(name: text(name), evr: evr, arch: Architecture(text(arch)))
  }

  /// Name of the source package; that of the package itself for a source.
  fileprivate var sourceName: String { NVR(sourceRPM: text(rpm_sourcerpm))?.name ?? text(name) }

  fileprivate func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}

/// What one package says of itself in primary.xml.
package struct DescribedPackage: Hashable, Sendable {
  /// As the metadata has it: a source RPM is always `src` there.
  package let nevra: NEVRA
  /// Name of the source package; that of the package itself for a source.
  package let package: String
  /// One line.
  package let summary: String
  /// May have several lines.
  package let text: String
  /// As the spec file has it.
  package let license: String
  /// Of the project; nil where the package names none.
  package let url: String?

  fileprivate init(_ entry: cr_Package) {
    nevra = entry.nevra
    package = entry.sourceName
    summary = entry.text(entry.summary)
    text = entry.text(entry.description)
    license = entry.text(entry.rpm_license)
    let url = entry.text(entry.url)
    self.url = url.isEmpty ? nil : url
  }
}
