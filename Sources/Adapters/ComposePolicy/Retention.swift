import ReleaseModel

/// Which older versions of a package stay in an updates tree, so that users can
/// go back.
package enum Retention: Hashable, Sendable {
  /// All since the release was cut.
  case all
  /// The newest ones of each package, so many.
  case versions(Int)
  /// Those that were the newest less than so many days ago.
  case days(Int)

  /// Parses `all`, `3 versions`, `90 days`; nil for anything else.
  init?(_ text: String) {
    if text == "all" {
      self = .all
      return
    }
    let parts = text.split(separator: " ")
    guard parts.count == 2, let count = Int(parts[0]), (1...3650).contains(count) else {
      return nil
    }
    switch parts[1] {
    case "version", "versions": self = .versions(count)
    case "day", "days": self = .days(count)
    default: return nil
    }
  }
}

extension Retention: CustomStringConvertible {
  /// As the key `keeps` is written, such as `3 versions`.
  package var description: String {
    switch self {
    case .all: "all"
    case .versions(let count): count.counted("version")
    case .days(let count): count.counted("day")
    }
  }
}
