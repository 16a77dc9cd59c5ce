import ComposePolicy
import DurableFiles
import RPMPackages
import ReleaseModel
import RepoMetadata

/// Writes the metadata of all repositories of a tree in one pass: an RPM that
/// is in several repositories is read once.
struct RepositoryMetadata {
  let tree: Directory
  let settings: Policy.MetadataPolicy
  let activity: any ActivityReporting

  /// Writes the data files of every repository under names that carry their
  /// checksum, beside whatever is there. Nobody sees them until
  /// ``publish(_:revision:)`` replaces repomd.xml.
  func write(_ contents: TreeContents) throws -> [RelativePath: [MetadataRecord]] {
    var outputs: [RelativePath: Output] = [:]
    for (repository, files) in contents.repositories {
      outputs[repository] = try Output(
        tree.makeDirectories(
          repository.appending(RelativePath.of("repodata")), durably: false),
        packageCount: files.count, compression: compression)
    }
    let entries = Self.entries(contents)
    activity.begin("Writing metadata of \(tree.path)", total: entries.count, unit: "RPMs")
    defer { activity.end() }
    for entry in entries {
      try Interruption.check(remaining: "writing metadata of \(tree.path)")
      let xml = try packageXML(entry)
      for repository in entry.repositories { try outputs[repository]?.writer.add(xml) }
      activity.advance(by: 1)
    }
    return try outputs.mapValues { try $0.finish() }
  }

  /// Makes the data files visible: repomd.xml of each repository is replaced,
  /// after everything that it refers to is durable.
  func publish(_ records: [RelativePath: [MetadataRecord]], revision: Int) throws {
    try tree.syncFileSystem()
    for (repository, records) in records.sorted(by: { $0.key < $1.key }) {
      let repomd = Repomd(revision: revision, records: records)
      try tree.replaceFile(Self.repomdPath(of: repository), with: repomd.xml())
    }
  }

  /// Path of repomd.xml below the tree.
  static func repomdPath(of repository: RelativePath) throws -> RelativePath {
    repository.appending(try RelativePath.of("repodata/repomd.xml"))
  }

  private var compression: MetadataCompression {
    switch settings.compression {
    case .gz: .gz
    case .xz: .xz
    case .zstd: .zstd
    }
  }

  // MARK: Packages

  private struct Entry {
    let location: RelativePath
    let checksum: Checksum
    var repositories: [RelativePath]
  }

  /// Every distinct RPM with the repositories that list it, in the order of
  /// base names, which is createrepo_c's.
  private static func entries(_ contents: TreeContents) -> [Entry] {
    struct Key: Hashable {
      let location: RelativePath
      let checksum: Checksum
    }
    var entries: [Key: Entry] = [:]
    for (repository, files) in contents.repositories {
      for (location, checksum) in files {
        let key = Key(location: location, checksum: checksum)
        entries[key, default: Entry(location: location, checksum: checksum, repositories: [])]
          .repositories.append(repository)
      }
    }
    return entries.values.sorted { lhs, rhs in
      (lhs.location.name, lhs.checksum.hex) < (rhs.location.name, rhs.checksum.hex)
    }
  }

  private func packageXML(_ entry: Entry) throws -> PackageXML {
    let path = entry.repositories[0].appending(entry.location)
    guard let status = try tree.status(of: path), status.kind == .file else {
      throw ComposeError(
        .inputOutput, "\(tree.path)/\(path)", "it has gone while metadata was written",
        remedy: "Find out what removes files there, then run the command again")
    }
    let file = try tree.openFile(path)
    return try file.withDescriptor { descriptor in
      try RPMReader.withHeader(of: file.path, openedAs: descriptor) { header, range in
        try PackageXML(
          header: header,
          facts: PackageXML.FileFacts(
            sha256: entry.checksum, size: status.size, modified: status.modified,
            headerRange: range, location: entry.location),
          changelogLimit: settings.changelogs)
      }
    }
  }
}

/// The metadata files of one repository while they are written.
private final class Output {
  let writer: RepositoryWriter
  private let directory: Directory
  private let files: [MetadataKind: WritableFile]

  init(_ directory: Directory, packageCount: Int, compression: MetadataCompression) throws {
    var files: [MetadataKind: WritableFile] = [:]
    for kind in MetadataKind.allCases {
      let name = Self.temporaryName(kind.rawValue)
      try directory.removeFile(name)
      files[kind] = try directory.createFile(name)
    }
    let opened = files
    self.files = opened
    self.directory = directory
    writer = try RepositoryWriter(packageCount: packageCount, compression: compression) {
      try opened[$0]?.write($1)
    }
  }

  private static func temporaryName(_ type: String) -> String {
    Directory.temporaryPrefix + type
  }

  func finish() throws -> [MetadataRecord] {
    let records = try writer.finish()
    for record in records {
      let temporary = Self.temporaryName(record.type)
      let name = try RelativePath.of(record.fileName)
      if try directory.status(of: name)?.kind == .file,
        try directory.openFile(name).sha256() == record.checksum
      {
        // Clients are reading it, and the new one is not durable yet: renamed
        // over it, it could be empty after a power cut.
        try directory.removeFile(temporary)
      } else {
        try directory.replace(record.fileName, with: temporary)
      }
    }
    return records
  }
}
