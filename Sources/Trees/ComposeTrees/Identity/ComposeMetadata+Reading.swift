import DurableFiles
import Foundation
import ReleaseModel

extension ComposeMetadata {
  /// Builds that `metadata/rpms.json` of the tree `directory` names: those that it lists.
  ///
  /// Throws `badData` where the document is none of ours.
  static func builds(in directory: Directory) throws -> Set<NVR> {
    let path = try RelativePath.of("metadata/rpms.json")
    let contents = try directory.openFile(path).contents(limit: 1 << 28)
    guard let document = try? JSONDecoder().decode(RPMs.self, from: Data(contents)) else {
      throw ComposeError(
        .badData, "\(directory.path)/\(path)", "it does not name builds",
        remedy: "Restore it from a mirror or backup")
    }
    return Set(
      document.payload.rpms.values.flatMap(\.values).flatMap(\.keys).compactMap { name in
        // name-epoch:version-release.src
        guard let match = name.wholeMatch(of: /(.+)-[0-9]+:([^-]+)-([^-]+)\.src/) else {
          return nil
        }
        return NVR(
          name: String(match.1), version: String(match.2), rpmRelease: String(match.3))
      })
  }

  /// What is read of the document: names by variant and architecture.
  private struct RPMs: Decodable {
    struct Payload: Decodable {
      let rpms: [String: [String: [String: Entry]]]
    }
    struct Entry: Decodable {
      init(from decoder: any Decoder) throws {}
    }
    let payload: Payload
  }
}
