import ArgumentParser
import ComposeTrees
import DurableFiles
import Foundation
import Glibc
import HeaderCache
import PackageLibrary
import RPMPackages
import ReleaseModel
import RepoMetadata

/// Parts of the program's work, each alone, for benchmarks that compare them
/// with what others do in a command of their own. Never installed.
@main struct ComposeParts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epel-compose-parts", subcommands: [Metadata.self, Note.self, Link.self])
}

/// What `createrepo_c` does.
struct Metadata: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write repodata of all RPMs below a directory.")

  @Argument var repository: String
  @Option(help: "Directory of the header cache.") var cache: String?
  @Option var changelogs = 10
  @Option var compression = "gz"
  @Flag var databases = false

  func run() throws {
    guard let compression = MetadataCompression(rawValue: compression) else {
      throw ValidationError("gz, xz or zstd")
    }
    let form = MetadataForm(
      compression: compression, changelogs: changelogs, hasDatabases: databases)
    let library = PackageLibrary(
      reader: RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*")),
      cache: cache.flatMap { HeaderCache.open(directory: $0, access: .writing) }, form: form)
    let root = try Directory.open(root: repository)
    let rpms = try root.walk().filter { $0.path.name.hasSuffix(".rpm") }
    let known = library.sha256(of: rpms.map(\.status))
    let sums = try Concurrently.map(
      Concurrently.shares(of: rpms.count, size: 64), threads: Concurrently.readers
    ) { share in
      try share.map { index in
        try known[index]
          ?? library.contents(of: rpms[index].status) { try root.openFile(rpms[index].path) }
      }
    }.joined()
    let parent = try Directory.open(root: repository + "/..")
    let name = try RelativePath.of(URL(fileURLWithPath: repository).lastPathComponent)
    var contents = TreeContents(repositories: [name])
    for (entry, sum) in zip(rpms, sums) { contents.repositories[name]?[entry.path] = sum }
    let metadata = RepositoryMetadata(
      tree: parent, library: library, form: form, activity: SilentActivity())
    let records = try metadata.write(contents)
    try metadata.publish(RepositoryIndexes(records, revision: Int(time(nil))))
  }
}

/// Brings the cache up to date with files whose contents it knows: what the
/// program does after it has made links, for trees that somebody else linked.
struct Note: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Note files of which the cache knows the contents.")

  @Argument var directory: String
  @Option(help: "Directory of the header cache.") var cache: String

  func run() throws {
    guard let cache = HeaderCache.open(directory: cache, access: .writing) else {
      throw ValidationError("no cache")
    }
    let root = try Directory.open(root: directory)
    let rpms = try root.walk().filter { $0.path.name.hasSuffix(".rpm") }
    let sums = try Concurrently.map(rpms) { try root.openFile($0.path).sha256() }
    let form = MetadataForm(compression: .gz, changelogs: 10)
    let library = PackageLibrary(
      reader: RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*")),
      cache: cache, form: form)
    for ((entry, sum), isKnown) in zip(zip(rpms, sums), library.knows(sums)) where isKnown {
      library.note(entry.status, sum)
    }
  }
}

/// What `cp -al` and `sync` do.
struct Link: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a durable tree of hard links.")

  @Argument var source: String
  @Argument var target: String

  func run() throws {
    let source = try Directory.open(root: source)
    let target = try Directory.create(root: target)
    // What is in the files is of no concern here.
    let names = try source.walk().map { (path: $0.path, checksum: Checksum(digest: [])) }
    try TreeLinker(source: source, target: target, activity: SilentActivity())
      .link(Manifest(files: names), verifying: false)
    try target.syncFileSystem()
  }
}
