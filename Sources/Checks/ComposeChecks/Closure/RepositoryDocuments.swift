import ComposeStream
import ComposeTrees
import DurableFiles
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
    return try opened(record, hashes: false)
  }

  /// The uncompressed file of `record`, and, where `hashes`, what it contains.
  ///
  /// Throws `badData` where the file itself is not what repomd.xml says.
  func opened(_ record: MetadataRecord, hashes: Bool = true) throws -> OpenedMetadata {
    let path = try RelativePath.of("repodata/\(record.fileName)")
    return try source.withFile(path) { descriptor in
      let file = try ReadableFile(openedAs: descriptor, path: "\(label)/\(path)")
      guard try file.sha256() == record.checksum else {
        throw ComposeError(
          .badData, file.path.sanitizedForDisplay, "it is not what repomd.xml says",
          remedy: "Fetch the repository again, or make its metadata anew")
      }
      return try OpenedMetadata(file: file.path, openedAs: descriptor, hashes: hashes)
    }
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

  /// Hands an open file to `body`; throws `noInput` where it is not there.
  func withFile<Value>(_ path: RelativePath, _ body: (Int32) throws -> Value) throws -> Value
}

/// A repository on this machine.
struct DirectorySource: RepositorySource {
  let directory: Directory

  var label: String { directory.path }

  func withFile<Value>(_ path: RelativePath, _ body: (Int32) throws -> Value) throws -> Value {
    try directory.openFile(path).withDescriptor(body)
  }
}

/// A repository on a web server. Nothing of it is kept.
struct ServerSource: RepositorySource {
  let label: String
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
