/// Who asks more than others.
package struct EagerReport: Hashable, Sendable, Encodable {
  /// One network.
  package struct Network: Hashable, Sendable, Encodable {
    /// `/24` of IPv4, `/48` of IPv6; `clients by name` for all that the logs have so.
    package let network: String
    /// Its requests.
    package let requests: Int
    /// Of all requests, 0 to 1.
    package let share: Double
  }

  /// One client and repomd.xml.
  package struct Client: Hashable, Sendable, Encodable {
    /// Address as the log has it.
    package let address: String
    /// What it asked for.
    package let path: String
    /// In how many hours it asked more than four times.
    package let hours: Int
    /// Requests in the worst of them.
    package let most: Int
    /// Requests in all of them.
    package let requests: Int
  }

  /// The 20 with most requests, most first.
  package let networks: [Network]
  /// Clients that asked one server for one repomd.xml more than four times in an hour of
  /// the clock, most requests first; at most 100.
  package let clients: [Client]
  /// How many there are in all.
  package let clientCount: Int

  init(_ logs: [ServerLog]) {
    // Each network of a single log is there once already.
    let all = logs.map(\.tally.networks)
    let counts = all.count == 1 ? all[0] : all.reduce(into: NetworkCounts()) { $0.merge($1) }
    let eager = logs.reduce(into: EagerTally()) { $0.merge($1.tally.eager) }
    let requests = logs.reduce(0) { $0 + $1.tally.counted }
    networks = counts.top(20).map {
      Network(
        network: NetworkName.text($0.network), requests: $0.requests,
        share: Double($0.requests) / Double(max(1, requests)))
    }
    clientCount = eager.clients.count
    clients = eager.clients.values.sorted {
      ($1.requests, $0.address, $0.path) < ($0.requests, $1.address, $1.path)
    }.prefix(100).map {
      Client(
        address: $0.address, path: $0.path, hours: $0.hours, most: $0.most, requests: $0.requests)
    }
  }
}
