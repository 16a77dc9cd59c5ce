/// A configuration file as Python's `configparser` reads it, which is what
/// the `koji` command uses: sections, `key = value` or `key: value`, lines
/// that go on where they are indented, comments on lines of their own, values
/// of `DEFAULT` in every section, `%(key)s` for another value.
struct INIFile {
  /// Section to key (lower case) to raw value.
  private var sections: [String: [String: String]] = [:]

  /// Adds what `text` says; later values replace earlier ones. Returns the
  /// number of the first line that means nothing, or nil.
  mutating func add(_ text: String) -> Int? {
    var section: String?
    var key: String?
    for (index, rawLine) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let line = rawLine.trimmed
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if rawLine.first?.isWhitespace == true, let section, let key {
        sections[section]?[key]? += "\n" + line
      } else if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
        let name = String(line[line.index(after: line.startIndex)..<end])
        sections[name, default: [:]] = sections[name] ?? [:]
        section = name
        key = nil
      } else if let section, let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" }) {
        let name = line[..<mark].trimmed.lowercased()
        sections[section]?[name] = line[line.index(after: mark)...].trimmed
        key = name
      } else {
        return index + 1
      }
    }
    return nil
  }

  /// The values of a section, with those of `DEFAULT`; nil where there is no
  /// such section.
  func values(of section: String) -> [String: String]? {
    guard let own = sections[section], section != "DEFAULT" else { return nil }
    let all = (sections["DEFAULT"] ?? [:]).merging(own) { $1 }
    return all.mapValues { value in
      var rest = Self.replacements
      return Self.interpolated(value, all, depth: 0, &rest)
    }
  }

  /// How many `%(key)s` of one value are replaced, those in what replaces them
  /// included: ten levels of ten each would never end.
  private static let replacements = 1000
  /// Bytes of the longest value.
  private static let longest = 1 << 16

  /// `value` with `%(key)s` replaced and `%%` as `%`.
  private static func interpolated(
    _ value: String, _ all: [String: String], depth: Int, _ replacements: inout Int
  ) -> String {
    guard value.contains("%"), depth < 10 else { return value }
    var result = ""
    var mayEnd = true
    var rest = value[...]
    while let mark = rest.firstIndex(of: "%") {
      result += rest[..<mark]
      rest = rest[rest.index(after: mark)...]
      if rest.hasPrefix("%") {
        result += "%"
        rest = rest.dropFirst()
      } else if mayEnd, rest.hasPrefix("("), replacements > 0, result.utf8.count < longest {
        guard let end = rest.firstRange(of: ")s") else {
          mayEnd = false
          result += "%"
          continue
        }
        replacements -= 1
        let name = rest[rest.index(after: rest.startIndex)..<end.lowerBound].lowercased()
        result += interpolated(all[name] ?? "", all, depth: depth + 1, &replacements)
        rest = rest[end.upperBound...]
      } else {
        result += "%"
      }
    }
    return result + rest
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
