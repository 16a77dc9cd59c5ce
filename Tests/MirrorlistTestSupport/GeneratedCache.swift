import TestRandom

/// A cache of the size that EPEL and Fedora have, or a small one, made from a seed.
package struct GeneratedCache {
  /// How much there is.
  package struct Size: Sendable {
    package var hosts: Int
    package var directories: Int
    package var repositories: Int
    package var networks: Int

    package init(hosts: Int, directories: Int, repositories: Int, networks: Int) {
      self.hosts = hosts
      self.directories = directories
      self.repositories = repositories
      self.networks = networks
    }

    /// Some 60 MB.
    package static let whole = Size(
      hosts: 500, directories: 12_000, repositories: 364, networks: 1200)
    /// For the tests.
    package static let small = Size(hosts: 60, directories: 300, repositories: 40, networks: 60)
  }

  /// Which release clients of `epel-7` get.
  package enum Release: String, Sendable {
    case older = "7.06.201903"
    case newer = "7.07.201908"
  }

  package private(set) var cache = MirrorCache()
  private var random: SeededRandom

  private static let countries = [
    "US", "DE", "FR", "SE", "CN", "JP", "BR", "AU", "ZA", "IN", "GB", "NL", "CA", "PL", "CZ", "IT",
    "RU", "UA", "TW", "KR", "SG", "NZ", "AR", "CL", "KE", "ES", "PT", "NO", "FI", "DK",
  ]

  /// Lines of `country_continent.csv`.
  package static let continents = """
    "iso 3166 country","continent code"
    US,NA
    CA,NA
    DE,EU
    FR,EU
    SE,EU
    GB,EU
    NL,EU
    PL,EU
    CZ,EU
    IT,EU
    RU,EU
    UA,EU
    ES,EU
    PT,EU
    NO,EU
    FI,EU
    DK,EU
    CN,AS
    JP,AS
    IN,AS
    TW,AS
    KR,AS
    SG,AS
    BR,SA
    AR,SA
    CL,SA
    AU,OC
    NZ,OC
    ZA,AF
    KE,AF

    """

  package init(_ size: Size, release: Release, seed: UInt64 = 1) {
    random = SeededRandom(state: seed)
    cache.time = release == .older ? 1_567_166_400 : 1_567_170_000
    makeHosts(size)
    makeRepositories(size)
    makeOthers(size)
    cache.redirects = [
      ("epel-7", "epel-\(release.rawValue)"), ("epel-debug-7", "epel-debug-\(release.rawValue)"),
    ]
    cache.networkCountries = [("192.0.2.0/24", "SE")]
  }

  private mutating func makeHosts(_ size: Size) {
    for index in 0..<size.hosts {
      let id = Int64(index * 3 + 7)
      let country = Self.countries[random.below(Self.countries.count)]
      let base = "mirror\(index).\(country.lowercased()).example.org/pub/linux/fedora-epel"
      var urls = [(id: id * 8, url: "https://\(base)")]
      if random.below(10) < 9 { urls.append((id * 8 + 1, "http://\(base)")) }
      if random.below(10) < 2 { urls.append((id * 8 + 2, "rsync://\(base)")) }
      cache.hosts.append(
        .init(
          id, country, bandwidth: [10, 100, 1000, 10_000][random.below(4)],
          allowed: random.below(40) == 0 ? [country] : [],
          system: random.below(3) == 0 ? Int64(64_500 + random.below(100)) : nil,
          networks: [], urls: urls, isPrivate: random.below(20) == 0))
    }
    for index in 0..<size.networks {
      let host = random.below(size.hosts)
      cache.hosts[host].networks.append(
        index % 5 == 0
          ? "2001:db8:\(String(index, radix: 16))::/48"
          : "10.\(index / 250).\(index % 250).0/\(24 + random.below(5))")
    }
  }

  /// Hosts that have a directory: all but some of them.
  private mutating func someHosts(_ size: Size) -> [Int] {
    let missing = random.below(20)
    return (0..<size.hosts).filter { _ in random.below(20) >= 4 + missing / 2 }
  }

  private mutating func makeRepositories(_ size: Size) {
    let arches = ["x86_64", "aarch64", "ppc64le", "s390x"]
    let releases =
      ["7.06.201903", "7.07.201908"]
      + (0..<max(0, size.repositories / 8)).map { "8.\($0).2020\($0 % 12 + 10)" }
    for release in releases {
      for arch in arches {
        for (name, part) in [("epel-\(release)", arch), ("epel-debug-\(release)", "\(arch)/debug")]
        where cache.repositories.count < size.repositories {
          let subpath = "updates/\(release)/Everything/\(part)"
          let directory = "pub/epel/\(subpath)"
          // What everybody asks for: an answer of some 60 KB.
          let hosts =
            release.hasPrefix("7.")
            ? Array(stride(from: 0, to: size.hosts, by: 3)) : someHosts(size)
          let isNewer = release == "7.07.201908"
          cache.directories.append(.init(directory, subpath: subpath, hosts: hosts))
          cache.directories.append(
            .init(
              "\(directory)/repodata", subpath: "\(subpath)/repodata", hosts: hosts,
              files: [
                (
                  "repomd.xml",
                  [
                    .init(
                      time: isNewer ? 1_567_166_399 : 1_552_000_000, size: isNewer ? 4123 : 3987,
                      seed: isNewer ? "b" : "a"), .init(time: 1_551_000_000, size: 3900, seed: "9"),
                  ]
                )
              ]))
          cache.repositories.append(("\(name)+\(arch)", directory))
        }
      }
    }
  }

  private mutating func makeOthers(_ size: Size) {
    var index = 0
    // Most directories of a category are on the same mirrors.
    let usual = (0..<40).map { _ in someHosts(size) }
    while cache.directories.count < size.directories {
      let subpath = "updates/8.\(index / 500)/Everything/x86_64/Packages/\(index)"
      let hosts = index % 2 == 0 ? usual[random.below(usual.count)] : someHosts(size)
      cache.directories.append(.init("pub/epel/\(subpath)", subpath: subpath, hosts: hosts))
      index += 1
    }
  }
}
