/// Reads `mirrorlist_cache.proto` into tables: the one message that MirrorManager
/// writes, field by field, without making it first. Fields that it does not know are
/// left out.
struct CacheReader {
  private(set) var tables = SnapshotTables()
  private var hosts = Numbering()
  private var urls = Numbering()
  /// Numbers plus one of countries by the two letters of their codes.
  private var knownCountries = [UInt32](repeating: 0, count: 1 << 16)
  private var hasTime = false
  private var lists = DirectoryLists()
  /// Prefix and hosts; several of one prefix are put together.
  private var preferred: [NetworkPrefix: [UInt32]] = [:]
  private var networkCountries: [(prefix: NetworkPrefix, value: UInt32)] = []
  /// Country and continent, of countries that clients are sent to another continent from.
  private(set) var continentRedirects: [String: String] = [:]
  /// Prefixes that are none.
  private(set) var unknownPrefixes = 0

  init() {}

  /// The tables, which then are not held here as well: a copy would be made where they
  /// are changed.
  mutating func takeTables() -> SnapshotTables {
    defer { tables = SnapshotTables() }
    return tables
  }

  /// Reads a whole cache.
  mutating func read(_ bytes: UnsafeRawBufferPointer) throws(WireError) {
    var reader = WireReader(bytes)
    while try reader.next() {
      switch reader.field {
      case 1:
        tables.time = try reader.integer()
        hasTime = true
      case 2: try readNetworkCountry(reader.nested())
      case 4: try readURL(reader.nested())
      case 5: try readFiles(reader.nested())
      case 6: try readDisabled(reader.nested())
      case 7:
        let (country, continent) = try pair(reader.nested())
        continentRedirects[string(country).uppercased()] = string(continent).uppercased()
      case 8:
        let (from, to) = try pair(reader.nested())
        tables.redirects[string(from)] = string(to)
      case 9: try readRepository(reader.nested())
      case 10:
        let (system, list) = try hostList(of: reader.nested())
        tables.systems[system] = list
      case 12:
        let (host, country) = try hostText(reader.nested())
        tables.hosts[Int(host)].country = try tables.texts.add(string(country).uppercased())
      case 13:
        let (host, bandwidth) = try hostNumber(reader.nested())
        tables.hosts[Int(host)].bandwidth = UInt32(clamping: max(1, bandwidth))
      case 14: try readAllowed(reader.nested())
      case 15: try readPreferred(reader.nested())
      case 16: try readDirectory(reader.nested())
      default: try reader.skip()
      }
    }
    guard hasTime else { throw .lacks(field: 1) }
    finish()
  }

  private mutating func finish() {
    var prefixes: [(prefix: NetworkPrefix, value: UInt32)] = []
    for (prefix, members) in preferred {
      // In the order of the cache, each once: what follows is shuffled by a seed.
      var seen: Set<UInt32> = []
      guard let list = try? tables.hostLists.number(of: members.filter { seen.insert($0).inserted })
      else { continue }
      prefixes.append((prefix, UInt32(tables.preferredHosts.count)))
      tables.preferredHosts.append(list)
    }
    tables.preferred = PrefixTable(prefixes, isNested: true)
    tables.networkCountries = PrefixTable(networkCountries, isNested: false)
  }

  // MARK: - Entries

  private mutating func readNetworkCountry(_ message: WireReader) throws(WireError) {
    let (key, value) = try pair(message)
    guard let prefix = NetworkPrefix(string(key)) else { return unknownPrefixes += 1 }
    networkCountries.append((prefix, country(value)))
  }

  private mutating func readURL(_ message: WireReader) throws(WireError) {
    var message = message
    var (key, value): (Int64?, UnsafeRawBufferPointer?) = (nil, nil)
    while try message.next() {
      switch message.field {
      case 1: key = try message.integer()
      case 2: value = try message.text()
      default: try message.skip()
      }
    }
    guard let key else { throw .lacks(field: 1) }
    guard let value else { throw .lacks(field: 2) }
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

  private mutating func readDisabled(_ message: WireReader) throws(WireError) {
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

  private mutating func readRepository(_ message: WireReader) throws(WireError) {
    let (key, value) = try pair(message)
    let directory = try self.directory(value)
    let number = try tables.repositoryKeys.number(of: key, in: &tables.texts)
    if Int(number) < tables.repositoryDirectories.count {
      tables.repositoryDirectories[Int(number)] = directory
    } else {
      tables.repositoryDirectories.append(directory)
    }
  }

  private mutating func readAllowed(_ message: WireReader) throws(WireError) {
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

  private mutating func readPreferred(_ message: WireReader) throws(WireError) {
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

  private mutating func readFiles(_ message: WireReader) throws(WireError) {
    var message = message
    var directory: UInt32?
    let first = UInt32(tables.files.count)
    while try message.next() {
      switch message.field {
      case 1: directory = try self.directory(message.text())
      case 2: try readFile(message.nested())
      default: try message.skip()
      }
    }
    guard let directory else { throw .lacks(field: 1) }
    tables.directories[Int(directory)].firstFile = first
    tables.directories[Int(directory)].fileCount = UInt32(tables.files.count) - first
  }

  private mutating func readFile(_ message: WireReader) throws(WireError) {
    var message = message
    var name: UnsafeRawBufferPointer?
    let first = UInt32(tables.details.count)
    while try message.next() {
      switch message.field {
      case 1: name = try message.text()
      case 2: try readDetail(message.nested())
      default: try message.skip()
      }
    }
    guard let name else { throw .lacks(field: 1) }
    let text = try tables.texts.add(name)
    tables.files.append(
      FileRecord(
        name: text, firstDetail: first, detailCount: UInt32(tables.details.count) - first))
  }

  private mutating func readDetail(_ message: WireReader) throws(WireError) {
    var message = message
    var detail = FileDetail()
    while try message.next() {
      switch message.field {
      case 1: detail.timestamp = try message.integer()
      case 2: detail.size = try message.integer()
      case 3: detail.sha1 = try tables.texts.add(message.text())
      case 4: detail.md5 = try tables.texts.add(message.text())
      case 5: detail.sha256 = try tables.texts.add(message.text())
      case 6: detail.sha512 = try tables.texts.add(message.text())
      default: try message.skip()
      }
    }
    tables.details.append(detail)
  }

  private mutating func readDirectory(_ message: WireReader) throws(WireError) {
    var message = message
    var name: UnsafeRawBufferPointer?
    var subpath: UnsafeRawBufferPointer?
    lists.begin()
    while try message.next() {
      switch message.field {
      case 1: name = try message.text()
      case 2: try message.integers { (id) throws(WireError) in lists.global.append(host(id)) }
      case 3: subpath = try message.text()
      case 4: try readCountry(message.nested())
      case 6: try readPlacement(message.nested())
      default: try message.skip()
      }
    }
    guard let name else { throw .lacks(field: 1) }
    let directory = Int(try self.directory(name))
    if !tables.directories[directory].isListed { tables.listedDirectories += 1 }
    tables.directories[directory].isListed = true
    tables.directories[directory].subpath = try tables.texts.add(
      subpath?.trimmingSlashes ?? UnsafeRawBufferPointer(start: nil, count: 0))
    tables.directories[directory].global = try tables.hostLists.number(of: lists.global)
    tables.directories[directory].countries = try tables.countryLists.number(of: lists.countries)
    lists.placements.sort { $0.host < $1.host }
    lists.removeRepeatedHosts()
    lists.scratch.removeAll(keepingCapacity: true)
    for placement in lists.placements { lists.scratch.append(placement.host) }
    tables.directories[directory].hosts = try tables.hostLists.number(of: lists.scratch)
    lists.scratch.removeAll(keepingCapacity: true)
    for placement in lists.placements { lists.scratch.append(placement.urls) }
    tables.directories[directory].placements = try tables.placements.number(of: lists.scratch)
  }

  private mutating func readCountry(_ message: WireReader) throws(WireError) {
    var message = message
    var country: UnsafeRawBufferPointer?
    lists.scratch.removeAll(keepingCapacity: true)
    while try message.next() {
      switch message.field {
      case 1: country = try message.text()
      case 2: try message.integers { (id) throws(WireError) in lists.scratch.append(host(id)) }
      default: try message.skip()
      }
    }
    guard let country else { throw .lacks(field: 1) }
    lists.countries.append(self.country(country))
    lists.countries.append(try tables.hostLists.number(of: lists.scratch))
  }

  private mutating func readPlacement(_ message: WireReader) throws(WireError) {
    var message = message
    var host: Int64?
    lists.scratch.removeAll(keepingCapacity: true)
    while try message.next() {
      switch message.field {
      case 1: host = try message.integer()
      case 2: try message.integers { (id) throws(WireError) in lists.scratch.append(url(id)) }
      default: try message.skip()
      }
    }
    guard let host else { throw .lacks(field: 1) }
    let urls = try tables.urlLists.number(of: lists.scratch)
    lists.placements.append((self.host(host), urls))
  }

  // MARK: - Parts of entries

  private func pair(
    _ message: WireReader
  ) throws(WireError) -> (UnsafeRawBufferPointer, UnsafeRawBufferPointer) {
    var message = message
    var (key, value): (UnsafeRawBufferPointer?, UnsafeRawBufferPointer?) = (nil, nil)
    while try message.next() {
      switch message.field {
      case 1: key = try message.text()
      case 2: value = try message.text()
      default: try message.skip()
      }
    }
    guard let key else { throw .lacks(field: 1) }
    guard let value else { throw .lacks(field: 2) }
    return (key, value)
  }

  private mutating func hostText(
    _ message: WireReader
  ) throws(WireError) -> (UInt32, UnsafeRawBufferPointer) {
    var message = message
    var (key, value): (Int64?, UnsafeRawBufferPointer?) = (nil, nil)
    while try message.next() {
      switch message.field {
      case 1: key = try message.integer()
      case 2: value = try message.text()
      default: try message.skip()
      }
    }
    guard let key else { throw .lacks(field: 1) }
    guard let value else { throw .lacks(field: 2) }
    return (host(key), value)
  }

  private mutating func hostNumber(_ message: WireReader) throws(WireError) -> (UInt32, Int64) {
    var message = message
    var (key, value): (Int64?, Int64?) = (nil, nil)
    while try message.next() {
      switch message.field {
      case 1: key = try message.integer()
      case 2: value = try message.integer()
      default: try message.skip()
      }
    }
    guard let key else { throw .lacks(field: 1) }
    guard let value else { throw .lacks(field: 2) }
    return (host(key), value)
  }

  private mutating func hostList(of message: WireReader) throws(WireError) -> (Int64, UInt32) {
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

  // MARK: - Numbers

  /// The number of the host with this ID.
  private mutating func host(_ id: Int64) -> UInt32 {
    let number = hosts.number(of: id)
    if Int(number) == tables.hosts.count { tables.hosts.append(HostRecord()) }
    return number
  }

  /// The number of the URL with this ID.
  private mutating func url(_ id: Int64) -> UInt32 {
    let number = urls.number(of: id)
    if Int(number) == tables.urls.count { tables.urls.append(URLRecord()) }
    return number
  }

  private mutating func country(_ code: UnsafeRawBufferPointer) -> UInt32 {
    guard code.count == 2 else { return tables.countries.add(string(code)) }
    // Each of some ten thousand directories names them all.
    let index = Int(code[0]) << 8 | Int(code[1])
    if knownCountries[index] == 0 {
      knownCountries[index] = tables.countries.add(string(code)) + 1
    }
    return knownCountries[index] - 1
  }

  private mutating func directory(_ name: UnsafeRawBufferPointer) throws(WireError) -> UInt32 {
    let number = try tables.directoryNames.number(of: name.trimmingSlashes, in: &tables.texts)
    if Int(number) == tables.directories.count { tables.directories.append(DirectoryRecord()) }
    return number
  }

  private func string(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

/// The lists of the directory that is being read; kept to be used again.
private struct DirectoryLists {
  var global: [UInt32] = []
  var countries: [UInt32] = []
  var placements: [(host: UInt32, urls: UInt32)] = []
  var scratch: [UInt32] = []

  mutating func begin() {
    global.removeAll(keepingCapacity: true)
    countries.removeAll(keepingCapacity: true)
    placements.removeAll(keepingCapacity: true)
  }

  /// A host that is listed twice counts as it was listed last.
  mutating func removeRepeatedHosts() {
    var kept = 0
    for index in placements.indices {
      if kept > 0, placements[kept - 1].host == placements[index].host {
        placements[kept - 1] = placements[index]
      } else {
        placements[kept] = placements[index]
        kept += 1
      }
    }
    placements.removeLast(placements.count - kept)
  }
}

/// Numbers IDs of a database from 0 upwards, in the order in which they come.
private struct Numbering {
  /// For small IDs, which nearly all are: number plus one, 0 where there is none.
  private var small: [UInt32] = []
  private var large: [Int64: UInt32] = [:]
  private var count: UInt32 = 0

  private static let limit: Int64 = 1 << 20

  mutating func number(of id: Int64) -> UInt32 {
    guard id >= 0, id < Self.limit else {
      if let number = large[id] { return number }
      large[id] = count
      count += 1
      return count - 1
    }
    if id < small.count {
      let number = small[Int(id)]
      if number != 0 { return number - 1 }
    } else {
      small += [UInt32](
        repeating: 0, count: max(Int(id) + 1 - small.count, min(small.count, 1 << 16)))
    }
    count += 1
    small[Int(id)] = count
    return count - 1
  }
}

extension UnsafeRawBufferPointer {
  /// Without slashes at both ends.
  fileprivate var trimmingSlashes: UnsafeRawBufferPointer {
    let slash = UInt8(ascii: "/")
    var range = startIndex..<endIndex
    while let first = range.first, self[first] == slash {
      range = first + 1..<range.upperBound
    }
    while let last = range.last, self[last] == slash { range = range.lowerBound..<last }
    return UnsafeRawBufferPointer(rebasing: self[range])
  }
}
