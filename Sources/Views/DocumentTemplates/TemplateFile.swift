import Foundation
import ReleaseModel

/// One file of `Templates`: data that release engineers may edit.
package struct TemplateFile: Sendable {
  /// Where it was found.
  package let path: String
  /// What it says.
  package let text: String

  /// Part of a file that was read before.
  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// Reads `name` below the first of `directories` that has it.
  ///
  /// Throws `noInput` where none has it, `badData` where it is not UTF-8.
  package init(_ name: String, in directories: [String]) throws {
    guard let path = Self.path(of: name, in: directories) else {
      throw ComposeError(
        .noInput, "template \(name)",
        "it is in none of \(directories.joined(separator: ", ").sanitizedForDisplay)",
        remedy: "Put Templates beside the directory of policies, or install epel-compose")
    }
    guard let text = String(validating: try SmallFile.contents(of: path), as: UTF8.self) else {
      throw ComposeError(
        .badData, path.sanitizedForDisplay, "it is not UTF-8 text", remedy: "Correct the file")
    }
    self.path = path
    self.text = text
  }

  /// Where `name` is; nil where no directory has it.
  package static func path(of name: String, in directories: [String]) -> String? {
    directories.map { "\($0)/\(name)" }.first { FileManager.default.isReadableFile(atPath: $0) }
  }
}
