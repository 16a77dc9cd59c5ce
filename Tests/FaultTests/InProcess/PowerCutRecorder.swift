import DurableFiles
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel
import TestRandom
import Testing

/// Follows the calls of a command, and keeps what a power cut at each of them
/// could leave on the disk.
///
/// The ledger is durable whenever a commit returns, and its commits flush
/// nothing else: it is on a file system of its own. Elsewhere an fsync of the
/// ledger would flush the journal of the trees' file system by the way, and
/// hide what is missing.
final class PowerCutRecorder: MutationObserver, CommitObserver {
  /// A bug on purpose.
  enum Omission: String, CaseIterable, CustomTestStringConvertible {
    case syncFile, syncDirectory, syncFileSystem
    /// The commit that opens an operation.
    case openingRecord
    /// The commit that closes it.
    case closingRecord

    var testDescription: String { rawValue }
  }

  private struct State {
    var model = DiskModel()
    var nodes: [Inode: DiskImage.Node] = [:]
    /// Files with contents that were not flushed, with a descriptor to read.
    var dirty: [DiskImage.Node: Int32] = [:]
    var images: Set<DiskImage> = []
    var moments: [Moment] = []
    var calls = 0
    var commits = 0
    /// What is being renamed.
    var moving: DiskImage.Node?
    var isLeavingOut = false
    var isDead = false
    var generator = SeededRandom(state: 7)
  }

  /// A disk that a power cut could have left.
  struct Moment {
    let image: DiskImage
    let description: String
    /// Whether the command had ended: then all of it must be there.
    let isAfterTheEnd: Bool
  }

  private struct Inode: Hashable {
    let device: UInt
    let inode: UInt

    init?(descriptor: Int32) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { return nil }
      (device, inode) = (UInt(status.st_dev), UInt(status.st_ino))
    }

    init?(name: String, in directory: Int32) {
      var status = stat()
      guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
      (device, inode) = (UInt(status.st_dev), UInt(status.st_ino))
    }
  }

  /// The directory that images are written from and to.
  let root: DiskImage.Node
  private let ledgerFile: String
  private let omission: Omission?
  /// The call before which the process dies; nil: it lives.
  private let death: Int?
  private let state = Guarded(State())

  /// - Parameters:
  ///   - path: the directory that is followed; what is in it is durable.
  ///   - ledgerFile: path of the ledger in it.
  init(
    following path: String, ledgerFile: String, omission: Omission? = nil, death: Int? = nil
  ) throws {
    self.ledgerFile = ledgerFile
    self.omission = omission
    self.death = death
    var first = State()
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw POSIXError(.ENOENT) }
    defer { close(directory) }
    root = try Self.scan(directory, &first)
    first.model.flush(nil)
    first.model.setLedger(try Self.contents(ofFile: ledgerFile))
    state.withLock { $0 = first }
  }

  deinit { state.withLock { for file in $0.dirty.values { close(file) } } }

  /// Runs `body` while its calls are followed.
  func during(_ body: () async throws -> Void) async throws {
    try await FaultPoint.$observer.withValue(self) {
      try await CommitPoint.$observer.withValue(self, operation: body)
    }
    state.withLock { state in
      for image in state.model.images(using: &state.generator) {
        state.moments.append(
          Moment(image: image, description: "power cut after the end", isAfterTheEnd: true))
      }
    }
  }

  /// How many calls and commits were made.
  var calls: Int { state.withLock { $0.calls } }

  /// A new process: what the dead one left in memory is still to be flushed.
  /// Only what comes now is kept.
  func revive() {
    state.withLock { state in
      state.isDead = false
      state.images = []
      state.moments = []
    }
  }

  /// What a power cut could have left, each once for every kind of moment.
  var moments: [Moment] { state.withLock { $0.moments } }

  // MARK: Following

  func fault(before mutation: Mutation) -> Fault? {
    state.withLock { state in
      guard Self.step("\(mutation)".prefix { $0 != "(" }, &state, death) else {
        return .error(EIO)
      }
      switch (mutation, omission) {
      case (.syncFile, .syncFile), (.syncDirectory, .syncDirectory),
        (.syncFileSystem, .syncFileSystem):
        return .leftOut
      case (.rename(let from, _, _), _):
        // Afterwards the old name says nothing any more.
        state.moving = Inode(name: from.name, in: from.directory).flatMap { state.nodes[$0] }
        return nil
      default: return nil
      }
    }
  }

  /// Keeps what a power cut now would leave; false where the process is dead.
  private static func step(_ call: some StringProtocol, _ state: inout State, _ death: Int?) -> Bool
  {
    if state.isDead { return false }
    state.calls += 1
    if state.calls == death {
      state.isDead = true
      return false
    }
    for image in state.model.images(using: &state.generator)
    where state.images.insert(image).inserted {
      state.moments.append(
        Moment(
          image: image, description: "power cut before call \(state.calls), \(call)",
          isAfterTheEnd: false))
    }
    return true
  }

  func made(_ mutation: Mutation, result: Int32) {
    state.withLock { state in
      switch mutation {
      case .makeDirectory(let parent, let name):
        let node = Self.newNode(name, in: parent, &state)
        state.model.addDirectory(node)
        Self.change(parent, name, node, &state)
      case .createFile(let parent, let name):
        let node = Self.newNode(name, in: parent, &state)
        state.dirty[node] = open("/proc/self/fd/\(result)", O_RDONLY | O_CLOEXEC)
        Self.change(parent, name, node, &state)
      case .link(let file, let parent, let name):
        let node = Inode(descriptor: file).flatMap { state.nodes[$0] } ?? Self.adopt(file, &state)
        Self.change(parent, name, node, &state)
      case .linkName(let from, let to):
        var node = Inode(name: from.name, in: from.directory).flatMap { state.nodes[$0] }
        if node == nil {
          let file = openat(from.directory, from.name, O_RDONLY | O_CLOEXEC)
          node = Self.adopt(file, &state)
          close(file)
        }
        if let node { Self.change(to.directory, to.name, node, &state) }
      case .makeLink(let parent, let name, let target):
        let node = Self.newNode(name, in: parent, &state)
        state.model.addLink(node, to: target)
        Self.change(parent, name, node, &state)
      case .syncFile(let file):
        if let node = Inode(descriptor: file).flatMap({ state.nodes[$0] }) {
          Self.flush(node, &state)
        }
      case .syncDirectory(let directory):
        if let node = Inode(descriptor: directory).flatMap({ state.nodes[$0] }) {
          state.model.flush(node)
        }
      case .syncFileSystem:
        state.model.flush(nil)
        for node in state.dirty.keys { Self.flush(node, &state) }
      case .rename(let from, let to, _): Self.rename(from, to, &state)
      case .removeFile(let parent, let name), .removeDirectory(let parent, let name):
        Self.change(parent, name, nil, &state)
      case .write, .copy, .setModified, .setLinkTime, .setMode, .truncate, .openLock: break
      }
    }
  }

  func willCommit() throws -> Bool {
    let (isAlive, isMade) = state.withLock { state in
      guard Self.step("commit", &state, death) else { return (false, false) }
      state.commits += 1
      state.isLeavingOut =
        omission == .openingRecord && state.commits == 1
        || omission == .closingRecord && state.commits > 1
      return (true, !state.isLeavingOut)
    }
    guard isAlive else {
      throw ComposeError(systemError: EIO, doing: "writing", path: "ledger")
    }
    return isMade
  }

  func didCommit() {
    state.withLock { state in
      if state.isLeavingOut { return }
      if let contents = try? Self.contents(ofFile: ledgerFile) { state.model.setLedger(contents) }
    }
  }

  // MARK: Nodes

  private static func newNode(
    _ name: String, in directory: Int32, _ state: inout State
  ) -> DiskImage.Node {
    let node = state.model.makeNode()
    // An inode's number is used again once it is free.
    if let inode = Inode(name: name, in: directory) { state.nodes[inode] = node }
    return node
  }

  private static func change(
    _ directory: Int32, _ name: String, _ node: DiskImage.Node?, _ state: inout State
  ) {
    guard let parent = Inode(descriptor: directory).flatMap({ state.nodes[$0] }) else { return }
    state.model.change([(parent, name, node)])
  }

  private static func rename(_ from: Mutation.Name, _ to: Mutation.Name, _ state: inout State) {
    guard let moved = state.moving,
      let source = Inode(descriptor: from.directory).flatMap({ state.nodes[$0] }),
      let target = Inode(descriptor: to.directory).flatMap({ state.nodes[$0] })
    else { return }
    state.model.change([(source, from.name, nil), (target, to.name, moved)])
  }

  /// A file from elsewhere, the pool, which is durable.
  private static func adopt(_ file: Int32, _ state: inout State) -> DiskImage.Node {
    let node = state.model.makeNode()
    if let inode = Inode(descriptor: file) { state.nodes[inode] = node }
    if let contents = contents(of: file) { state.model.setContents(contents, of: node) }
    return node
  }

  private static func flush(_ node: DiskImage.Node, _ state: inout State) {
    guard let file = state.dirty[node], let contents = contents(of: file) else { return }
    state.model.setContents(contents, of: node)
    // It stays open: a file may be written again after its fsync.
  }

  private static func scan(_ directory: Int32, _ state: inout State) throws -> DiskImage.Node {
    let node = state.model.makeNode()
    if let inode = Inode(descriptor: directory) { state.nodes[inode] = node }
    state.model.addDirectory(node)
    let path = "/proc/self/fd/\(directory)"
    for name in try FileManager.default.contentsOfDirectory(atPath: path)
    where !name.contains(".sqlite") {
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(path)/\(name)")
      {
        let link = newNode(name, in: directory, &state)
        state.model.addLink(link, to: target)
        state.model.change([(node, name, link)])
        continue
      }
      let child = openat(directory, name, O_RDONLY | O_CLOEXEC)
      guard child >= 0 else { throw POSIXError(.EACCES) }
      defer { close(child) }
      var status = stat()
      fstat(child, &status)
      let isDirectory = status.st_mode & S_IFMT == S_IFDIR
      let known = Inode(descriptor: child).flatMap { state.nodes[$0] }
      let found = try known ?? (isDirectory ? scan(child, &state) : adopt(child, &state))
      state.model.change([(node, name, found)])
    }
    return node
  }

  private static func contents(of file: Int32) -> DiskImage.File? {
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    let count = pread(file, &bytes, bytes.count, 0)
    return DiskImage.File(
      contents: Data(bytes.prefix(max(0, count))), modified: Int(status.st_mtim.tv_sec))
  }

  private static func contents(ofFile path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }
}
