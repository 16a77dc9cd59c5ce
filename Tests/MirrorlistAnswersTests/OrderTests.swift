import ComposeTestSupport
import MirrorlistAnswers
import MirrorlistSnapshot
import MirrorlistTestSupport
import Testing

/// Which mirrors are told, and in which order.
@Suite struct OrderTests {
  static let target = "/mirrorlist?repo=epel-7&arch=x86_64"

  private func sets(_ hosts: [Int], _ counts: [Int]) -> [Set<Int>] {
    var rest = hosts[...]
    return counts.map { count in
      defer { rest = rest.dropFirst(count) }
      return Set(rest.prefix(count))
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `near ones come before those of the country, the continent and all`(seed: UInt64) throws {
    let world = try SmallWorld()
    // The longer prefix, the shorter one, then France, Germany and Sweden. Others are not
    // needed: the network's own mirror counts too.
    let near = try world.hosts(Self.target, from: "10.1.2.3", seed: seed)
    #expect(sets(near, [1, 1, 1, 4]) == [[10], [9], [3], [1, 2, 4, 11]])
    let system = try world.hosts(Self.target, from: "10.9.0.1", seed: seed)
    #expect(sets(system, [1, 2, 3]) == [[11], [3, 10], [1, 2, 4]])
    // Three in America: all others follow, but not Japan's own, and none of rsync.
    let america = try world.hosts(Self.target, from: "203.0.113.1", seed: seed)
    #expect(sets(america, [2, 1, 6]) == [[5, 6], [7], [1, 2, 3, 4, 10, 11]])
    #expect(try world.hosts(Self.target, from: "11.0.0.1", seed: seed).contains(8))
  }

  @Test func `a country that is asked for is all there is, unless it has none`() throws {
    let world = try SmallWorld()
    func hosts(_ country: String) throws -> Set<Int> {
      Set(try world.hosts("\(Self.target)&country=\(country)", from: "10.1.2.3"))
    }
    #expect(try hosts("SE") == [4])
    #expect(try hosts("us,se") == [4, 5, 6])
    #expect(try hosts("global") == [1, 2, 3, 4, 5, 6, 7, 10, 11])
    // Norway has none, and no continent here: whoever is near, though not by network.
    #expect(try hosts("NO").contains(3))
    #expect(try !hosts("NO").contains(9))
    // Its own may be asked by Japan alone; then there is nobody on its continent.
    #expect(try !hosts("JP").contains(8))
    #expect(
      Set(try world.hosts("\(Self.target)&country=JP", from: "11.0.0.1")) == [8])
  }

  @Test func `a country without mirrors gets those of its continent`() throws {
    let world = try SmallWorld { cache in
      for index in cache.hosts.indices where cache.hosts[index].country == "SE" {
        cache.hosts[index].country = "US"
      }
    }
    #expect(
      Set(try world.hosts("\(Self.target)&country=SE", from: "203.0.113.1")) == [1, 2, 3, 10, 11])
  }

  @Test func `networks can be left out`() throws {
    let world = try SmallWorld()
    for value in ["0", "x", ""] {
      let hosts = try world.hosts("\(Self.target)&netblock=\(value)", from: "10.1.2.3")
      #expect(!hosts.contains(9))
    }
    #expect(try world.hosts("\(Self.target)&netblock=1", from: "10.1.2.3").contains(9))
  }

  @Test func `protocols filter URLs, unless nothing would be left`() throws {
    let world = try SmallWorld()
    func text(_ query: String) throws -> String {
      try world.text("/metalink?repo=epel-7&arch=x86_64&\(query)", from: "198.51.100.1")
    }
    #expect(try !text("protocol=https").contains("\"http\""))
    #expect(try text("protocol=http,https").contains("http://m1.de"))
    // Few have it: the rest of the world is asked, too.
    #expect(try text("protocol=rsync").matches(of: #/<url /#).count == 2)
    #expect(try text("protocol=gopher").contains("https://"))
    let list = try world.text("\(Self.target)&protocol=ftp", from: "198.51.100.1")
    #expect(
      list.hasSuffix(
        "protocol = ftp\nftp://m2.de.example.org/epel/updates/7.06.201903/Everything/x86_64/\n"))
  }

  @Test func `a mirrorlist has one URL a host, a metalink all of them`() throws {
    let world = try SmallWorld()
    let list = try world.text(Self.target, from: "198.51.100.1")
    #expect(list.contains("https://m1.de") && !list.contains("http://m1.de"))
    #expect(list.contains("http://m2.de") && !list.contains("ftp://m2.de"))
    let metalink = try world.text("/metalink?repo=epel-7&arch=x86_64", from: "10.1.2.3")
    #expect(metalink.contains("https://m1.de") && metalink.contains("http://m1.de"))
    // The private one says so, and preferences fall by one a host.
    #expect(metalink.contains("preference=\"99\" mm0:private=\"True\">https://m9.fr"))
  }

  /// How often each of the German mirrors comes first is in proportion to its bandwidth.
  @Test func `bandwidth decides how often a mirror comes first`() throws {
    let world = try SmallWorld { cache in
      cache.hosts[0].bandwidth = 1000
      cache.hosts[1].bandwidth = 600
      cache.hosts[10].bandwidth = 400
    }
    var first: [Int: Int] = [:]
    var repeated = 0
    let runs = 10_000
    for seed in 0..<UInt64(runs) {
      let body = try world.ask("\(Self.target)&country=DE", seed: seed).body
      let hosts = Self.hosts(body)
      first[hosts[0], default: 0] += 1
      if Set(hosts).count != 3 || hosts.count != 3 { repeated += 1 }
    }
    #expect(repeated == 0)
    for (host, share) in [(1, 0.5), (2, 0.3), (11, 0.2)] {
      let found = Double(first[host] ?? 0) / Double(runs)
      #expect(abs(found - share) < 0.02, "mirror \(host) came first in \(found), not \(share)")
    }
  }

  /// The number behind each `://m`.
  private static func hosts(_ body: [UInt8]) -> [Int] {
    var hosts: [Int] = []
    for index in body.indices.dropFirst(3)
    where body[index] == UInt8(ascii: "m") && body[index - 1] == UInt8(ascii: "/")
      && body[index - 2] == UInt8(ascii: "/")
    {
      var number = 0
      for byte in body[(index + 1)...] {
        guard (0x30...0x39).contains(byte) else { break }
        number = number * 10 + Int(byte - 0x30)
      }
      hosts.append(number)
    }
    return hosts
  }

  @Test func `the same seed gives the same order`() throws {
    let world = try SmallWorld()
    #expect(try world.text(Self.target, seed: 4) == world.text(Self.target, seed: 4))
    #expect(
      Set(try (0..<30).map { try world.hosts(Self.target, seed: $0) }).count > 20)
  }
}
