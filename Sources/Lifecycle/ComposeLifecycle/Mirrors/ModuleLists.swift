import ComposePolicy
import ComposeStream
import Digests
import DurableFiles
import MirrorDocuments
import ReleaseModel

/// The lists of one module: those that are there, and those that a scan makes.
struct ModuleLists {
  let module: MirrorPolicy.Module
  let root: Directory
  let places: ModulePlaces
  /// Nil where there is none, or one that is cut off.
  let former: FileTimeList?
  /// Names that cannot be listed.
  private(set) var odd: [String] = []
  private(set) var list = FileTimeList()
  private(set) var digests: [String: FileDigests] = [:]

  /// A list is at most so large: 16 million entries.
  private static let limit = 1 << 31

  /// Reads the list that is there. Nil where the module's directory is not there yet.
  init?(_ module: MirrorPolicy.Module, in stream: StreamContext) throws {
    let path = stream.locations.prefix + module.path
    guard let root = try Directory.openIfPresent(root: path) else { return nil }
    self.module = module
    self.root = root
    places = ModulePlaces(of: module, stream.policy)
    former = try Self.former(of: module.name, in: root)
  }

  static func former(of module: ModuleName, in root: Directory) throws -> FileTimeList? {
    let name = try RelativePath.of(FileTimeList.name(of: module.description))
    guard try root.status(of: name)?.kind == .file else { return nil }
    return FileTimeList(bytes: try root.openFile(name).contents(limit: limit))
  }

  /// Reads the module, or the stream's part of it.
  mutating func scan() throws {
    var scan = ModuleScan(root, of: module.name)
    var listing: FileListing
    if module.scan == .trees, let former {
      listing = try scanTrees(beside: former, by: &scan)
    } else {
      listing = try scan.whole(like: former?.files)
    }
    digests = try IndexDigests(in: root).digests(of: scan.indexes, in: &listing, by: &scan)
    odd = scan.odd
    setList(listing)
  }

  /// Reads the feed once more, after something was added to it.
  mutating func scanFeed() throws {
    let path = try RelativePath.of(FeedNames.directory)
    var scan = ModuleScan(root, of: module.name)
    setList(list.files.without(path).merged(with: try scan.tree(path)))
  }

  private mutating func setList(_ listing: FileListing) {
    var list = FileTimeList(files: listing, digests: digests)
    if module.scan == .trees, let former {
      // What others have written of their own repositories.
      for (algorithm, checksums) in former.checksums {
        let foreign = checksums.filter { path, _ in
          !places.isOurs(path[...]) && listing.contains(path: path)
        }
        list.checksums[algorithm, default: [:]].merge(foreign) { own, _ in own }
      }
    }
    self.list = list
  }

  private func scanTrees(
    beside former: FileTimeList, by scan: inout ModuleScan
  ) throws -> FileListing {
    let found = try places.found(in: root)
    let above = Set(found.above.map(\.description))
    let foreign = former.files.filtered { bytes in
      let path = String(decoding: bytes, as: UTF8.self)
      return !above.contains(path) && !places.isOurs(path[...])
    }
    var own = FileListing()
    for path in found.above + places.links + places.statement {
      own = own.merged(with: try scan.entry(path))
    }
    let feed = try RelativePath.of(FeedNames.directory)
    for path in found.trees + [feed] { own = own.merged(with: try scan.tree(path)) }
    return foreign.merged(with: own)
  }
}
