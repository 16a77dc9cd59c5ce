import ReleaseModel
import Yams

extension Policy {
  /// Which parts a release has and how wide they are.
  package struct ReleaseFormat: Hashable, Sendable, PolicySection {
    /// Whether release IDs end in `.YYYYMM`.
    package enum Month: String, CaseIterable, Sendable {
      /// Every release ID has a month.
      case required
      /// Both forms are valid.
      case optional
      /// No release ID has a month.
      case none
    }

    /// Digits of the minor version, 1 or 2, padded with a zero.
    package let minorDigits: Int
    /// `required` and `none` make a release ID of the other form invalid.
    package let month: Month

    static let keys: [PolicyKeys.Key] = [
      .init("release", "how the stream writes its releases", or: "minorDigits 1, month optional"),
      .init("release.minorDigits", "digits of the minor version, 1 or 2", or: "1"),
      .init("release.month", "`required`, `optional` or `none`", or: "optional"),
    ]
  }
}

extension Policy.ReleaseFormat {
  /// Decodes `release`.
  init(_ node: PolicyNode?) throws {
    minorDigits = try node?.optional("minorDigits")?.number(in: 1...2) ?? 1
    month = try node?.optional("month")?.word(Month.self) ?? .optional
  }

  /// Some release of the stream, to try templates with.
  func sampleRelease(major: Int) throws -> ReleaseID {
    try ReleaseID(
      "\(major)." + (minorDigits == 2 ? "06" : "6")
        + (month == .none ? "" : ".201903"))
  }

  var node: Node {
    .map([("minorDigits", String(minorDigits)), ("month", month.rawValue)])
  }
}
