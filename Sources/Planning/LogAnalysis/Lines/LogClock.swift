import ReleaseModel

/// Reads `29/Mar/2020:16:04:28 +0000`. What all lines of one minute share is worked out
/// once.
struct LogClock {
  /// Bytes that a time has.
  static let length = 26

  /// The bytes of the last minute, as far as they are the same in all lines of it.
  private var minute: (UInt64, UInt64, UInt64) = (0, 0, 0)
  /// When it began, seconds since 1970.
  private var start = 0

  /// Seconds since 1970, UTC, of the time at `bytes`, of which ``length`` can be read;
  /// nil for what is no time, and for what is before 1970 or after 9999. A leap second counts as the second before it.
  @inline(__always)
  mutating func seconds(_ bytes: UnsafePointer<UInt8>) -> Int? {
    let raw = UnsafeRawPointer(bytes)
    let key = (
      raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
      UInt64(raw.loadUnaligned(fromByteOffset: 20, as: UInt32.self))
        | UInt64(raw.loadUnaligned(fromByteOffset: 24, as: UInt16.self)) << 32
        | UInt64(raw.loadUnaligned(fromByteOffset: 16, as: UInt16.self)) << 48
    )
    if key != minute {
      guard let start = Self.minute(bytes) else { return nil }
      self.start = start
      minute = key
    }
    let tens = bytes[18] &- 48
    let ones = bytes[19] &- 48
    guard tens < 7, ones < 10 else { return nil }
    let second = Int(tens) * 10 + Int(ones)
    guard second <= 60 else { return nil }
    return start + min(second, 59)
  }

  /// When the minute of a time began, seconds since 1970.
  private static func minute(_ bytes: UnsafePointer<UInt8>) -> Int? {
    func number(_ offset: Int, _ count: Int) -> Int? {
      var value = 0
      for index in offset..<offset + count {
        let digit = bytes[index] &- 48
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    let marks: [(Int, UInt8)] = [
      (2, UInt8(ascii: "/")), (6, UInt8(ascii: "/")), (11, UInt8(ascii: ":")),
      (14, UInt8(ascii: ":")), (17, UInt8(ascii: ":")), (20, UInt8(ascii: " ")),
    ]
    guard marks.allSatisfy({ bytes[$0.0] == $0.1 }),
      let day = number(0, 2), let year = number(7, 4), let hour = number(12, 2), hour < 24,
      let minute = number(15, 2), minute < 60, let month = month(bytes + 3),
      let day = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    let sign = bytes[21]
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hours = number(22, 2), let minutes = number(24, 2), hours < 24, minutes < 60
    else { return nil }
    let zone = (hours * 60 + minutes) * 60
    let start =
      day.secondsSince1970 + hour * 3600 + minute * 60
      - (sign == UInt8(ascii: "-") ? -zone : zone)
    // A clock that was never set is at 1970, and the zone can lead before it.
    return range.contains(start) ? start : nil
  }

  /// Of all days that have names.
  private static let range = 0..<253_402_300_800

  private static let months: [[UInt8]] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ].map { Array($0.utf8) }

  private static func month(_ bytes: UnsafePointer<UInt8>) -> Int? {
    months.firstIndex { $0[0] == bytes[0] && $0[1] == bytes[1] && $0[2] == bytes[2] }
      .map { $0 + 1 }
  }
}
