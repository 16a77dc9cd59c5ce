import ReleaseModel

/// Everything that answers are made from; never changed once made.
package final class Snapshot: Sendable {
  /// The file of a repository that clients ask a metalink of, and overlays know more of.
  package static let index = "repomd.xml"

  let tables: SnapshotTables
  let overlays: OverlayTables
  private let countryDatabase: CountryDatabase?

  init(tables: SnapshotTables, overlays: OverlayTables, countryDatabase: CountryDatabase?) {
    self.tables = tables
    self.overlays = overlays
    self.countryDatabase = countryDatabase
  }

  /// When the cache was made, seconds since 1970.
  package var time: Int64 { tables.time }

  /// How much there is of each kind.
  package var counts: SnapshotCounts {
    SnapshotCounts(
      repositories: tables.repositoryKeys.count, hosts: tables.hosts.count,
      directories: tables.listedDirectories, networks: tables.networkSystems.count)
  }

  /// What overlays say that is not used.
  package var ignoredOverlays: IgnoredOverlays { overlays.ignored }

  // MARK: - Repositories and directories

  /// Whether nothing is told of a repository.
  package func isDisabled(_ name: String) -> Bool { tables.disabled.contains(name) }

  /// Names of all repositories, each with its architecture behind a plus sign, sorted.
  package var repositoryKeys: [String] {
    tables.repositoryKeys.names.map { tables.texts.string($0) }
      .sorted { $0.precedesByBytes($1) }
  }

  /// The directory of a repository, and its name.
  package func directory(ofRepository name: String, arch: String) -> (number: UInt32, name: String)?
  {
    var key = "\(name)+\(arch)"
    let found = key.withUTF8 {
      tables.repositoryKeys.find(UnsafeRawBufferPointer($0), in: tables.texts)
    }
    guard let found else { return nil }
    let number = tables.repositoryDirectories[Int(found)]
    return (number, self.name(ofDirectory: number))
  }

  /// The number of the directory of this name.
  package func directory(named name: String) -> UInt32? {
    var name = name
    return name.withUTF8 {
      tables.directoryNames.find(UnsafeRawBufferPointer($0), in: tables.texts)
    }
  }

  /// The name of a directory, without slashes around it.
  package func name(ofDirectory number: UInt32) -> String {
    tables.texts.string(tables.directoryNames.names[Int(number)])
  }

  /// Whether the cache lists mirrors of it, be it none.
  package func isListed(_ directory: UInt32) -> Bool {
    tables.directories[Int(directory)].isListed
  }

  /// How many hosts have it.
  package func hostCount(of directory: UInt32) -> Int {
    tables.hostLists.count(of: tables.directories[Int(directory)].hosts)
  }

  /// `path`, where it is at or below a link, at the tree that the link leads to.
  package func followingLinks(_ path: String) -> String {
    overlays.links.rewritten(path) ?? path
  }

  /// `path` where it is in the archive; nil where it was not archived.
  package func archived(_ path: String) -> String? { overlays.archived.rewritten(path) }

  /// What those are told who ask for a repository that ended; nil where it did not.
  package func endText(ofRepository name: String) -> String? { overlays.endedNames[name] }

  /// The same of `path`, which may be below a link or tree that ended.
  package func endText(ofPath path: String) -> String? {
    overlays.endedPaths.rule(for: path)?.target
  }

  /// What is between the URL of a host and the name of a file.
  package func subpath(of directory: UInt32) -> Text {
    tables.directories[Int(directory)].subpath
  }

  /// Versions of a file, the one that clients should have first; none where the file has
  /// no details.
  package func details(of file: String, in directory: UInt32) -> [FileDetail] {
    if file == Self.index, let details = overlays.details[directory] { return details }
    let record = tables.directories[Int(directory)]
    let range = Int(record.firstFile)..<Int(record.firstFile + record.fileCount)
    for entry in tables.files[range] where tables.texts.string(entry.name) == file {
      return Array(
        tables.details[Int(entry.firstDetail)..<Int(entry.firstDetail + entry.detailCount)])
    }
    return []
  }

  // MARK: - Hosts

  /// How many hosts there are; they are numbered from 0.
  package var hostCount: Int { tables.hosts.count }

  /// Calls `body` with each host of a directory, and the list of its URLs there.
  package func forEachHost(
    of directory: UInt32, _ body: (_ host: UInt32, _ urls: UInt32) -> Void
  ) {
    let record = tables.directories[Int(directory)]
    var index = 0
    tables.hostLists.forEach(record.hosts) { host in
      body(host, tables.placements.element(index, of: record.placements))
      index += 1
    }
  }

  /// Calls `body` with each host of a directory that is for everybody.
  package func forEachGlobalHost(of directory: UInt32, _ body: (UInt32) -> Void) {
    tables.hostLists.forEach(tables.directories[Int(directory)].global, body)
  }

  /// Calls `body` with each host of a directory in a country; false where the cache lists
  /// none there.
  package func forEachHost(
    of directory: UInt32, in country: UInt32, _ body: (UInt32) -> Void
  ) -> Bool {
    let list = tables.directories[Int(directory)].countries
    for index in stride(from: 0, to: tables.countryLists.count(of: list), by: 2)
    where tables.countryLists.element(index, of: list) == country {
      tables.hostLists.forEach(tables.countryLists.element(index + 1, of: list), body)
      return true
    }
    return false
  }

  /// Lists of hosts that prefer clients of an address, those of the longest prefix first.
  package func hosts(preferring address: IPAddress) -> [[UInt32]] {
    tables.preferred.values(covering: address).map { prefix in
      var hosts: [UInt32] = []
      tables.hostLists.forEach(tables.preferredHosts[Int(prefix)]) { hosts.append($0) }
      return hosts
    }
  }

  /// The autonomous system of an address.
  package func system(of address: IPAddress) -> Int64? {
    tables.networkSystems.value(covering: address).map(Int64.init)
  }

  /// Hosts in an autonomous system.
  package func hosts(inSystem system: Int64) -> [UInt32] {
    guard let list = tables.systems[system] else { return [] }
    var hosts: [UInt32] = []
    tables.hostLists.forEach(list) { hosts.append($0) }
    return hosts
  }

  /// The country of a host, in capitals; empty where it is not known.
  package func country(ofHost host: UInt32) -> Text { tables.hosts[Int(host)].country }

  /// Megabits a second, at least 1.
  package func bandwidth(ofHost host: UInt32) -> UInt32 { tables.hosts[Int(host)].bandwidth }

  /// Whether clients of a country, or of none that is known, may use a host.
  package func allows(host: UInt32, clientsOf country: UInt32?) -> Bool {
    guard let allowed = tables.hosts[Int(host)].allowed else { return true }
    return country.map(allowed.contains) ?? false
  }

  // MARK: - Countries

  /// The code of the country of an address, in capitals; nil where it is not known.
  package func country(of address: IPAddress) -> String? {
    if let number = tables.networkCountries.value(covering: address) {
      return tables.countries.codes[Int(number)]
    }
    return countryDatabase?.country(of: address)
  }

  /// The number of a country.
  package func country(coded code: String) -> UInt32? { tables.countries.number(of: code) }

  /// The code of a country, in capitals.
  package func code(ofCountry country: UInt32) -> String { tables.countries.codes[Int(country)] }

  /// The other countries of its continent, in the order of their codes.
  package func neighbours(of country: UInt32) -> [UInt32] {
    guard let continent = tables.countries.continents[Int(country)] else { return [] }
    return (tables.countries.members[continent] ?? []).filter { $0 != country }
  }

  // MARK: - URLs and texts

  /// How many URLs a list has.
  package func urlCount(of list: UInt32) -> Int { tables.urlLists.count(of: list) }

  /// One URL of a list, as the four things that answers need.
  package func url(_ index: Int, of list: UInt32) -> MirrorURL {
    let record = tables.urls[Int(tables.urlLists.element(index, of: list))]
    return MirrorURL(
      text: record.text, escaped: record.escaped, scheme: record.scheme, rank: record.rank)
  }

  /// Calls `body` with the bytes that all texts of this snapshot are in.
  package func withTexts<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    tables.texts.bytes.withUnsafeBytes { body($0) }
  }

  /// A text as a string.
  package func string(_ text: Text) -> String { tables.texts.string(text) }
}

/// One URL of a mirror.
package struct MirrorURL: Sendable {
  /// Without the path below it; empty where the cache has none.
  package let text: Text
  /// The same for markup.
  package let escaped: Text
  /// What comes before the colon, for markup.
  package let scheme: Text
  /// Where only one URL of a mirror is told, that of the lowest rank.
  package let rank: URLRank
}

/// How much there is in a snapshot.
package struct SnapshotCounts: Hashable, Sendable {
  /// Pairs of repository and architecture.
  package let repositories: Int
  /// Mirrors.
  package let hosts: Int
  /// Directories that mirrors are listed of.
  package let directories: Int
  /// Ranges of addresses with a known autonomous system.
  package let networks: Int
}
