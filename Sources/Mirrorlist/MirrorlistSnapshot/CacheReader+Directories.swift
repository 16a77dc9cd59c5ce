/// Entries about directories: their files, and the hosts that have them.
extension CacheReader {
  mutating func readFiles(_ message: WireReader) throws(WireError) {
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

  mutating func readFile(_ message: WireReader) throws(WireError) {
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

  mutating func readDetail(_ message: WireReader) throws(WireError) {
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

  mutating func readDirectory(_ message: WireReader) throws(WireError) {
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

  mutating func readCountry(_ message: WireReader) throws(WireError) {
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

  mutating func readPlacement(_ message: WireReader) throws(WireError) {
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
}

/// The lists of the directory that is being read; kept to be used again.
struct DirectoryLists {
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
