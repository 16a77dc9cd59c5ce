import ComposePolicy
import ComposeStream
import Digests
import DurableFiles
import MirrorDocuments
import ReleaseModel
import RepoMetadata

/// The change feed of one module: `changes/` in its directory. Docs/Mirrors.md, "Change feed",
/// has the form and what readers do with it.
///
/// A document is three files, written in this order: its paths, itself, and the head, which
/// names the newest. A document whose paths alone are there, because somebody was interrupted, is
/// finished first: so no serial is missing, and none is used twice.
struct ChangeFeed {
  let stream: StreamContext
  let lists: ModuleLists
  /// Serial that the ledger has of this module.
  let recorded: Int
  /// What changed the trees, such as `promote 7.07.201908`.
  let cause: String

  /// For how long documents stay, in seconds: 400 days. The newest stay longer.
  private static let age = 400 * 86_400
  private static let least = 100

  private var root: Directory { lists.root }
  private var name: ModuleName { lists.module.name }

  /// Serials that are there.
  private struct State {
    var head: FeedHead?
    var documents: Set<Int> = []
    var paths: Set<Int> = []

    var newest: Int { max(documents.max() ?? 0, paths.max() ?? 0) }

    /// Whether every document that readers may ask for is there with its paths; of the newest,
    /// paths alone will do.
    var isComplete: Bool {
      let oldest = max(1, head?.oldest ?? documents.min() ?? 1)
      return stride(from: oldest, through: newest, by: 1).allSatisfy {
        paths.contains($0) && (documents.contains($0) || $0 == newest)
      }
    }
  }

  /// Whether a module has a feed already: then every stream that writes its lists goes on with
  /// it.
  static func isThere(in root: Directory) throws -> Bool {
    try root.status(of: headPath())?.kind == .file
  }

  private static func headPath() throws -> RelativePath {
    try RelativePath.of("\(FeedNames.directory)/\(FeedNames.head)")
  }

  /// Writes what the list that is there does not say yet. Returns the serial of the newest
  /// document.
  func publish() throws -> Int {
    let directory = try root.makeDirectories(RelativePath.of(FeedNames.directory))
    var state = try read(directory)
    let now = lists.list.files
    var (base, isWhole) = try base(state, in: directory)
    if isWhole, let newest = state.paths.max(), !state.documents.contains(newest) {
      try finish(newest, leadingTo: base, in: directory)
      state.documents.insert(newest)
    }
    let difference = ListDifference(from: base, to: now, outside: FeedNames.directory)
    base = FileListing()
    let before = max(state.newest, state.head?.serial ?? 0, recorded)
    var serial = before
    if !difference.isEmpty || !isWhole {
      serial = before + 1
      try write(difference, as: serial, leadingTo: now, in: directory)
      state.documents.insert(serial)
    }
    try settle(state, serial: serial, isWhole: isWhole, in: directory)
    return serial
  }

  private func read(_ directory: Directory) throws -> State {
    var state = State()
    for name in try directory.names(skippingOdd: true) {
      if name == FeedNames.head {
        state.head = FeedHead(
          bytes: try directory.openFile(RelativePath.of(name)).contents(limit: 1 << 16))
      } else if let (serial, hasPaths) = FeedNames.serial(of: name) {
        if hasPaths { state.paths.insert(serial) } else { state.documents.insert(serial) }
      }
    }
    return state
  }

  /// What readers have who read all documents, and whether that is known: not where documents
  /// are missing, or where somebody else has written the list since.
  private func base(
    _ state: State, in directory: Directory
  ) throws -> (FileListing, isWhole: Bool) {
    var listing = lists.former?.files ?? FileListing()
    let listed = lists.former.map { Self.newest(in: $0.files) } ?? 0
    guard state.isComplete, recorded <= state.newest,
      (state.head?.serial ?? 0) <= state.newest, listed <= state.newest,
      try leads(listed, to: listing, in: directory, state)
    else { return (listing, false) }
    let start = listing
    for serial in stride(from: listed + 1, through: state.newest, by: 1) {
      guard state.paths.contains(serial),
        let difference = try? paths(of: serial, in: directory)
      else { return (start, false) }
      listing = difference.applied(to: listing)
      guard try leads(serial, to: listing, in: directory, state) else { return (start, false) }
    }
    return (listing, true)
  }

  /// Whether the document `serial`, if it is there, says that it leads to `listing`.
  private func leads(
    _ serial: Int, to listing: FileListing, in directory: Directory, _ state: State
  ) throws -> Bool {
    // The last may have paths alone.
    guard state.documents.contains(serial) else { return serial == 0 || serial == state.newest }
    let file = try directory.openFile(RelativePath.of(FeedNames.document(serial)))
    return FeedDocument(bytes: try file.contents(limit: 1 << 26))?.list == Self.digest(listing)
  }

  /// The newest document that a list has; 0 for none.
  private static func newest(in listing: FileListing) -> Int {
    var newest = 0
    let prefix = Array("\(FeedNames.directory)/".utf8)
    listing.forEachPath { path in
      guard path.starts(with: prefix) else { return }
      let name = String(decoding: path.dropFirst(prefix.count), as: UTF8.self)
      if let (serial, hasPaths) = FeedNames.serial(of: name), !hasPaths {
        newest = max(newest, serial)
      }
    }
    return newest
  }

  private func paths(of serial: Int, in directory: Directory) throws -> ListDifference {
    let file = try directory.openFile(RelativePath.of(FeedNames.paths(serial)))
    let text = try file.withDescriptor {
      try GzipDocument.contents(of: file.path, openedAs: $0)
    }
    guard let difference = ListDifference(text: text) else {
      throw ComposeError(
        .badData, file.path.sanitizedForDisplay, "it is not of the change feed",
        remedy: "Remove it")
    }
    return difference
  }

  private static func digest(_ listing: FileListing) -> String {
    let digest = MessageDigest()
    listing.forEachPiece(outside: FeedNames.directory) { digest.update($0) }
    return digest.checksum().hex
  }

  private func write(
    _ difference: ListDifference, as serial: Int, leadingTo listing: FileListing,
    in directory: Directory
  ) throws {
    try directory.replaceFile(
      RelativePath.of(FeedNames.paths(serial)), with: GzipDocument.compressed(difference.text))
    try write(document(difference, serial, leadingTo: listing), in: directory)
  }

  /// Writes the document whose paths are there.
  private func finish(
    _ serial: Int, leadingTo listing: FileListing, in directory: Directory
  ) throws {
    let difference = try paths(of: serial, in: directory)
    try write(document(difference, serial, leadingTo: listing), in: directory)
  }

  private func write(_ document: FeedDocument, in directory: Directory) throws {
    try directory.replaceFile(
      RelativePath.of(FeedNames.document(document.serial)), with: document.bytes())
  }

  private func document(
    _ difference: ListDifference, _ serial: Int, leadingTo listing: FileListing
  ) throws -> FeedDocument {
    let rows = difference.rows
    var links: [String: String] = [:]
    for row in rows where row.type.hasPrefix("l") {
      guard let path = RelativePath(row.path) else { continue }
      links[row.path] = try root.linkTarget(of: path)
    }
    // `promote 7.07.201908`; other causes are commands alone.
    let words = cause.split(separator: " ").map(String.init)
    let release = words.count == 2 && (try? ReleaseID(words[1])) != nil ? words[1] : nil
    return FeedDocument(
      module: name, serial: serial, time: stream.time.now, stream: stream.policy.stream,
      command: release == nil ? cause : words[0], release: release, links: links,
      repositories: rows.compactMap(repository), difference: difference,
      list: Self.digest(listing))
  }

  /// The repository of a row of repomd.xml; nil for other rows, and for one whose contents are
  /// as before: a further hard link changes times alone.
  private func repository(_ row: FileListing.Row) -> FeedDocument.Repository? {
    guard let path = RelativePath(row.path), path.name == "repomd.xml",
      let repository = path.parent?.parent, let digests = lists.digests[row.path],
      lists.former?.checksums[.sha256]?[row.path] != digests.sha256
    else { return nil }
    let repomd = try? root.openFile(path).withDescriptor {
      try Repomd(path: row.path, openedAs: $0, by: .others)
    }
    return FeedDocument.Repository(
      path: repository.description, sha256: digests.sha256, size: row.size,
      timestamp: repomd?.timestamp ?? 0)
  }

  /// Brings the head up to date, then removes documents that are too old.
  private func settle(
    _ state: State, serial: Int, isWhole: Bool, in directory: Directory
  ) throws {
    let documents = state.documents.sorted()
    let limit = stream.time.now.subtractingClamped(Self.age)
    let old = try documents.dropLast(Self.least).prefix { serial in
      let path = try RelativePath.of(FeedNames.document(serial))
      return try directory.status(of: path).map { $0.modified < limit } ?? true
    }
    let kept = documents.dropFirst(old.count).first ?? serial
    let oldest = isWhole ? max(kept, state.head?.oldest ?? 0) : serial
    if state.head?.serial != serial || state.head?.oldest != oldest {
      let head = FeedHead(module: name, serial: serial, oldest: oldest, time: stream.time.now)
      try directory.replaceFile(RelativePath.of(FeedNames.head), with: head.bytes())
    }
    // Nobody who follows the head needs them.
    for serial in old {
      try directory.removeFile(FeedNames.document(serial))
      try directory.removeFile(FeedNames.paths(serial))
    }
  }
}
