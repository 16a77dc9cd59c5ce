import Foundation
package import Testing

/// What every command must hold, for the tests of one.
extension Installation {
  /// Runs a command, and compares what it prints with a golden file beside the
  /// test.
  package func expectScreen(
    _ arguments: [String], status: Int32 = 0, matches golden: String, file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try run(arguments)
    #expect(
      outcome.status == status, "\(arguments): \(outcome.errors)", sourceLocation: sourceLocation)
    try Golden.expect(
      normalized(outcome.output + (status == 0 ? "" : outcome.errors)), matches: golden,
      file: file, sourceLocation: sourceLocation)
  }

  /// The JSON that a command prints, whose keys `Docs/JSON.md` must name.
  package func json(
    _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    let text = try succeed(arguments + ["--format", "json"])
    let printed = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
      sourceLocation: sourceLocation)
    let unknown = Self.keys(of: printed).subtracting(try Self.documentedKeys()).sorted()
    #expect(
      unknown.isEmpty, "Docs/JSON.md lacks keys of \(arguments.joined(separator: " "))",
      sourceLocation: sourceLocation)
    return printed
  }

  /// Wrong input: ends with `status` and one sentence, and changes nothing.
  /// Returns the sentence.
  @discardableResult
  package func expectRefusal(
    _ arguments: [String], status: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let before = try snapshot()
    let outcome = try run(arguments)
    #expect(
      outcome.status == status, "\(arguments): \(outcome.errors)", sourceLocation: sourceLocation)
    #expect(try snapshot() == before, "\(arguments) has changed something")
    return outcome.errors
  }

  /// A command that may write nothing: no inode and no time below the root
  /// changes, and strace, where it can be used, sees no call that could change
  /// something.
  package func expectDryRun(
    _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try snapshot()
    if Shell.canTrace {
      #expect(try changes(arguments) == [], "\(arguments)", sourceLocation: sourceLocation)
    } else {
      try succeed(arguments)
    }
    #expect(try snapshot() == before, "\(arguments)", sourceLocation: sourceLocation)
  }

  /// Keys of all objects in `value`, but those of `links`, which are paths.
  private static func keys(of value: Any) -> Set<String> {
    if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys(of: $1)) } }
    guard let object = value as? [String: Any] else { return [] }
    return object.reduce(into: Set(object.keys)) { found, member in
      if member.key != "links" { found.formUnion(keys(of: member.value)) }
    }
  }

  /// Keys that `Docs/JSON.md` and the pages that it refers to name, without the marks of lists and of what
  /// may be left out.
  private static func documentedKeys() throws -> Set<String> {
    Set(
      try ["Docs/JSON.md", "Docs/Archive.md", "Docs/Testing.md", "Docs/EndOfLife.md"].flatMap {
        page in
        try DocumentationPage(page).codeSpans
      }.map { span in
        var key = span[...]
        for mark in ["?", "[]"] where key.hasSuffix(mark) { key = key.dropLast(mark.count) }
        return String(key)
      })
  }
}
