import ComposePlanning
import ComposeStream
import ComposeTrees
import DurableFiles
import PackageLibrary
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// Everything that checks need to know of one tree, read once: checks
/// themselves are pure.
struct TreeScan {
  let tree: TreeName
  /// Where it is, for messages.
  let path: String
  /// Every file below the tree; links and special files too.
  let files: [RelativePath: FileStatus]
  /// What is wrong with modes, by path of file or directory; the tree itself has
  /// none.
  let modes: [(path: RelativePath?, problem: String)]
  /// RPMs by path below the tree.
  let rpms: [RelativePath: Result<RPMFile, ComposeError>]
  /// SHA-256 of the other files.
  let checksums: [RelativePath: Checksum]
  let repositories: [RelativePath: Result<RepositoryScan, ComposeError>]
}

/// What the metadata of one tree lists.
struct TreeListing {
  let tree: TreeName
  /// Where it is, for messages.
  let path: String
  /// Where its metadata is, for clients.
  let metadata: String
  let repositories: [RelativePath: Result<RepositoryScan, ComposeError>]

  /// - Parameters:
  ///   - reading: whether documents are read whatever is known of them.
  ///   - compared: documents whose contents were compared with repomd.xml; trees of one
  ///     release share theirs.
  static func read(
    _ tree: CheckedTree, in stream: StreamContext, reading: Bool,
    comparing compared: Guarded<Set<Checksum>>
  ) throws -> TreeListing {
    let directory = tree.metadata
    let known = try? stream.repositories(of: tree.name, tree.manifest())
    let paths = known ?? RepositoryAssignment(policy: stream.policy).paths
    let results = Concurrently.map(paths) { path in
      TreeScanner.attempt {
        let repomd = try directory.repomd(of: path)
        let documents = try RepositoryDocuments(
          DirectorySource(directory: directory.open(path)), by: .ours)
        for record in repomd.records where record.type != "primary" {
          if compared.withLock({ $0.contains(record.checksum) }) { continue }
          guard
            try documents.hasStatedContents(record, by: stream.library, reading: reading)
          else {
            throw ComposeError(
              .badData, "\(directory.path)/\(path)/repodata/\(record.fileName)",
              "its uncompressed contents differ from repomd.xml", remedy: "Compose again")
          }
          compared.withLock { _ = $0.insert(record.checksum) }
        }
        let primary = repomd.records.first { $0.type == "primary" }?.checksum
        let isRead = primary.map { sum in compared.withLock { $0.contains(sum) } } ?? false
        let packages = try directory.packages(
          of: path, repomd, by: stream.library, reading: reading && !isRead)
        if let primary { compared.withLock { _ = $0.insert(primary) } }
        return RepositoryScan(
          repomd: repomd, packages: packages,
          groups: documents.read("group") { try CompsReader.document(in: $0, of: $1) },
          advisories: documents.read("updateinfo") {
            try UpdateinfoReader.advisories(in: $0, of: $1)
          },
          modules: documents.read("modules") { try ModulesReader.document(in: $0, of: $1) })
      }
    }
    return TreeListing(
      tree: tree.name, path: tree.files.path, metadata: directory.path,
      repositories: Dictionary(zip(paths, results)) { first, _ in first })
  }
}

/// One repository as its metadata describes it.
struct RepositoryScan: Sendable {
  let repomd: Repomd
  let packages: [ListedPackage]
  /// Nil where there is no such document.
  let groups: Result<CompsDocument, ComposeError>?
  let advisories: Result<[ListedAdvisory], ComposeError>?
  let modules: Result<ModuleDocument, ComposeError>?
}

extension RepositoryDocuments {
  /// What `body` makes of the document `type`; nil where there is none.
  func read<Value>(
    _ type: String, _ body: (OpenedMetadata, String) throws -> Value
  ) -> Result<Value, ComposeError>? {
    guard repomd.records.contains(where: { $0.type == type }) else { return nil }
    return TreeScanner.attempt {
      guard let opened = try document(type) else {
        throw ComposeError(.badData, label, "it has no \(type)", remedy: "Compose again")
      }
      return try body(opened, "\(label)/\(type)")
    }
  }
}

/// Reads trees. A file that several trees or repositories link is read once.
struct TreeScanner {
  let stream: StreamContext
  private var known: [FileIdentity.Inode: Result<RPMFile, ComposeError>] = [:]
  private var hashed: [FileIdentity: Checksum] = [:]

  init(stream: StreamContext) {
    self.stream = stream
  }

  mutating func scan(_ tree: CheckedTree, _ listing: TreeListing) throws -> TreeScan {
    let directory = tree.files.tree
    let written = try tree.written?.walk() ?? []
    let replaced = Set(written.map(\.path))
    let found = try directory.walkAll().filter { !replaced.contains($0.path) }
    let present = found.filter { $0.status.kind != .directory }
    let entries = try present + arriving(tree, beside: present)
    stream.activity.begin("Reading \(directory.path)", total: entries.count, unit: "files")
    defer { stream.activity.end() }
    var rpms: [RelativePath: Result<RPMFile, ComposeError>] = [:]
    var checksums = try tree.written.map { try sums(of: written, in: $0) } ?? [:]
    // Kept for clients that have older metadata: files like any other.
    let unlisted = try tree.unlisted(stream)
    func isUnlisted(_ entry: Directory.TreeEntry) -> Bool {
      entry.status.kind == .file && unlisted.contains(entry.path)
    }
    stream.library.recall(
      entries.filter {
        $0.path.name.hasSuffix(".rpm") && known[$0.status.identity.file] == nil
      }.map(\.status))
    var others: [Directory.TreeEntry] = []
    for entry in entries {
      try Interruption.check(remaining: "checking \(tree.name)")
      stream.activity.advance(by: 1)
      if isUnlisted(entry) {
        checksums[entry.path] = try stream.library.contents(of: entry.status) {
          try directory.openFile(entry.path)
        }
      } else if let rpm = tree.files.arriving[entry.path] {
        rpms[entry.path] = .success(rpm)
      } else if entry.path.name.hasSuffix(".rpm") {
        rpms[entry.path] = read(entry, in: directory)
      } else if entry.status.kind == .file {
        others.append(entry)
      }
    }
    checksums.merge(try sums(of: others, in: directory)) { $1 }
    return TreeScan(
      tree: tree.name, path: directory.path,
      files: Dictionary((entries + written).map { ($0.path, $0.status) }) { $1 },
      modes: try directory.status().modeProblems.map { (nil, $0) }
        + found.flatMap { entry in entry.status.modeProblems.map { (entry.path, $0) } },
      rpms: rpms,
      checksums: checksums, repositories: listing.repositories)
  }

  /// SHA-256 of each file among `entries`; one that another tree has under a further name, and
  /// that nobody has touched since, is not read again.
  private mutating func sums(
    of entries: [Directory.TreeEntry], in directory: Directory
  ) throws -> [RelativePath: Checksum] {
    let files = entries.filter { $0.status.kind == .file }
    let hashed = hashed
    let sums = try Concurrently.map(files) { entry in
      try hashed[entry.status.identity] ?? directory.openFile(entry.path).sha256()
    }
    for (entry, sum) in zip(files, sums) { self.hashed[entry.status.identity] = sum }
    return Dictionary(zip(files.map(\.path), sums)) { $1 }
  }

  /// RPMs that the tree does not have yet. One that is there, left from an
  /// interrupted push, is read like any other.
  private func arriving(
    _ tree: CheckedTree, beside present: [Directory.TreeEntry]
  ) throws -> [Directory.TreeEntry] {
    let known = Set(present.map(\.path))
    let paths = tree.files.arriving.keys.filter { !known.contains($0) }.sorted()
    return try zip(paths, tree.files.statuses(of: paths)).compactMap { path, status in
      status.map { Directory.TreeEntry(path: path, status: $0) }
    }
  }

  private mutating func read(
    _ entry: Directory.TreeEntry, in directory: Directory
  ) -> Result<RPMFile, ComposeError> {
    let inode = entry.status.identity.file
    if let result = known[inode] { return result }
    let result = Self.attempt { try directory.rpm(entry, in: stream.library) }
    known[inode] = result
    return result
  }

  static func attempt<Value>(
    _ body: () throws -> Value
  ) -> Result<Value, ComposeError> {
    do {
      return .success(try body())
    } catch let error as ComposeError {
      return .failure(error)
    } catch {
      return .failure(
        ComposeError(.failed, "check", "\(error)", remedy: "Look at the tree, then check again"))
    }
  }
}
