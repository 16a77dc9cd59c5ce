/// Entries about repositories, hosts and networks.
extension CacheReader {
  mutating func readNetworkCountry(_ message: WireReader) throws(WireError) {
    let (key, value) = try pair(message)
    guard let prefix = NetworkPrefix(string(key)) else { return unknownPrefixes += 1 }
    networkCountries.append((prefix, country(value)))
  }

  mutating func readURL(_ message: WireReader) throws(WireError) {
    let (key, value) = try entry(message, Self.number, Self.text)
    let index = Int(url(key))
    // A URL with spaces or control characters is none, and would break a line.
    guard value.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return }
    let text = string(value)
    let scheme = text.prefix { $0 != ":" }
    let escaped = text.escapedForMarkup
    let added = try tables.texts.add(value)
    tables.urls[index] = URLRecord(
      text: added, escaped: escaped == text ? added : try tables.texts.add(escaped),
      scheme: try tables.texts.add(String(scheme).escapedForMarkup),
      rank: URLRank(scheme: scheme.lowercased()))
  }

  mutating func readDisabled(_ message: WireReader) throws(WireError) {
    var message = message
    var (key, value): (UnsafeRawBufferPointer?, Bool) = (nil, false)
    while try message.next() {
      switch message.field {
      case 1: key = try message.text()
      case 2: value = try message.integer() != 0
      default: try message.skip()
      }
    }
    guard let key else { throw .lacks(field: 1) }
    if value { tables.disabled.insert(string(key)) } else { tables.disabled.remove(string(key)) }
  }

  mutating func readRepository(_ message: WireReader) throws(WireError) {
    let (key, value) = try pair(message)
    let directory = try self.directory(value)
    let number = try tables.repositoryKeys.number(of: key, in: &tables.texts)
    if Int(number) < tables.repositoryDirectories.count {
      tables.repositoryDirectories[Int(number)] = directory
    } else {
      tables.repositoryDirectories.append(directory)
    }
  }

  mutating func readAllowed(_ message: WireReader) throws(WireError) {
    var message = message
    var key: Int64?
    var countries: [UInt32] = []
    while try message.next() {
      switch message.field {
      case 1: key = try message.integer()
      case 2: countries.append(country(try message.text()))
      default: try message.skip()
      }
    }
    guard let key else { throw .lacks(field: 1) }
    tables.hosts[Int(host(key))].allowed = countries
  }

  mutating func readPreferred(_ message: WireReader) throws(WireError) {
    var message = message
    var key: UnsafeRawBufferPointer?
    var members: [UInt32] = []
    while try message.next() {
      switch message.field {
      case 1: key = try message.text()
      case 2: try message.integers { (id) throws(WireError) in members.append(host(id)) }
      default: try message.skip()
      }
    }
    guard let key else { throw .lacks(field: 1) }
    guard let prefix = NetworkPrefix(string(key)) else { return unknownPrefixes += 1 }
    preferred[prefix, default: []] += members
  }
}

// MARK: - Parts of entries

extension CacheReader {
  /// The key and the value of an entry; both must be there.
  private func entry<Key, Value>(
    _ message: WireReader, _ readKey: (inout WireReader) throws(WireError) -> Key,
    _ readValue: (inout WireReader) throws(WireError) -> Value
  ) throws(WireError) -> (Key, Value) {
    var message = message
    var (key, value): (Key?, Value?) = (nil, nil)
    while try message.next() {
      switch message.field {
      case 1: key = try readKey(&message)
      case 2: value = try readValue(&message)
      default: try message.skip()
      }
    }
    guard let key else { throw .lacks(field: 1) }
    guard let value else { throw .lacks(field: 2) }
    return (key, value)
  }

  private static func text(
    _ message: inout WireReader
  ) throws(WireError) -> UnsafeRawBufferPointer { try message.text() }

  private static func number(_ message: inout WireReader) throws(WireError) -> Int64 {
    try message.integer()
  }

  func pair(
    _ message: WireReader
  ) throws(WireError) -> (UnsafeRawBufferPointer, UnsafeRawBufferPointer) {
    try entry(message, Self.text, Self.text)
  }

  mutating func hostText(
    _ message: WireReader
  ) throws(WireError) -> (UInt32, UnsafeRawBufferPointer) {
    let (key, value) = try entry(message, Self.number, Self.text)
    return (host(key), value)
  }

  mutating func hostNumber(_ message: WireReader) throws(WireError) -> (UInt32, Int64) {
    let (key, value) = try entry(message, Self.number, Self.number)
    return (host(key), value)
  }

  mutating func hostList(of message: WireReader) throws(WireError) -> (Int64, UInt32) {
    var message = message
    var key: Int64?
    var members: [UInt32] = []
    while try message.next() {
      switch message.field {
      case 1: key = try message.integer()
      case 2: try message.integers { (id) throws(WireError) in members.append(host(id)) }
      default: try message.skip()
      }
    }
    guard let key else { throw .lacks(field: 1) }
    return (key, try tables.hostLists.number(of: members))
  }
}
