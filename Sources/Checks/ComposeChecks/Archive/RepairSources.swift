package import ComposeStream
import ComposeTrees
package import DurableFiles
import ReleaseLedger
import ReleaseModel

/// Where sound copies of damaged files are: the stream's other trees first, then what somebody
/// names.
package struct RepairSources {
  /// A file that was read a moment ago, and is what it should be.
  package struct Sound {
    /// Open, so that no other file can take its place.
    package let file: VerifiedFile
    /// Whether it is in a tree of the stream: one file may have names in several of them.
    package let isOurs: Bool
    /// Where it is, for people.
    package let place: String
  }

  private let own: [Checksum: [(tree: Directory, path: RelativePath)]]
  private let other: TreePlace?
  private let stream: StreamContext

  /// - Parameters:
  ///   - damage: what copies are looked for.
  ///   - other: a root, or what takes its place, with the trees at the same paths; nil for the
  ///     stream's own trees alone.
  package init(
    for damage: [ArchiveVerification.Damage], and other: TreePlace?, in stream: StreamContext
  ) throws {
    let wanted = Set(damage.map(\.expected))
    var own: [Checksum: [(tree: Directory, path: RelativePath)]] = [:]
    for record in try stream.ledger.releases().flatMap(\.trees) {
      for root in [stream.locations.archive, stream.locations.public] {
        guard let tree = try Directory.openIfPresent(root: root)?.openIfPresent(record.name.path),
          let found = try? tree.manifest()
        else { continue }
        if wanted.contains(found.checksum) {
          own[found.checksum, default: []].append((tree, try RelativePath.of(Manifest.fileName)))
        }
        for (path, checksum) in found.manifest.sorted where wanted.contains(checksum) {
          own[checksum, default: []].append((tree, path))
        }
      }
    }
    self.own = own
    self.other = other
    self.stream = stream
  }

  /// Nil where no place has the file as it should be.
  ///
  /// Throws `unavailable` where a server gives no answer.
  package func sound(_ damage: ArchiveVerification.Damage) throws -> Sound? {
    for (tree, path) in own[damage.expected] ?? [] {
      try Interruption.check(remaining: "looking for sound copies")
      guard let file = try? tree.openFile(path),
        let verified = try? VerifiedFile(file, expecting: damage.expected)
      else { continue }
      return Sound(file: verified, isOurs: true, place: "\(tree.path)/\(path)")
    }
    guard let other else { return nil }
    let place = other.appending(damage.tree.path)
    guard let file = try place.file(at: damage.path) else { return nil }
    guard let verified = try? VerifiedFile(file, expecting: damage.expected) else {
      stream.activity.note("\(place.name)/\(damage.path) is not what was recorded either")
      return nil
    }
    return Sound(file: verified, isOurs: false, place: "\(place.name)/\(damage.path)")
  }
}
