import Foundation
import ReleaseModel

/// What the command line says, whether or not it can be parsed: errors come before that, too.
enum Invocation {
  private static let words: [String] = CommandLine.arguments.dropFirst().prefix { $0 != "--" }

  /// Every value of an option such as `--root`.
  static func values(of option: String) -> [String] {
    zip(words, words.dropFirst()).filter { $0.0 == option }.map(\.1)
      + words.filter { $0.hasPrefix(option + "=") }.map { String($0.dropFirst(option.count + 1)) }
  }

  /// Whether programs read standard error.
  static let isForPrograms = values(of: "--format").contains(OutputFormat.json.rawValue)

  /// Where the command was told to work.
  static let places = CommandPlaces(
    policies: GlobalOptions.Place(values(of: "--policies").last, or: GlobalOptions.policyVariable)?
      .path,
    root: GlobalOptions.Place(values(of: "--root").last, or: GlobalOptions.rootVariable)?.path,
    rpms: values(of: "--rpms"))

  /// Whether the command line itself names `path`, a directory above it as part of a longer
  /// path, or something in front of it: no root moves that.
  static func names(_ path: String) -> Bool {
    words.flatMap { word in
      [word] + (word.hasPrefix("-") ? word.split(separator: "=").dropFirst().map(String.init) : [])
    }.filter { !$0.hasPrefix("-") && !$0.isEmpty }.contains { word in
      let named = Context.absolute(word)
      let parent = (named as NSString).deletingLastPathComponent
      return path == named || path == parent || path.hasPrefix(named + "/")
        || (word.contains("/") && named.hasPrefix(path + "/"))
    }
  }
}
