import Glibc

/// Reads lines of the common and the combined form (Apache `mod_log_config`, nginx
/// `combined`), with or without the virtual host in front, whatever follows.
struct LogLineParser {
  private var clock = LogClock()

  init() {}

  private static let space = UInt8(ascii: " ")
  private static let quote = UInt8(ascii: "\"")

  /// The line from `start` to `end`, without its line feed; nil where it has no time,
  /// no request or no status at the places where these forms have them.
  mutating func line(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> LogLine? {
    guard let head = head(start, end), let rest = Self.request(head.rest) else { return nil }
    return LogLine(
      address: head.address, client: head.client, seconds: head.seconds, target: rest.target,
      status: rest.status, agent: rest.agent)
  }

  /// What stands before the request of the line from `start` to `end`; nil where these forms
  /// have no client, no time or no quotation mark.
  @inline(__always)
  mutating func head(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> LogHead? {
    // At least: an address, the time, a request and a status.
    guard end - start >= 40 else { return nil }
    let whole = LogSlice(start, end)
    let opening: Int
    let address: LogSlice
    var version4: UInt32?
    if let read = DottedAddress.read(start), read.count + 31 < whole.count,
      Self.isAnonymous(start + read.count)
    {
      (opening, address, version4) = (read.count + 5, whole.prefix(read.count), read.address)
    } else if let length = whole.index(of: Self.space), length > 0, length + 31 < whole.count,
      Self.isAnonymous(start + length)
    {
      opening = length + 5
      address = Self.trimmed(whole.prefix(length))
    } else {
      guard let found = timestamp(in: whole), let client = Self.address(start, start + found)
      else { return nil }
      (opening, address) = (found, client)
    }
    guard opening + LogClock.length + 4 < whole.count,
      let seconds = clock.seconds(start + opening + 1)
    else { return nil }
    // `] "` follows.
    let request = opening + LogClock.length + 4
    guard request < whole.count, start[request - 1] == Self.quote,
      start[request - 2] == Self.space, start[request - 3] == UInt8(ascii: "]")
    else { return nil }
    return LogHead(
      address: address,
      client: version4.map { ClientAddress(version4: $0) } ?? ClientAddress.of(address),
      seconds: seconds, rest: LogSlice(start + request, end))
  }

  /// What `rest`, which begins within the first quotation mark of a line, says; nil where it
  /// has no status.
  static func request(
    _ rest: LogSlice
  ) -> (target: LogSlice, status: Int, agent: LogSlice)? {
    guard let closing = closing(rest, from: 0) else { return nil }
    let bytes = rest.start + closing
    let digits = (bytes[2] &- 48, bytes[3] &- 48, bytes[4] &- 48)
    let status = Int(digits.0) * 100 + Int(digits.1) * 10 + Int(digits.2)
    guard status >= 100 else { return nil }
    return (target(rest.prefix(closing)), status, agent(rest, from: closing + 5))
  }

  /// Whether ` - - [` stands there, as in nearly all lines.
  @inline(__always)
  private static func isAnonymous(_ bytes: UnsafePointer<UInt8>) -> Bool {
    let raw = UnsafeRawPointer(bytes)
    return raw.loadUnaligned(as: UInt32.self).littleEndian == 0x2D20_2D20
      && raw.loadUnaligned(fromByteOffset: 4, as: UInt16.self).littleEndian == 0x5B20
  }

  /// Where the `[` of the time is: names of users may have one as well.
  @inline(__always)
  private func timestamp(in line: LogSlice) -> Int? {
    var from = 0
    while let found = line.index(of: UInt8(ascii: "["), from: from) {
      guard found + LogClock.length + 4 < line.count else { return nil }
      if line.start[found + 3] == UInt8(ascii: "/"), line.start[found + 12] == UInt8(ascii: ":"),
        found > 0
      {
        return found
      }
      from = found + 1
    }
    return nil
  }

  /// The client: the first field, or the second after a virtual host.
  @inline(__always)
  private static func address(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> LogSlice? {
    let fields = LogSlice(start, end)
    guard let length = fields.index(of: space), length > 0 else { return nil }
    let first = fields.prefix(length)
    let rest = fields.dropping(length + 1)
    // Nearly always: nobody was asked who it is.
    if rest.count >= 2, rest.start[0] == UInt8(ascii: "-"), rest.start[1] == space {
      return trimmed(first)
    }
    return afterHost(first, rest)
  }

  @inline(never)
  private static func afterHost(_ first: LogSlice, _ rest: LogSlice) -> LogSlice {
    guard let length = rest.index(of: space), length > 0 else { return trimmed(first) }
    let second = trimmed(rest.prefix(length))
    let isList = first.start[first.count - 1] == UInt8(ascii: ",")
    let isAddress =
      ClientAddress.version4(second) != nil || ClientAddress.version6(second) != nil
    if isAddress && !isList { return second }
    // A list of addresses that proxies handed on: the first is the client.
    if isList || ClientAddress.version4(first) != nil || ClientAddress.version6(first) != nil {
      return trimmed(first)
    }
    // Two words, `-` and `-`: the second is the name of the client.
    let others = rest.dropping(length + 1)
    return others.hasPrefix("- - ") ? second : trimmed(first)
  }

  private static func trimmed(_ address: LogSlice) -> LogSlice {
    address.count > 1 && address.start[address.count - 1] == UInt8(ascii: ",")
      ? address.prefix(address.count - 1) : address
  }

  /// The quotation mark that ends the request: what follows is a status. Apache and
  /// nginx escape those within; others do not.
  @inline(__always)
  private static func closing(_ line: LogSlice, from request: Int) -> Int? {
    var from = request
    while let found = line.index(of: quote, from: from) {
      guard found + 4 < line.count else { return nil }
      let bytes = line.start + found
      if bytes[1] == space, bytes[2] &- 48 < 10, bytes[3] &- 48 < 10, bytes[4] &- 48 < 10,
        found + 5 == line.count || bytes[5] == space, !isEscaped(line, found, from: request)
      {
        return found
      }
      from = found + 1
    }
    return nil
  }

  /// Whether an odd number of backslashes stands before `position`.
  @inline(__always)
  private static func isEscaped(_ line: LogSlice, _ position: Int, from start: Int) -> Bool {
    var index = position
    while index > start, line.start[index - 1] == UInt8(ascii: "\\") { index &-= 1 }
    return (position - index) & 1 == 1
  }

  /// `/path` of `GET /path HTTP/1.1`, and of `GET /path`. Spaces within it are part of it.
  @inline(__always)
  private static func target(_ request: LogSlice) -> LogSlice {
    let rest: LogSlice
    if request.hasPrefix("GET ") {
      rest = request.dropping(4)
    } else {
      guard let method = request.index(of: space), method > 0 else { return request.prefix(0) }
      rest = request.dropping(method + 1)
    }
    // ` HTTP/1.1` is what nearly all requests end with: nothing has to be looked for.
    let protocolLength = 9
    if rest.count >= protocolLength,
      rest.dropping(rest.count - protocolLength).hasPrefix(" HTTP/")
    {
      return rest.prefix(rest.count - protocolLength)
    }
    guard let end = rest.index(of: space) else { return rest }
    return rest.prefix(end)
  }

  /// The second text in quotation marks after the status.
  @inline(__always)
  private static func agent(_ line: LogSlice, from offset: Int) -> LogSlice {
    let none = line.dropping(line.count)
    // ` SIZE "-" "` is what nearly all lines have.
    var offset = offset + 1
    while offset < line.count, line.start[offset] &- 48 < 10 { offset &+= 1 }
    if offset + 6 < line.count,
      UnsafeRawPointer(line.start + offset).loadUnaligned(as: UInt32.self).littleEndian
        == 0x222D_2220, line.start[offset + 4] == space, line.start[offset + 5] == quote
    {
      let from = offset + 6
      return LogSlice(line.start + from, line.start + (end(of: line, from: from) ?? line.count))
    }
    guard let referrer = line.index(of: quote, from: offset),
      let afterReferrer = end(of: line, from: referrer + 1),
      let opening = line.index(of: quote, from: afterReferrer + 1)
    else { return none }
    let from = opening + 1
    // A line that was cut off ends without the mark.
    let closing = end(of: line, from: from) ?? line.count
    return LogSlice(line.start + from, line.start + closing)
  }

  /// The unescaped mark that ends a text: the line ends there, or a space follows.
  @inline(__always)
  private static func end(of line: LogSlice, from start: Int) -> Int? {
    var from = start
    while let found = line.index(of: quote, from: from) {
      if found + 1 == line.count || line.start[found + 1] == space,
        !isEscaped(line, found, from: start)
      {
        return found
      }
      from = found + 1
    }
    return nil
  }
}
