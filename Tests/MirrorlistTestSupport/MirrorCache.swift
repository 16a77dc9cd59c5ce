/// A cache as MirrorManager would write it, from values.
package struct MirrorCache {
  /// One mirror.
  package struct Host {
    package var id: Int64
    package var country: String
    package var bandwidth: Int64
    package var allowed: [String]
    package var system: Int64?
    package var networks: [String]
    /// URLs of each category, with their IDs.
    package var urls: [(id: Int64, url: String)]
    /// Not told to everybody.
    package var isPrivate: Bool

    package init(
      _ id: Int64, _ country: String, bandwidth: Int64 = 100, allowed: [String] = [],
      system: Int64? = nil, networks: [String] = [], urls: [(id: Int64, url: String)],
      isPrivate: Bool = false
    ) {
      self.id = id
      self.country = country
      self.bandwidth = bandwidth
      self.allowed = allowed
      self.system = system
      self.networks = networks
      self.urls = urls
      self.isPrivate = isPrivate
    }
  }

  /// One version of a file.
  package struct Detail {
    package var time: Int64
    package var size: Int64
    package var md5: String
    package var sha1: String
    package var sha256: String
    package var sha512: String

    /// Checksums are made up from `seed`.
    package init(time: Int64, size: Int64, seed: Character) {
      self.time = time
      self.size = size
      md5 = String(repeating: seed, count: 32)
      sha1 = String(repeating: seed, count: 40)
      sha256 = String(repeating: seed, count: 64)
      sha512 = String(repeating: seed, count: 128)
    }
  }

  /// One directory and the hosts that have it, by their place in `hosts`.
  package struct Directory {
    package var name: String
    package var subpath: String
    package var hosts: [Int]
    package var files: [(name: String, details: [Detail])]

    package init(
      _ name: String, subpath: String, hosts: [Int],
      files: [(name: String, details: [Detail])] = []
    ) {
      self.name = name
      self.subpath = subpath
      self.hosts = hosts
      self.files = files
    }
  }

  package var time: Int64 = 1_567_166_400
  package var hosts: [Host] = []
  package var directories: [Directory] = []
  package var repositories: [(key: String, directory: String)] = []
  package var redirects: [(from: String, to: String)] = []
  package var disabled: [String] = []
  package var networkCountries: [(prefix: String, country: String)] = []
  package var continentRedirects: [(country: String, continent: String)] = []

  package init() {}

  /// The file.
  package var bytes: [UInt8] {
    var writer = WireWriter()
    writer.integer(1, time)
    for entry in networkCountries { pair(2, entry.prefix, entry.country, &writer) }
    for host in hosts {
      for url in host.urls {
        writer.message(4) {
          $0.integer(1, url.id)
          $0.text(2, url.url)
        }
      }
    }
    for directory in directories where !directory.files.isEmpty {
      writer.message(5) { message in
        message.text(1, directory.name)
        for file in directory.files { add(file, to: &message) }
      }
    }
    for name in disabled {
      writer.message(6) {
        $0.text(1, name)
        $0.integer(2, 1)
      }
    }
    for entry in continentRedirects { pair(7, entry.country, entry.continent, &writer) }
    for entry in redirects { pair(8, entry.from, entry.to, &writer) }
    for entry in repositories { pair(9, entry.key, entry.directory, &writer) }
    addHosts(&writer)
    var placements: [[UInt8]] = []
    for host in hosts {
      var message = WireWriter()
      message.message(6) { entry in
        entry.integer(1, host.id)
        for url in host.urls { entry.integer(2, url.id) }
      }
      placements.append(message.bytes)
    }
    for directory in directories {
      writer.message(16) { message in
        message.text(1, directory.name)
        let shown = directory.hosts.filter { !hosts[$0].isPrivate }
        for host in shown { message.integer(2, hosts[host].id) }
        message.text(3, directory.subpath)
        let byCountry = Dictionary(grouping: shown) { hosts[$0].country }
        for (country, members) in byCountry.sorted(by: { $0.key < $1.key }) {
          message.message(4) { entry in
            entry.text(1, country)
            for host in members { entry.integer(2, hosts[host].id) }
          }
        }
        for host in directory.hosts { message.append(placements[host]) }
      }
    }
    return writer.bytes
  }

  private func pair(_ field: UInt64, _ key: String, _ value: String, _ writer: inout WireWriter) {
    writer.message(field) {
      $0.text(1, key)
      $0.text(2, value)
    }
  }

  private func add(_ file: (name: String, details: [Detail]), to message: inout WireWriter) {
    message.message(2) { entry in
      entry.text(1, file.name)
      for detail in file.details {
        entry.message(2) {
          $0.integer(1, detail.time)
          $0.integer(2, detail.size)
          $0.text(3, detail.sha1)
          $0.text(4, detail.md5)
          $0.text(5, detail.sha256)
          $0.text(6, detail.sha512)
        }
      }
    }
  }

  private func addHosts(_ writer: inout WireWriter) {
    let systems = Dictionary(grouping: hosts.filter { $0.system != nil }) { $0.system ?? 0 }
    for (system, members) in systems.sorted(by: { $0.key < $1.key }) {
      writer.message(10) { entry in
        entry.integer(1, system)
        for host in members { entry.integer(2, host.id) }
      }
    }
    for host in hosts {
      writer.message(11) {
        $0.integer(1, host.id)
        $0.integer(2, 1)
      }
      writer.message(12) {
        $0.integer(1, host.id)
        $0.text(2, host.country)
      }
      writer.message(13) {
        $0.integer(1, host.id)
        $0.integer(2, host.bandwidth)
      }
      if !host.allowed.isEmpty {
        writer.message(14) { entry in
          entry.integer(1, host.id)
          for country in host.allowed { entry.text(2, country) }
        }
      }
    }
    var networks: [(String, [Int64])] = []
    for host in hosts {
      for network in host.networks {
        if let index = networks.firstIndex(where: { $0.0 == network }) {
          networks[index].1.append(host.id)
        } else {
          networks.append((network, [host.id]))
        }
      }
    }
    for (network, members) in networks {
      writer.message(15) { entry in
        entry.text(1, network)
        for host in members { entry.integer(2, host) }
      }
    }
  }
}
