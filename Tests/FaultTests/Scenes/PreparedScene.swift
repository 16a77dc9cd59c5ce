import ComposeStage
import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// The stream of a scene at its beginning: made once for all tests of a run,
/// and copied by each of them.
final class PreparedScene: Sendable {
  /// The stream's root; nobody changes what is in it.
  let original: String
  /// Time of the stream's clock, seconds since 1970.
  let now: Int
  private let scratch: TemporaryDirectory
  private let pool: String
  private let listing: [String: String]

  static func of(_ scene: Scene) async throws -> PreparedScene {
    try await Store.shared.prepared(scene)
  }

  /// Makes each scene once, however many tests ask for it at the same time.
  private actor Store {
    static let shared = Store()
    private var scenes: [String: Task<PreparedScene, any Error>] = [:]

    func prepared(_ scene: Scene) async throws -> PreparedScene {
      let name = scene.testDescription
      let task = scenes[name] ?? Task { try await PreparedScene(scene) }
      scenes[name] = task
      return try await task.value
    }
  }

  private init(_ scene: Scene) async throws {
    scratch = try TemporaryDirectory.inMemory()
    scratch.removeAtExit()
    let stage = try Stage(
      small: scratch, grace: scene.grace, metadata: scene.metadata(),
      hasMinors: scene.hasMinors, hasTesting: scene.hasTesting)
    // The program, which goes on from here, has the clock of the machine.
    stage.now = time(nil)
    now = stage.now
    try await scene.prepare(stage)
    // As the program leaves it, which takes the lock first.
    try scratch.write("", to: "root/var/lib/epel-compose/epel-7.lock")
    pool = stage.pool
    original = scratch.path("original")
    // Files of their own: names that appear and go change the time of an
    // inode, and RPMs of the pool are known by it.
    try Shell.check("cp", ["-a", stage.root, original])
    listing = Listing.of(original)
  }

  /// Puts the pool's files into the directory `target`.
  func copyPool(to target: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: pool) {
      try FileManager.default.copyItem(atPath: "\(pool)/\(name)", toPath: "\(target)/\(name)")
    }
  }

  /// Makes `root` what the stream was, in place of what is there. Its files
  /// are those of ``original``, on the same file system.
  func restore(_ root: String) throws {
    try LinkedCopy.remove(root)
    try LinkedCopy.make(of: original, at: root)
  }

  /// A stream of its own for the built program, at the beginning of `scene`.
  ///
  /// - Parameter directory: where; its files are copies, for tests that damage
  ///   them.
  static func installation(
    of scene: Scene, in directory: TemporaryDirectory
  ) async throws -> Installation {
    let prepared = try await of(scene)
    let installation = try Installation(
      small: directory, grace: scene.grace, metadata: scene.metadata(),
      hasMinors: scene.hasMinors, hasTesting: scene.hasTesting)
    try prepared.copyPool(to: installation.pool)
    try Shell.check("cp", ["-a", prepared.original, installation.root])
    return installation
  }

  /// What somebody has changed in a file that all tests share: neither the
  /// program nor a test may write into a file that has a name in a tree.
  func changes() -> [String] { Listing.differences(Listing.of(original), listing) }
}
