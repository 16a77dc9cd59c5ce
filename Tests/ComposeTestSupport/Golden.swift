import Foundation
package import Testing

/// Compares text with a file that is kept in git and reviewed as a diff.
///
/// `UPDATE_GOLDEN=1` rewrites the files.
package enum Golden {
  /// - Parameter file: the test's own file; golden files lie beside it.
  package static func expect(
    _ text: String, matches name: String, file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let directory = URL(fileURLWithPath: file).deletingLastPathComponent().appending(path: "Golden")
    let golden = directory.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: golden)
      return
    }
    let expected = try String(decoding: Data(contentsOf: golden), as: UTF8.self)
    guard text != expected else { return }
    Issue.record(
      "differs from Golden/\(name) at \(firstDifference(text, expected))\n--- found\n\(text)",
      sourceLocation: sourceLocation)
  }

  private static func firstDifference(_ found: String, _ expected: String) -> String {
    let foundLines = found.split(separator: "\n", omittingEmptySubsequences: false)
    let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
    for index in 0..<max(foundLines.count, expectedLines.count) {
      let here = index < foundLines.count ? String(foundLines[index]) : "(end)"
      let there = index < expectedLines.count ? String(expectedLines[index]) : "(end)"
      if here != there { return "line \(index + 1): '\(here)', not '\(there)'" }
    }
    return "no line"
  }
}
