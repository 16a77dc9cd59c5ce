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
    }
  }
}

/// Reads primary.xml back with libcreaterepo_c, compressed or not.
package enum PrimaryReader {
  private final class Collector {
    var packages: [ListedPackage] = []
    var problem: String?
  }

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
    let opened = try OpenedMetadata(file: path, openedAs: descriptor)
    guard openChecksum.map({ $0 == opened.checksum }) ?? true else {
      throw LibCreaterepo.damaged(path, "its uncompressed contents differ from repomd.xml")
    }
    defer { withExtendedLifetime(opened) {} }
    let collector = Collector()
    let context = Unmanaged.passUnretained(collector).toOpaque()
    let code = try opened.withParsersPath(of: path) { place in
      try LibCreaterepo.check(path) { error -> Int32? in
        cr_xml_parse_primary(
          place, nil, nil,
          { package, context, _ in
            guard let package, let context else { return 1 }
            defer { cr_package_free(package) }
            let collector = Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
            PrimaryReader.collect(package.pointee, into: collector)
            return 0
          }, context, nil, nil, 0, &error)
      }
    }
    if let problem = collector.problem { throw LibCreaterepo.damaged(path, problem) }
    guard code == 0 else { throw LibCreaterepo.damaged(path, "it is not primary metadata") }
    return collector.packages
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

  private static func collect(_ package: cr_Package, into collector: Collector) {
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
      pointer.map { String(cString: $0) } ?? ""
    }
    let name = text(package.name)
    guard text(package.checksum_type) == "sha256", let sha256 = Checksum(hex: text(package.pkgId))
    else {
      collector.problem = "'\(name)' has no SHA-256"
      return
    }
    guard let location = RelativePath(text(package.location_href)) else {
      collector.problem = "'\(name)' has an unsafe location"
      return
    }
    let evr = EVR(
      epoch: Int(text(package.epoch)) ?? 0, version: text(package.version),
      rpmRelease: text(package.release))
    collector.packages.append(
      ListedPackage(
        nevra: NEVRA(name: name, evr: evr, arch: Architecture(text(package.arch))),
        sha256: sha256, size: Int(package.size_package), location: location,
        package: NVR(sourceRPM: text(package.rpm_sourcerpm))?.name ?? name,
        obsoletes: obsoletes(package)))
  }
}
