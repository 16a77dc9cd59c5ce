import MirrorlistSnapshot

/// The hosts of a directory in the order in which a client is told of them, each once,
/// and a text that says why.
struct HostChoice {
  private let snapshot: Snapshot
  private let directory: UInt32
  /// Hosts of the answer with their lists of URLs.
  private(set) var chosen: [(host: UInt32, urls: UInt32)] = []
  /// `country = SE ` and the like.
  private(set) var reasons = ""
  /// For each host: the list of its URLs plus one, 0 where it does not have the directory
  /// or was chosen already.
  private var waiting: [UInt32]

  init(_ snapshot: Snapshot, directory: UInt32) {
    self.snapshot = snapshot
    self.directory = directory
    var waiting = [UInt32](repeating: 0, count: snapshot.hostCount)
    snapshot.forEachHost(of: directory) { host, urls in waiting[Int(host)] = urls + 1 }
    self.waiting = waiting
  }

  /// Chooses hosts of networks that cover the client, then those of its autonomous system.
  mutating func chooseNear(_ address: IPAddress, _ random: inout AnswerRandom) {
    let before = chosen.count
    for hosts in snapshot.hosts(preferring: address) {
      takeShuffled(hosts, &random)
    }
    if chosen.count > before { reasons += "Using preferred netblock " }
    guard let system = snapshot.system(of: address) else { return }
    let near = chosen.count
    takeShuffled(snapshot.hosts(inSystem: system), &random)
    if chosen.count > near { reasons += "Using ASN \(system) " }
  }

  /// Chooses hosts of countries that were asked for, `global` for all; where these have
  /// none, those of their continents. Whether there are any.
  mutating func choose(
    countries asked: [String], clientsOf country: UInt32?, _ random: inout AnswerRandom
  ) -> Bool {
    var group: [UInt32] = []
    for code in asked {
      if code.uppercased() == "GLOBAL" { addGlobal(to: &group, clientsOf: country) }
      if let number = snapshot.country(coded: code) {
        add(country: number, to: &group, clientsOf: country)
      }
    }
    takeWeighted(group, &random)
    if !chosen.isEmpty { return true }
    group = []
    var seen: Set<UInt32> = []
    for code in asked {
      guard let number = snapshot.country(coded: code) else { continue }
      for neighbour in snapshot.neighbours(of: number) where seen.insert(neighbour).inserted {
        add(country: neighbour, to: &group, clientsOf: country)
      }
    }
    takeWeighted(group, &random)
    return !chosen.isEmpty
  }

  /// Chooses hosts of the client's country, then of its continent.
  mutating func chooseAround(_ country: UInt32, _ random: inout AnswerRandom) {
    var group: [UInt32] = []
    add(country: country, to: &group, clientsOf: country)
    takeWeighted(group, &random)
    group = []
    for neighbour in snapshot.neighbours(of: country) {
      add(country: neighbour, to: &group, clientsOf: country)
    }
    takeWeighted(group, &random)
  }

  /// Chooses all others that are for everybody.
  mutating func chooseGlobal(clientsOf country: UInt32?, _ random: inout AnswerRandom) {
    var group: [UInt32] = []
    addGlobal(to: &group, clientsOf: country)
    takeWeighted(group, &random)
  }

  private mutating func addGlobal(to group: inout [UInt32], clientsOf country: UInt32?) {
    snapshot.forEachGlobalHost(of: directory) { host in
      if snapshot.allows(host: host, clientsOf: country) { group.append(host) }
    }
    reasons += "country = global "
  }

  private mutating func add(
    country number: UInt32, to group: inout [UInt32], clientsOf country: UInt32?
  ) {
    let isThere = snapshot.forEachHost(of: directory, in: number) { host in
      if snapshot.allows(host: host, clientsOf: country) { group.append(host) }
    }
    if isThere { reasons += "country = \(snapshot.code(ofCountry: number)) " }
  }

  private mutating func takeShuffled(_ hosts: [UInt32], _ random: inout AnswerRandom) {
    take(hosts.map { (random.key(weight: 1), $0) })
  }

  private mutating func takeWeighted(_ hosts: [UInt32], _ random: inout AnswerRandom) {
    take(hosts.map { (random.key(weight: snapshot.bandwidth(ofHost: $0)), $0) })
  }

  private mutating func take(_ keyed: [(key: Double, host: UInt32)]) {
    var keyed = keyed
    keyed.removeAll { waiting[Int($0.host)] == 0 }
    keyed.sort { $0.key < $1.key }
    for (_, host) in keyed where waiting[Int(host)] != 0 {
      chosen.append((host, waiting[Int(host)] - 1))
      waiting[Int(host)] = 0
    }
  }
}
