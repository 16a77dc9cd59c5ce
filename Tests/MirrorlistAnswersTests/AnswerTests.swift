import ComposeTestSupport
import MirrorDocuments
import MirrorlistAnswers
import MirrorlistSnapshot
import MirrorlistTestSupport
import ReleaseModel
import TestRandom
import Testing

/// What is answered, byte for byte, and when something else is.
@Suite struct AnswerTests {
  /// One row of the table of answers.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let target: String
    var address: String?
    var status = 200
    var hasOverlay = false

    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "neither", target: "/mirrorlist?repo=epel-7", status: 400),
    Row(name: "neither-metalink", target: "/metalink", status: 400),
    Row(name: "repo", target: "/mirrorlist?repo=epel-7&arch=x86_64", address: "198.51.100.1"),
    Row(
      name: "repo-metalink", target: "/metalink?repo=epel-7&arch=x86_64", address: "198.51.100.1"),
    Row(
      name: "repo-overlay-metalink", target: "/metalink?repo=epel-7&arch=x86_64",
      address: "198.51.100.1", hasOverlay: true),
    Row(name: "source", target: "/mirrorlist?repo=epel-source-7&arch=x86_64&country=SE"),
    Row(name: "disabled", target: "/mirrorlist?repo=epel-5&arch=x86_64", status: 404),
    Row(name: "disabled-metalink", target: "/metalink?repo=epel-5&arch=x86_64", status: 404),
    Row(name: "unknown", target: "/mirrorlist?repo=epel--6&arch=x86_64", status: 404),
    Row(name: "unknown-metalink", target: "/metalink?repo=epel---6&arch=%3E%0A", status: 404),
    Row(name: "lost", target: "/mirrorlist?repo=lost&arch=x86_64", status: 404),
    Row(name: "lost-metalink", target: "/metalink?repo=lost&arch=x86_64", status: 404),
    Row(name: "path", target: "/mirrorlist?path=//pub/epel//&country=JP&ip=11.0.0.1"),
    Row(name: "path-file", target: "/mirrorlist?path=pub/epel/a%20b%0Ac&country=SE"),
    Row(name: "path-unknown", target: "/mirrorlist?path=pub/nothing/x", status: 404),
    Row(name: "path-directory-metalink", target: "/metalink?path=pub/epel", status: 404),
    Row(name: "path-file-metalink", target: "/metalink?path=pub/epel/a%26b&country=SE"),
    Row(
      name: "link", target: "/mirrorlist?path=pub/epel/updates/7/Everything/x86_64/&country=SE",
      hasOverlay: true),
    Row(
      name: "link-unknown", target: "/mirrorlist?path=pub/epel/updates/7/Everything/x86_64/",
      status: 404),
    Row(
      name: "archived", target: "/mirrorlist?path=pub/epel/updates/7.05.201810", hasOverlay: true),
    Row(name: "no-hosts", target: "/mirrorlist?path=pub/epel/updates/7.05.201810"),
    Row(
      name: "network", target: "/mirrorlist?repo=epel-7&arch=x86_64&protocol=https",
      address: "10.1.2.3"),
    Row(name: "system", target: "/mirrorlist?repo=epel-7&arch=x86_64&time", address: "10.9.1.1"),
    Row(name: "nowhere", target: "/mirrorlist?repo=epel-7&arch=x86_64"),
  ]

  @Test(arguments: rows)
  func `every row of the table`(row: Row) throws {
    let world = try SmallWorld(withOverlay: row.hasOverlay)
    let answer = try world.ask(row.target, from: row.address)
    #expect(answer.status == row.status)
    try Golden.expect(String(decoding: answer.body, as: UTF8.self), matches: row.name)
  }

  /// An overlay may be ahead of the cache: then the cache answers as it did.
  @Test func `names and links that lead to what the cache does not have are answered`() throws {
    let link = "pub/epel/updates/7/Everything/x86_64"
    let world = try SmallWorld(withOverlay: true) { cache in
      cache.directories.removeAll { $0.name.contains("7.07.") }
      cache.repositories.removeAll { $0.key.contains("7.07.") }
      cache.directories.append(.init(link, subpath: "updates/7/Everything/x86_64", hosts: [0, 3]))
    }
    for form in ["mirrorlist", "metalink"] {
      let answer = try world.ask("/\(form)?repo=epel-7&arch=x86_64")
      #expect(answer.status == 200)
      #expect(String(decoding: answer.body, as: UTF8.self).contains("/7.06.201903/"))
    }
    #expect(try world.text("/mirrorlist?path=\(link)").contains("/updates/7/Everything/x86_64/\n"))
    // The tree is there, but not all of it.
    let partly = try SmallWorld(withOverlay: true) { cache in
      cache.directories.append(
        .init("pub/epel/updates/7/iso/x", subpath: "updates/7/iso/x", hosts: [0]))
    }
    #expect(try partly.ask("/mirrorlist?path=pub/epel/updates/7/iso/x").status == 200)
  }

  /// What a stream that ended answers; whatever else there is goes on.
  @Test func `what ended is answered with its text, in both forms`() throws {
    let text = "EPEL <7> & \"all\" ended -- on 2024-06-30"
    let world = try SmallWorld(ended: [
      .init(.name("epel-7"), text: text), .init(.name("epel-9"), text: text),
      .init(.path(try #require(RelativePath("pub/epel/updates/7.06.201903"))), text: text),
    ])
    let tree = "path=pub/epel/updates/7.06.201903"
    for form in ["mirrorlist", "metalink"] {
      for query in [
        "repo=epel-7&arch=x86_64", "repo=epel-7&arch=x86_64&redirect=1", "repo=epel-9&arch=x",
        "repo=epel-7&arch=%0d%0aX:1", "\(tree)/Everything/x86_64/repodata/repomd.xml", "\(tree)/",
      ] {
        let answer = try world.ask("/\(form)?\(query)", from: "198.51.100.1")
        #expect(answer.status == 410, "\(form)?\(query)")
        #expect(String(decoding: answer.body, as: UTF8.self) == text + "\n")
        #expect("\(answer.mediaType)" == "text/plain; charset=utf-8")
        #expect(answer.usage == nil && answer.location == nil)
      }
      // It is asked for by another name, and is answered as before.
      for query in ["repo=epel-7.07.201908&arch=x86_64", "repo=epel-7.06.201903&arch=x86_64"] {
        #expect(try world.ask("/\(form)?\(query)").status == 200, "\(form)?\(query)")
      }
      #expect(try world.ask("/\(form)?repo=epel-5&arch=x86_64").status == 404)
      #expect(try world.ask("/\(form)?repo=epel-7").status == 400)
      #expect(try SmallWorld().ask("/\(form)?repo=epel-7&arch=x86_64").status == 200)
    }
  }

  @Test(arguments: ["/", "/mirrorlist/", "/metalink/x", "/xmirrorlist", "", "/mirrorlis"])
  func `other paths are no question`(target: String) {
    #expect(MirrorQuestion(target: target) == nil)
  }

  @Test func `a query is decoded once, and a plus stays one`() throws {
    let query = try #require(
      MirrorQuestion(target: "/a/mirrorlist?repo=a+b%2Bc%252B&x=%zz%4&arch=1&arch=2=3&time&%41=")
    ).query
    #expect(query["repo"] == "a+b+c%2B" && query["x"] == "%zz%4" && query["arch"] == "2=3")
    #expect(query["time"] == "" && query["A"] == "" && query["nothing"] == nil)
  }

  @Test func `a redirect leads to https, else to http, else nowhere`() throws {
    let world = try SmallWorld()
    let target = "/mirrorlist?path=pub/epel/x%0d%0aSet-Cookie:1&redirect=1&country="
    let secure = try world.ask(target + "SE")
    #expect(secure.status == 302 && secure.body.isEmpty)
    #expect(secure.location == "https://m4.se.example.org/epel/x%0D%0ASet-Cookie:1")
    let plain = try SmallWorld { $0.hosts[3].urls = [(99, "http://m4.se.example.org/")] }
      .ask(target + "SE")
    #expect(plain.location == "http://m4.se.example.org/x%0D%0ASet-Cookie:1")
    let none = try SmallWorld { $0.hosts[3].urls = [(99, "rsync://m4.se.example.org/epel")] }
      .ask(target + "SE")
    #expect(none.status == 404 && none.location == nil)
    #expect(try world.ask("/mirrorlist?path=pub/epel&redirect=0").status == 200)
  }

  @Test func `who asked for what is written down as it was asked`() throws {
    let world = try SmallWorld()
    let use = try world.ask("/metalink?repo=epel-7&arch=x86_64", from: "198.51.100.1").usage
    #expect(use?.repository == "epel-7" && use?.arch == "x86_64" && use?.country == "DE")
    #expect(use?.address == IPAddress("198.51.100.1"))
    let source = try world.ask("/mirrorlist?repo=epel-source-7&arch=x86_64&ip=none").usage
    #expect(source?.arch == "source" && source?.country == "N/A" && source?.address == nil)
    #expect(try world.ask("/mirrorlist?path=pub/epel").usage == nil)
    #expect(try world.ask("/mirrorlist?repo=nothing&arch=x86_64").usage == nil)
  }

  @Test func `an address in the query counts before that of the client, if it is one`() throws {
    let world = try SmallWorld()
    let target = "/mirrorlist?repo=epel-7&arch=x86_64&ip="
    #expect(try world.ask(target + "203.0.113.1", from: "198.51.100.1").usage?.country == "US")
    #expect(try world.ask(target + "x", from: "198.51.100.1").usage?.country == "DE")
    #expect(try world.ask(target + "192.0.2.1").usage?.country == "SE")
  }

  /// A thousand random questions: each has an answer, and each metalink is XML.
  @Test func `every answer to random questions is well-formed`() throws {
    let world = try SmallWorld(withOverlay: true) { cache in
      cache.hosts[0].country = "<&\">"
      cache.hosts[0].urls = [(500, "https://m1/a&b'<c>")]
    }
    var random = SeededRandom(state: 11)
    let words = [
      "epel-7", "epel-source-7", "epel-5", "x86_64", "pub/epel", "pub/epel/a%26b", "--", "-->",
      "%00", "%ff%fe", "]]>", "&", "=", "global", "SE,DE", "https", "1", "%EF%BF%BF", "<!--", "../",
      "pub/epel/updates/7/Everything/x86_64/repodata/repomd.xml", "%c2%85", "+", "%", "\u{1F600}",
    ]
    let names = [
      "repo", "arch", "path", "country", "protocol", "netblock", "ip", "time", "redirect",
    ]
    let parser = try XMLJudge()
    for number in 0..<1000 {
      var parts: [String] = []
      for _ in 0..<random.below(5) {
        let value = (0...random.below(2)).map { _ in words[random.below(words.count)] }.joined()
        parts.append("\(names[random.below(names.count)])=\(value)")
      }
      if random.below(2) == 0 { parts += ["repo=epel-7", "arch=x86_64"] }
      let answer = try world.ask("/metalink?" + parts.joined(separator: "&"), seed: UInt64(number))
      #expect([200, 400, 404].contains(answer.status))
      parser.add(answer.body, name: parts.joined(separator: "&"))
    }
    #expect(try parser.malformed() == "")
  }
}
