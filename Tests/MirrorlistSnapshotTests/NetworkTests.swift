import ComposeTestSupport
import Foundation
import MirrorlistTestSupport
import ReleaseModel
import TestRandom
import Testing

@testable import MirrorlistSnapshot

/// Addresses, prefixes and the files about them.
@Suite struct NetworkTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:DB8::0:1", "2001:db8::1"),
    ("::", "::"), ("192.0.2.256", nil), ("192.0.2", nil), ("", nil), ("fe80::1%eth0", nil),
    ("192.0.2.1 ", nil), ("1.2.3.4\u{0}x", nil), (String(repeating: "1", count: 1000), nil),
  ])
  func `an address is one, or nothing`(text: String, written: String?) {
    #expect(IPAddress(text)?.description == written)
  }

  @Test(arguments: [
    ("192.0.2.77/24", "192.0.2.1", true), ("192.0.2.0/24", "192.0.3.1", false),
    ("0.0.0.0/0", "198.51.100.1", true), ("0.0.0.0/0", "2001:db8::1", false),
    ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
    ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false),
    ("::ffff:192.0.2.0/120", "192.0.2.9", true),
  ])
  func `a prefix covers what begins like it`(prefix: String, address: String, covers: Bool) throws {
    let prefix = try #require(NetworkPrefix(prefix))
    #expect(prefix.contains(try #require(IPAddress(address))) == covers)
  }

  @Test(arguments: ["192.0.2.0/33", "2001:db8::/129", "192.0.2.0/", "192.0.2.0/-1", "x/8", "/8"])
  func `other text is no prefix`(text: String) { #expect(NetworkPrefix(text) == nil) }

  /// Asked in random places, it says what comparing with every prefix says.
  @Test(arguments: [UInt64(1), 2, 3])
  func `a table finds what a search finds`(seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    var prefixes: [(prefix: NetworkPrefix, value: UInt32)] = []
    var known: Set<NetworkPrefix> = []
    while prefixes.count < 150 {
      let text =
        random.below(2) == 0
        ? "10.\(random.below(4)).\(random.below(256)).\(random.below(256))/\(8 + random.below(25))"
        : "2001:db8:\(random.below(8))::\(random.below(9))/\(28 + random.below(101))"
      let prefix = try #require(NetworkPrefix(text))
      guard known.insert(prefix).inserted else { continue }
      prefixes.append((prefix, UInt32(prefixes.count)))
    }
    let table = PrefixTable(prefixes, isNested: true)
    var differences = 0
    for _ in 0..<300 {
      let address = try #require(
        IPAddress(
          random.below(2) == 0
            ? "10.\(random.below(5)).\(random.below(256)).\(random.below(256))"
            : "2001:db8:\(random.below(9))::\(random.below(12))"))
      let expected = prefixes.filter { $0.prefix.contains(address) }
        .sorted { $0.prefix.length > $1.prefix.length }.map(\.value)
      if table.values(covering: address) != expected { differences += 1 }
      if table.value(covering: address) != expected.first { differences += 1 }
    }
    #expect(differences == 0)
  }

  @Test func `the last address of all is covered as well`() throws {
    let table = PrefixTable(
      [
        (try #require(NetworkPrefix("255.255.255.0/24")), 0),
        (try #require(NetworkPrefix("ffff::/16")), 1),
      ], isNested: true)
    #expect(table.value(covering: .v4(.max)) == 0)
    #expect(table.value(covering: .v6(.max)) == 1)
    #expect(table.value(covering: .v4(0)) == nil)
  }

  @Test func `files of networks and continents, with lines that are none`() throws {
    let scratch = try TemporaryDirectory()
    let networks = try scratch.write(
      "# comment\n192.0.2.0/24 64500\r\n192.0.2.128/25\t64501\n2001:db8::/32 64502\nx 1\n\n"
        + "10.0.0.0/8 4294967296\n0.0.0.0/0 1\n", to: "netblocks")
    let table = try NetworkFile.read(networks)
    func system(_ text: String) throws -> UInt32? {
      table.value(covering: try #require(IPAddress(text)))
    }
    #expect(try system("192.0.2.1") == 64500 && system("192.0.2.200") == 64501)
    #expect(try system("2001:db8::1") == 64502 && system("10.1.1.1") == nil)
    let continents = try scratch.write(
      "\"x\",\"y\"\nse,EU\r\n\"US\",\"NA\"\nbad\n", to: "continents")
    #expect(try ContinentFile.read(continents) == ["SE": "EU", "US": "NA"])
    for name in ["netblocks", "continents"] {
      try scratch.write("nothing\n", to: name)
      #expect(throws: ComposeError.self) {
        if name == "netblocks" {
          _ = try NetworkFile.read(networks)
        } else {
          _ = try ContinentFile.read(continents)
        }
      }
    }
  }

  @Test func `a database of countries is read as its own tool reads it`() throws {
    let scratch = try TemporaryDirectory()
    let path = scratch.path("country.mmdb")
    let bytes = CountryDatabaseWriter.bytes([
      (0xC633_6400, 24, "DE"), (0xCB00_7100, 28, "US"),
    ])
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let database = try CountryDatabase(path: path)
    // Whatever happens to the file, nothing happens to what was read.
    try Data([UInt8](repeating: 0, count: 10)).write(to: URL(fileURLWithPath: path))
    func country(_ text: String) throws -> String? {
      database.country(of: try #require(IPAddress(text)))
    }
    #expect(try country("198.51.100.9") == "DE" && country("203.0.113.15") == "US")
    #expect(try country("203.0.113.16") == nil && country("2001:db8::1") == nil)
    for damage in [[], [UInt8](repeating: 0xAB, count: 5000), Array(bytes.prefix(40))] {
      try Data(damage).write(to: URL(fileURLWithPath: path))
      #expect(throws: ComposeError.self) { _ = try CountryDatabase(path: path) }
    }
  }
}
