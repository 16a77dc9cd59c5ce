import Foundation
import ReleaseModel

/// What the argument parser says of an option's value that is none of those it knows,
/// with the one that was probably meant.
enum ValueSuggestion {
  /// `message` with `Did you mean 'promote'?` before the list of values; as it is where it
  /// is about something else, or no value is near enough.
  static func added(to message: String) -> String {
    let list = "Please provide one of the following:\n"
    guard let start = message.range(of: list), message.hasPrefix("The value '"),
      let end = message.range(
        of: "' is invalid for '", range: message.startIndex..<start.lowerBound)
    else { return message }
    let given = message[..<end.lowerBound].dropFirst("The value '".count)
    let values = message[start.upperBound...].split(separator: "\n")
      .compactMap { $0.hasPrefix("  - ") ? String($0.dropFirst(4)) : nil }
    guard let meant = NearestName.of(String(given), among: values) else { return message }
    return message.replacingCharacters(
      in: start, with: "Did you mean '\(meant.sanitizedForDisplay)'? \(list)")
  }
}
