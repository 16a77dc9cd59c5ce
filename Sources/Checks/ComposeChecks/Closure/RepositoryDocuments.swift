import ComposeStream
import ComposeTrees
import DependencyClosure
import Digests
import DurableFiles
import Foundation
import HeaderCache
import PackageLibrary
import ReleaseModel
import RepoMetadata

/// Reads the documents of one repository of rpm-md, wherever it lies, and
/// compares each with its repomd.xml.
struct RepositoryDocuments {
  /// For messages: a path or URL.
  let label: String
  let repomd: Repomd
  private let source: any RepositorySource

  /// Throws what the source throws, and `badData` for a repomd.xml that is
  /// none.
  init(_ source: any RepositorySource, by maker: Repomd.Maker) throws {
    self.source = source
    label = source.label
    repomd = try source.withFile(try RelativePath.of("repodata/repomd.xml")) { descriptor in
      try Repomd(path: "\(source.label)/repodata/repomd.xml", openedAs: descriptor, by: maker)
    }
  }

  /// The uncompressed document `type`, or nil where there is none.
  ///
  /// Throws `badData` where it is not what repomd.xml says.
  func document(_ type: String) throws -> OpenedMetadata? {
    guard let record = repomd.records.first(where: { $0.type == type }) else { return nil }
    return try withFile(of: record) { file, descriptor in
      try OpenedMetadata(file: file.path, openedAs: descriptor, hashes: false)
    }
  }

  /// Whether the file of `record` has in it what repomd.xml says.
  ///
  /// Throws `badData` where the file itself is not what repomd.xml says, or cannot be
  /// uncompressed.
  ///
  /// - Parameters:
  ///   - library: what is known of files; it learns what was found.
  ///   - reading: whether the file is uncompressed whatever is known of it.
  func hasStatedContents(
    _ record: MetadataRecord, by library: PackageLibrary, reading: Bool
  ) throws -> Bool {
    try withFile(of: record) { file, descriptor in
      if !reading, library.openChecksum(of: record.checksum) == record.openChecksum { return true }
      let found = try OpenedMetadata.checksum(of: file.path, openedAs: descriptor)
      library.note(openChecksum: found, of: record.checksum)
      return found == record.openChecksum
    }
  }

  /// Hands over the file of `record`; throws `badData` where it is not what repomd.xml says.
  private func withFile<Value>(
    of record: MetadataRecord, _ body: (ReadableFile, Int32) throws -> Value
  ) throws -> Value {
    let path = try RelativePath.of("repodata/\(record.fileName)")
    return try source.withFile(path) { descriptor in
      let file = try ReadableFile(openedAs: descriptor, path: "\(label)/\(path)")
      guard try file.sha256() == record.checksum else {
        throw ComposeError(
          .badData, file.path.sanitizedForDisplay, "it is not what repomd.xml says",
          remedy: "Fetch the repository again, or make its metadata anew")
      }
      return try body(file, descriptor)
    }
  }

  /// Which of its packages have which of the files, by the package's SHA-256: known, or looked
  /// for now.
  ///
  /// Throws `badData` where the document is not what repomd.xml says.
  func owners(
    of paths: Set<String>, by library: PackageLibrary
  ) throws -> [(path: String, package: String)] {
    guard let record = repomd.records.first(where: { $0.type == "filelists" }) else { return [] }
    let words = ["owners 1", record.checksum.hex] + paths.sorted()
    let key = Checksum(of: Array(words.joined(separator: "\n").utf8))
    if isHere { try withFile(of: record) { _, _ in } }
    if let known = library.made(.owners, of: key),
      let owners = try? JSONDecoder().decode([[String]].self, from: Data(known)),
      owners.allSatisfy({ $0.count == 2 })
    {
      return owners.map { ($0[0], $0[1]) }
    }
    let found = try withFile(of: record) { file, descriptor in
      try FileListsSearch(paths).owners(in: file.path, openedAs: descriptor)
    }
    if let fields = try? JSONEncoder().encode(found.map { [$0.path, $0.package] }) {
      library.keep(Array(fields), as: .owners, of: key)
    }
    return found
  }

  /// The parts of primary; nil where it cannot be parted, or is not primary metadata.
  ///
  /// - Parameter library: what is known of files; it learns what was found.
  func primaryParts(by library: PackageLibrary) throws -> PrimaryParts? {
    guard let record = repomd.records.first(where: { $0.type == "primary" }) else { return nil }
    let parts: [PrimaryPart]?
    do {
      parts = try withFile(of: record) { file, _ in
        try library.primaryParts(in: file, openChecksum: record.openChecksum)
      }
    } catch let error as ComposeError where error.kind == .badData {
      // Whoever reads the whole tells what is wrong with it.
      return nil
    }
    return parts.map { parts in
      PrimaryParts(parts.map(\.checksum)) { places, body in
        guard !places.isEmpty else { return }
        try withFile(of: record) { file, descriptor in
          var rest = places[...]
          try PrimaryReader.read(
            places.map { parts[$0] }, in: file.path, openedAs: descriptor
          ) { _, document in
            if let place = rest.popFirst() { try body(place, document) }
          }
        }
      }
    }
  }

  /// Whether it is on this machine: then its files are compared with repomd.xml even where it
  /// is known what they have in them.
  private var isHere: Bool { source.isHere }

  /// Whether each file of these types is what repomd.xml says, as far as it is on this machine.
  func isIntact(_ types: Set<String> = ["primary", "filelists", "modules"]) -> Bool {
    !isHere
      || repomd.records.filter { types.contains($0.type) }
        .allSatisfy { (try? withFile(of: $0) { _, _ in true }) ?? false }
  }

  /// What identifies all that a closure reads of it; nil where it does not say.
  func closureIdentity(as role: String) -> String? {
    let known = ["primary", "filelists", "modules"].map { type in
      let record = repomd.records.first { $0.type == type }
      return record.map { "\(type) \($0.checksum)" } ?? "no \(type)"
    }
    return primaryFile.map { _ in ([role] + known).joined(separator: ", ") }
  }

  /// What identifies the file that lists the packages; who reads it compares it.
  var primaryFile: Checksum? { repomd.records.first { $0.type == "primary" }?.checksum }

  /// What identifies the document of its modules; nil where it has none.
  var modulesChecksum: Checksum? { repomd.records.first { $0.type == "modules" }?.openChecksum }

  /// What identifies the packages of the repository.
  var primaryChecksum: Checksum? {
    repomd.records.first { $0.type == "primary" }?.openChecksum
  }
}

/// Where files of a repository are.
protocol RepositorySource: Sendable {
  var label: String { get }

  /// Whether it is on this machine.
  var isHere: Bool { get }

  /// Hands an open file to `body`; throws `noInput` where it is not there.
  func withFile<Value>(_ path: RelativePath, _ body: (Int32) throws -> Value) throws -> Value
}

/// A repository on this machine.
struct DirectorySource: RepositorySource {
  let directory: Directory
  let isHere = true

  var label: String { directory.path }

  func withFile<Value>(_ path: RelativePath, _ body: (Int32) throws -> Value) throws -> Value {
    try directory.openFile(path).withDescriptor(body)
  }
}

/// A repository on a web server. Nothing of it is kept.
struct ServerSource: RepositorySource {
  let label: String
  let isHere = false
  let fetching: any WebFetching

  func withFile<Value>(_ path: RelativePath, _ body: (Int32) throws -> Value) throws -> Value {
    guard let file = try fetching.fetch(path, below: label) else {
      throw ComposeError(
        .noInput, "\(label)/\(path)".sanitizedForDisplay, "the server has no such file",
        remedy: "Correct 'base' of the policy")
    }
    return try file.withDescriptor(body)
  }
}
