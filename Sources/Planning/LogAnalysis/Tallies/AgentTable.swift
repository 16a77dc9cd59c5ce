/// The kind of client of each User-Agent, looked up by the whole of it: at most 65,536
/// are known, others are worked out each time.
struct AgentTable {
  private static let limit = 65_536
  private static let kindLimit = 4096

  private var agents = HashIndex(limit: limit)
  private var kindOfAgent: [UInt16] = []
  private var numbers: [ClientKind: Int] = [:]
  private(set) var kinds: [ClientKind] = []

  /// A number below ``kinds``.count.
  @inline(__always)
  mutating func kind(_ agent: LogSlice) -> Int {
    let hash = agent.hash
    if let known = agents.find(hash) { return Int(kindOfAgent[known]) }
    return add(agent, hash)
  }

  @inline(never)
  private mutating func add(_ agent: LogSlice, _ hash: UInt64) -> Int {
    let kind = number(of: ClientKind(agent: agent.text(limit: 512)))
    if case .new = agents.insert(hash) { kindOfAgent.append(UInt16(kind)) }
    return kind
  }

  mutating func number(of kind: ClientKind) -> Int {
    if let known = numbers[kind] { return known }
    // Room for one of each family without its version.
    let isFull = kinds.count >= Self.kindLimit
    let kind = isFull ? ClientKind(family: kind.family, version: "") : kind
    if let known = numbers[kind] { return known }
    numbers[kind] = kinds.count
    kinds.append(kind)
    return kinds.count - 1
  }
}
