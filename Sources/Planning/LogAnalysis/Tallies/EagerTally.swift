/// Clients that asked for one repomd.xml again and again within an hour.
struct EagerTally {
  struct Client {
    let address: String
    let path: String
    /// In how many hours it asked too often.
    var hours: Int
    /// Requests in the worst of them.
    var most: Int
    /// Requests in all of them.
    var requests: Int
  }

  /// More requests in an hour are too many: clients keep metadata for hours.
  static let most = 4
  private static let limit = 65_536

  private(set) var clients: [UInt64: Client] = [:]
  /// Clients that are not told because there were too many.
  private(set) var forgotten = 0

  /// - Parameters:
  ///   - key: of client and path.
  ///   - count: requests of the hour, with this one.
  @inline(__always)
  mutating func add(_ key: UInt64, count: Int, address: LogSlice, path: LogSlice) {
    if count > Self.most { note(key, count, address, path) }
  }

  @inline(never)
  private mutating func note(_ key: UInt64, _ count: Int, _ address: LogSlice, _ path: LogSlice) {
    let isFirst = count == Self.most + 1
    if clients[key] == nil {
      guard clients.count < Self.limit else {
        if isFirst { forgotten += 1 }
        return
      }
      clients[key] = Client(
        address: address.text(limit: 64), path: path.text(limit: 300), hours: 0, most: 0,
        requests: 0)
    }
    clients[key]?.hours += isFirst ? 1 : 0
    clients[key]?.requests += isFirst ? count : 1
    if let most = clients[key]?.most, count > most { clients[key]?.most = count }
  }

  mutating func merge(_ other: EagerTally) {
    for (key, client) in other.clients {
      guard let known = clients[key] else {
        if clients.count < Self.limit { clients[key] = client } else { forgotten += 1 }
        continue
      }
      clients[key]?.hours += client.hours
      clients[key]?.requests += client.requests
      clients[key]?.most = max(known.most, client.most)
    }
    forgotten += other.forgotten
  }
}
