import Foundation
package import ReleaseModel

/// The advisories that lie in a directory, written by hand or by a program.
///
/// Files end in `.yaml`, `.yml` or `.json` and have one advisory, a mapping, or
/// a list of them. Other files and hidden ones are left alone. What a file may
/// say is in ``AdvisoryKeys``.
package struct AdvisoryDirectory: Hashable, Sendable {
  /// Path of the directory, for messages.
  package let directory: String
  /// In the order of file names, by bytes, and within a file as they stand.
  package let advisories: [Advisory]

  /// Reads all files of `directory`.
  ///
  /// Throws `noInput` when the directory is not there, and `badData` with file
  /// and line for the first mistake: were a wrong file skipped, nobody would
  /// notice that its advisories are missing.
  package init(directory: String) throws {
    var advisories: [Advisory] = []
    var places: [String: String] = [:]
    for name in try Self.names(in: directory) {
      let file = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
      let nodes = try AdvisoryNode.advisories(text: AdvisoryFile.text(of: file), file: file)
      for node in nodes {
        let advisory = try Advisory(node)
        if let other = places.updateValue(node.place, forKey: advisory.id) {
          throw node.problem(
            "the advisory '\(advisory.id)' is there twice: \(other) has it, too",
            remedy: "Give each an id of its own, or remove one")
        }
        advisories.append(advisory)
      }
    }
    self.directory = directory
    self.advisories = advisories
  }

  /// Whether a file of this name is read.
  private static func isRead(_ name: String) -> Bool {
    !name.hasPrefix(".") && [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
  }

  private static func names(in directory: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: directory).filter(isRead)
        .sorted { $0.precedesByBytes($1) }
    } catch {
      var isDirectory: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory)
      let isClosed = exists && isDirectory.boolValue
      let cause =
        isClosed
        ? "it may not be read"
        : exists ? "it is not a directory" : "there is no such directory of advisories"
      throw ComposeError(
        isClosed ? .permission : .noInput, directory.sanitizedForDisplay, cause,
        remedy: isClosed ? "Correct its owner or mode" : "Create it, or correct the path")
    }
  }
}
