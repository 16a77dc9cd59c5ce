import ComposePlanning
import DurableFiles
import RPMPackages
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
  /// RPMs by path below the tree.
  let rpms: [RelativePath: Result<RPMFile, ComposeError>]
  /// SHA-256 of the other files.
  let checksums: [RelativePath: Checksum]
  let repositories: [RelativePath: Result<RepositoryScan, ComposeError>]
}

/// One repository as its metadata describes it.
struct RepositoryScan {
  let repomd: Repomd
  let packages: [ListedPackage]
}

/// Reads trees. An RPM that several trees or repositories link is read once.
struct TreeScanner {
  let site: Site
  private var known: [Inode: Result<RPMFile, ComposeError>] = [:]

  private struct Inode: Hashable {
    let device: UInt
    let inode: UInt
  }

  init(site: Site) {
    self.site = site
  }

  mutating func scan(_ tree: TreeRecord) throws -> TreeScan {
    let directory = try site.locations.open(tree)
    let entries = try directory.walk()
    site.activity.begin("Reading \(directory.path)", total: entries.count, unit: "files")
    defer { site.activity.end() }
    var rpms: [RelativePath: Result<RPMFile, ComposeError>] = [:]
    var checksums: [RelativePath: Checksum] = [:]
    for entry in entries {
      try Interruption.check(remaining: "checking \(tree.name)")
      site.activity.advance(by: 1)
      if entry.path.name.hasSuffix(".rpm") {
        rpms[entry.path] = read(entry, in: directory)
      } else if entry.status.kind == .file {
        checksums[entry.path] = try directory.openFile(entry.path).sha256()
      }
    }
    var repositories: [RelativePath: Result<RepositoryScan, ComposeError>] = [:]
    let known = try? directory.manifest().manifest.repositories
    for repository in known ?? RepositoryAssignment(policy: site.policy).paths {
      repositories[repository] = Self.repository(repository, in: directory)
    }
    return TreeScan(
      tree: tree.name, path: directory.path,
      files: Dictionary(uniqueKeysWithValues: entries.map { ($0.path, $0.status) }), rpms: rpms,
      checksums: checksums, repositories: repositories)
  }

  private mutating func read(
    _ entry: Directory.TreeEntry, in directory: Directory
  ) -> Result<RPMFile, ComposeError> {
    let inode = Inode(device: entry.status.device, inode: entry.status.inode)
    if let result = known[inode] { return result }
    let result = Self.attempt { try directory.rpm(entry.path, by: site.reader) }
    known[inode] = result
    return result
  }

  private static func repository(
    _ repository: RelativePath, in directory: Directory
  ) -> Result<RepositoryScan, ComposeError> {
    attempt {
      let repomd = try directory.repomd(of: repository)
      return RepositoryScan(
        repomd: repomd, packages: try directory.packages(of: repository, repomd))
    }
  }

  private static func attempt<Value>(
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
