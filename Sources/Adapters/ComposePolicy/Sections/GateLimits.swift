import Yams

/// `gate`: how much of what users have may go although nobody decided it.
package struct GateLimits: Hashable, Sendable, PolicySection {
  /// Of source packages, of binary packages, of groups and of module streams,
  /// each for itself.
  package let vanish: Share

  static let keys: [PolicyKeys.Key] = [
    .init("gate", "limits of what may pass unasked", or: "1 %"),
    .init(
      "gate.vanish",
      "how much of what users have may go without retirement, block, Obsoletes or waiver, such as "
        + "`0.5 %`: more is refused, less a warning; a whole architecture or repository is always "
        + "refused", or: "1 %"),
  ]
}

extension GateLimits {
  /// Decodes `gate`.
  init(_ node: PolicyNode?) throws {
    guard let value = try node?.optional("vanish") else {
      vanish = Share(hundredths: 100)
      return
    }
    guard let share = Share(try value.text()) else {
      throw value.problem(
        "'\(try value.text())' is not a share",
        remedy: "Write '1 %' or '0.25 %', from 0 to 100, with no more than two decimals")
    }
    vanish = share
  }

  var node: Node { .map([("vanish", vanish.description)]) }
}

/// A part of a whole, such as `1 %`.
package struct Share: Hashable, Sendable, CustomStringConvertible {
  /// Hundredths of a percent, 0 to 10000.
  package let hundredths: Int

  package init(hundredths: Int) {
    self.hundredths = hundredths
  }

  /// Parses `1 %`, `0.5%`; nil for anything else.
  init?(_ text: String) {
    guard text.hasSuffix("%") else { return nil }
    let number = text.dropLast().trimmingSuffix(while: { $0 == " " })
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    func digits(_ text: Substring) -> Int? {
      text.utf8.allSatisfy { (48...57).contains($0) } && text.count <= 3 ? Int(text) : nil
    }
    guard (1...2).contains(parts.count), let whole = digits(parts[0]) else { return nil }
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard let decimals = digits(fraction), fraction.count <= 2 else { return nil }
    let hundredths = whole * 100 + decimals * (fraction.count == 1 ? 10 : 1)
    guard hundredths <= 10_000 else { return nil }
    self.hundredths = hundredths
  }

  /// Whether `count` of `total` is more than this.
  package func isExceeded(by count: Int, of total: Int) -> Bool {
    count > 0 && count * 10_000 > hundredths * total
  }

  package var description: String {
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    if rest == 0 { return "\(whole) %" }
    return "\(whole)." + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
      + " %"
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
    var text = self
    while let last = text.last, predicate(last) { text.removeLast() }
    return text
  }
}
