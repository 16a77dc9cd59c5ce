/// One minor-release compose of a stream, such as `7.06.201903` or `10.1`.
///
/// The form is `major.minor[.month]`: the major version of the Enterprise
/// Linux release, its minor version, and the year and month (`YYYYMM`) of the
/// cut. Which parts a stream uses, and how wide the minor is written, is the
/// policy's choice (``ReleaseFormat``); this type only holds and orders them.
///
/// Releases order by their numbers, never by text or by a clock: `7.06` comes
/// before `7.10`, and within one minor release an earlier month comes first.
package struct ReleaseID: Hashable, Sendable {
  /// The major version, 1…999.
  package let major: Int
  /// The minor version, 0…99.
  package let minor: Int
  /// How many digits the minor was written with, 1 or 2.
  package let minorDigits: Int
  /// Year and month of the cut as `YYYYMM`, or nil where the stream has none.
  package let month: Int?

  /// Parses `text`; throws ``ComposeError`` of kind `usage` that says what is
  /// wrong with it.
  package init(_ text: String) throws(ComposeError) {
    func refuse(_ cause: String) -> ComposeError {
      ComposeError(
        .usage, "release '\(text.sanitizedForDisplay)'", cause,
        remedy: "Write it as 7.06.201903 (major, two-digit minor, year and month) or 10.1")
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else {
      throw refuse("it has \(parts.count.counted("part")), not two or three")
    }
    guard
      let numbers = parts.map({ Self.number($0) }) as? [Int]
    else { throw refuse("every part must be digits alone") }
    guard parts[0].count <= 3, !parts[0].hasPrefix("0") else {
      throw refuse("the major version must be 1 to 999 without leading zeros")
    }
    guard parts[1].count <= 2 else { throw refuse("the minor version has more than two digits") }
    if parts.count == 3 {
      guard parts[2].count == 6, (2000...9999).contains(numbers[2] / 100),
        (1...12).contains(numbers[2] % 100)
      else { throw refuse("'\(parts[2])' is not a year and month (YYYYMM)") }
    }
    self.major = numbers[0]
    self.minor = numbers[1]
    self.minorDigits = parts[1].count
    self.month = parts.count == 3 ? numbers[2] : nil
  }

  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.count <= 6, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  /// The minor version as the stream writes it: `06` or `1`.
  package var paddedMinor: String {
    let digits = String(minor)
    return String(repeating: "0", count: max(0, minorDigits - digits.count)) + digits
  }

  /// The Enterprise Linux minor release that this compose belongs to: `7.6`.
  package var minorRelease: MinorRelease { MinorRelease(major: major, minor: minor) }
}

extension ReleaseID: Comparable {
  /// By major, minor and month as numbers; see the type.
  package static func < (lhs: ReleaseID, rhs: ReleaseID) -> Bool {
    (lhs.major, lhs.minor, lhs.month ?? 0, lhs.minorDigits)
      < (rhs.major, rhs.minor, rhs.month ?? 0, rhs.minorDigits)
  }
}

extension ReleaseID: CustomStringConvertible {
  /// As the stream writes it, such as `7.06.201903`.
  package var description: String {
    "\(major).\(paddedMinor)" + (month.map { ".\($0)" } ?? "")
  }
}

extension ReleaseID: Codable {
  /// From a JSON string, parsed as ``init(_:)`` does.
  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  /// As a JSON string, in the form of ``description``.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// A minor release of Enterprise Linux itself, such as `7.6`: what the
/// calendar of a policy is keyed by.
package struct MinorRelease: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 7 of `7.6`.
  package let major: Int
  /// 6 of `7.6`, however wide the stream writes it.
  package let minor: Int

  /// By numbers: `7.6` before `7.10`.
  package static func < (lhs: MinorRelease, rhs: MinorRelease) -> Bool {
    (lhs.major, lhs.minor) < (rhs.major, rhs.minor)
  }

  /// Such as `7.6`: never padded.
  package var description: String { "\(major).\(minor)" }
}
