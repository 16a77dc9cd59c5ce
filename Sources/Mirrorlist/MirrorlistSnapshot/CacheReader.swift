/// Reads `mirrorlist_cache.proto` into tables: the one message that MirrorManager
/// writes, field by field, without making it first. Fields that it does not know are
/// left out.
struct CacheReader {
  var tables = SnapshotTables()
  var hosts = Numbering()
  var urls = Numbering()
  /// Numbers plus one of countries by the two letters of their codes.
  var knownCountries = [UInt32](repeating: 0, count: 1 << 16)
  private var hasTime = false
  var lists = DirectoryLists()
  /// Prefix and hosts; several of one prefix are put together.
  var preferred: [NetworkPrefix: [UInt32]] = [:]
  var networkCountries: [(prefix: NetworkPrefix, value: UInt32)] = []
  /// Country and continent, of countries that clients are sent to another continent from.
  var continentRedirects: [String: String] = [:]
  /// Prefixes that are none.
  var unknownPrefixes = 0

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
    try finish()
  }

  private mutating func finish() throws(WireError) {
    var prefixes: [(prefix: NetworkPrefix, value: UInt32)] = []
    for (prefix, members) in preferred {
      // In the order of the cache, each once: what follows is shuffled by a seed.
      var seen: Set<UInt32> = []
      let list = try tables.hostLists.number(of: members.filter { seen.insert($0).inserted })
      prefixes.append((prefix, UInt32(tables.preferredHosts.count)))
      tables.preferredHosts.append(list)
    }
    tables.preferred = PrefixTable(prefixes, isNested: true)
    tables.networkCountries = PrefixTable(networkCountries, isNested: false)
  }
}

// MARK: - Numbers

extension CacheReader {

  /// The number of the host with this ID.
  mutating func host(_ id: Int64) -> UInt32 {
    let number = hosts.number(of: id)
    if Int(number) == tables.hosts.count { tables.hosts.append(HostRecord()) }
    return number
  }

  /// The number of the URL with this ID.
  mutating func url(_ id: Int64) -> UInt32 {
    let number = urls.number(of: id)
    if Int(number) == tables.urls.count { tables.urls.append(URLRecord()) }
    return number
  }

  mutating func country(_ code: UnsafeRawBufferPointer) -> UInt32 {
    guard code.count == 2 else { return tables.countries.add(string(code)) }
    // Each of some ten thousand directories names them all.
    let index = Int(code[0]) << 8 | Int(code[1])
    if knownCountries[index] == 0 {
      knownCountries[index] = tables.countries.add(string(code)) + 1
    }
    return knownCountries[index] - 1
  }

  mutating func directory(_ name: UnsafeRawBufferPointer) throws(WireError) -> UInt32 {
    let number = try tables.directoryNames.number(of: name.trimmingSlashes, in: &tables.texts)
    if Int(number) == tables.directories.count { tables.directories.append(DirectoryRecord()) }
    return number
  }

  func string(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

/// Numbers IDs of a database from 0 upwards, in the order in which they come.
struct Numbering {
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
  var trimmingSlashes: UnsafeRawBufferPointer {
    let slash = UInt8(ascii: "/")
    var range = startIndex..<endIndex
    while let first = range.first, self[first] == slash {
      range = first + 1..<range.upperBound
    }
    while let last = range.last, self[last] == slash { range = range.lowerBound..<last }
    return UnsafeRawBufferPointer(rebasing: self[range])
  }
}
