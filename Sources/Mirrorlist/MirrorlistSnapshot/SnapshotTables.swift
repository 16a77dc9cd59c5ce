/// What a snapshot consists of, while it is made and afterwards. Everything is numbered
/// from 0 upwards; numbers of lists are those of a ``ListPool``.
struct SnapshotTables: Sendable {
  /// Seconds since 1970 when the cache was made.
  var time: Int64 = 0
  var texts = TextPool()

  /// Directories as MirrorManager writes them: `pub/epel/7/x86_64`.
  var directoryNames = NameTable()
  /// One of each name.
  var directories: [DirectoryRecord] = []
  /// How many of them the cache lists mirrors of.
  var listedDirectories = 0
  /// Files with details, those of one directory together.
  var files: [FileRecord] = []
  var details: [FileDetail] = []

  /// `epel-7+x86_64`.
  var repositoryKeys = NameTable()
  /// The directory of each.
  var repositoryDirectories: [UInt32] = []
  var redirects: [String: String] = [:]
  var disabled: Set<String> = []

  /// One of each mirror.
  var hosts: [HostRecord] = []
  var countries = CountryTable()
  /// Mirrors of each autonomous system.
  var systems: [Int64: UInt32] = [:]
  var urls: [URLRecord] = []

  /// Lists of hosts.
  var hostLists = ListPool()
  /// Lists of URLs: those of one host for one category.
  var urlLists = ListPool()
  /// For each host of a directory's list, the list of its URLs.
  var placements = ListPool()
  /// Pairs of a country and a list of hosts.
  var countryLists = ListPool()

  /// Hosts that prefer clients of a network.
  var preferred = PrefixTable([], isNested: true)
  var preferredHosts: [UInt32] = []
  /// Countries of networks that the cache itself knows.
  var networkCountries = PrefixTable([], isNested: false)
  /// Autonomous systems of networks.
  var networkSystems = PrefixTable([], isNested: false)

  mutating func freeze() {
    hostLists.freeze()
    urlLists.freeze()
    placements.freeze()
    countryLists.freeze()
    directories = Array(directories[...])
    files = Array(files[...])
    details = Array(details[...])
  }
}

/// One directory; nothing but zeros where the cache does not list mirrors of it.
struct DirectoryRecord: Sendable {
  /// What follows the URL of a host, without slashes around it.
  var subpath = Text.empty
  /// Hosts for everybody.
  var global: UInt32 = 0
  /// Pairs of a country and its hosts.
  var countries: UInt32 = 0
  /// All hosts, ascending.
  var hosts: UInt32 = 0
  /// Their lists of URLs.
  var placements: UInt32 = 0
  var firstFile: UInt32 = 0
  var fileCount: UInt32 = 0
  var isListed = false
}

/// One file with details.
struct FileRecord: Sendable {
  let name: Text
  let firstDetail: UInt32
  let detailCount: UInt32
}

/// One version of a file that clients may accept.
package struct FileDetail: Hashable, Sendable {
  /// Seconds since 1970; 0 where it is not known.
  package var timestamp: Int64 = 0
  /// Bytes; 0 where it is not known.
  package var size: Int64 = 0
  /// Checksums in hexadecimal digits; empty where one is not known.
  package var md5 = Text.empty
  package var sha1 = Text.empty
  package var sha256 = Text.empty
  package var sha512 = Text.empty
}

/// One mirror.
struct HostRecord: Sendable {
  /// In capitals; empty where it is not known.
  var country = Text.empty
  /// Megabits a second, at least 1.
  var bandwidth: UInt32 = 1
  /// Countries whose clients alone may use it; nil for everybody's.
  var allowed: [UInt32]?
}

/// One URL of a mirror, without the path below it.
struct URLRecord: Sendable {
  var text = Text.empty
  /// The same for markup.
  var escaped = Text.empty
  /// What comes before the colon.
  var scheme = Text.empty
  var rank = URLRank.other
}

/// Which of several URLs of a mirror is told where only one is.
package enum URLRank: UInt8, Sendable, Comparable {
  case https, http, ftp, rsync, other

  package static func < (left: URLRank, right: URLRank) -> Bool { left.rawValue < right.rawValue }

  /// By what comes before the colon, in small letters.
  init(scheme: String) {
    self =
      switch scheme {
      case "https": .https
      case "http": .http
      case "ftp": .ftp
      case "rsync": .rsync
      default: .other
      }
  }
}

/// Countries by their code, in capitals, and the continents that they belong to.
struct CountryTable: Sendable {
  private(set) var codes: [String] = []
  private var numbers: [String: UInt32] = [:]
  /// By number of country; nil where it is not known.
  private(set) var continents: [String?] = []
  /// Countries of each continent, in the order of their codes.
  private(set) var members: [String: [UInt32]] = [:]

  func number(of code: String) -> UInt32? { numbers[code.uppercased()] }

  mutating func add(_ code: String) -> UInt32 {
    let code = code.uppercased()
    if let number = numbers[code] { return number }
    let number = UInt32(codes.count)
    codes.append(code)
    continents.append(nil)
    numbers[code] = number
    return number
  }

  /// To be called once, when all countries are there.
  mutating func setContinents(_ table: [String: String]) {
    for (country, continent) in table { continents[Int(add(country))] = continent }
    for number in codes.indices {
      if let continent = continents[number] {
        members[continent, default: []].append(UInt32(number))
      }
    }
    for continent in members.keys {
      members[continent]?.sort { codes[Int($0)] < codes[Int($1)] }
    }
  }
}
