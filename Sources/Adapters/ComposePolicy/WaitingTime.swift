import ReleaseModel

/// A time to wait, such as `3 days` or `10 seconds`.
package struct WaitingTime: Hashable, Sendable {
  /// At least 0.
  package let seconds: Int

  private static let units = [("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)]
}

extension WaitingTime {
  /// Parses `3 days`, `12 hours`, `1 minute`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let count = Int(parts[0]), (0...36_500).contains(count) else {
      return nil
    }
    let unit = parts[1].hasSuffix("s") ? parts[1].dropLast() : parts[1]
    guard let scale = Self.units.first(where: { $0.0 == unit })?.1 else { return nil }
    self.init(seconds: count * scale)
  }
}

extension WaitingTime: CustomStringConvertible {
  /// In the largest unit without a remainder, as the policy may have it.
  package var description: String {
    let (name, scale) =
      Self.units.first { seconds % $0.1 == 0 && seconds >= $0.1 } ?? ("second", 1)
    let count = seconds / scale
    return count.counted(name)
  }
}
