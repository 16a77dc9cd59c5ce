import Foundation
import ReleaseModel

/// Where the name of a server stands in the path of its log: parts of a path from the right
/// or the left, of which one holds `{server}`; `*` and `?` stand for what may be anything.
package struct ServerPattern: Sendable {
  private struct Part {
    let before: String
    let after: String
    let hasServer: Bool

    func server(in text: String) -> String? {
      guard text.utf8.count > 0 else { return nil }
      guard hasServer else { return GlobPattern(before).matches(text) ? "" : nil }
      // The shortest name that leaves the rest to match.
      let scalars = Array(text.unicodeScalars)
      for start in 0..<scalars.count {
        guard GlobPattern(before).matches(Self.text(scalars[..<start])) else { continue }
        for end in (start + 1)...scalars.count {
          guard GlobPattern(after).matches(Self.text(scalars[end...])) else { continue }
          return Self.text(scalars[start..<end])
        }
      }
      return nil
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
      String(String.UnicodeScalarView(scalars))
    }
  }

  private let parts: [Part]

  private static let mark = "{server}"

  /// Throws `usage` where `{server}` is not there exactly once.
  package init(_ text: String) throws {
    let words = text.split(separator: "/").filter { $0 != "…" && $0 != "..." }.map(String.init)
    guard text.components(separatedBy: Self.mark).count == 2 else {
      throw ComposeError(
        .usage, "--server \(text.sanitizedForDisplay)", "it does not have {server} exactly once",
        remedy: "Write it as in --server '{server}/access.log' or --server '{server}.log'")
    }
    parts = words.map(Self.part)
  }

  private init(parts: [Part]) { self.parts = parts }

  private static func part(_ word: String) -> Part {
    let pieces = word.components(separatedBy: mark)
    return pieces.count == 2
      ? Part(before: pieces[0], after: pieces[1], hasServer: true)
      : Part(before: word, after: "", hasServer: false)
  }

  /// `{server}/YYYY/MM/DD/…`, as log hosts keep them.
  package static let byDate = ServerPattern(
    parts: ["{server}", "[year]", "[two]", "[two]"].map(part))

  /// The name in `path`; nil where the path is not as the pattern says.
  package func server(in path: String) -> String? {
    let words = path.split(separator: "/").map(String.init).filter { $0 != "." }
    guard words.count >= parts.count else { return nil }
    // From the right: what is nearer to the file counts.
    for start in stride(from: words.count - parts.count, through: 0, by: -1) {
      var name: String?
      let fits = parts.enumerated().allSatisfy { index, part in
        let word = words[start + index]
        switch part.before {
        case "[year]": return word.utf8.count == 4 && Self.isNumber(word)
        case "[two]": return word.utf8.count == 2 && Self.isNumber(word)
        default: break
        }
        guard let found = part.server(in: word) else { return false }
        if part.hasServer { name = found }
        return true
      }
      if fits, let name, !name.isEmpty { return name }
    }
    return nil
  }

  private static func isNumber(_ word: String) -> Bool {
    word.utf8.allSatisfy { (48...57).contains($0) }
  }

  /// The name of a file up to `-access` or the first dot.
  package static func ofFile(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let short =
      name.range(of: "-access").map { String(name[..<$0.lowerBound]) }
      ?? String(name.prefix { $0 != "." })
    return short.isEmpty ? name : short
  }
}
