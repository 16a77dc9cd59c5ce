import Advisories
import ComposeTestSupport
import ReleaseModel
import Testing

/// Each reply is no list of stable updates; the message names server, page,
/// cause and remedy.
@Suite(.waiting) struct BodhiRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: ComposeError.Kind
    let cause: String
    let remedy: String

    var testDescription: String { name }
  }

  static let recorded = [
    Case(
      name: "unknown-release.json", kind: .unavailable,
      cause: "Bodhi reports an error: Invalid releases specified: EPEL-99",
      remedy: "Correct the name of the release if it is that, or run the command again later"),
    Case(
      name: "database.json", kind: .unavailable,
      cause: "Bodhi reports an error: (psycopg2.errors.QueryCanceled) canceling statement due to "
        + "statement timeout; Second",
      remedy: "Correct the name of the release if it is that, or run the command again later"),
    Case(
      name: "gateway.html", kind: .unavailable, cause: "it is a web page, not an answer of Bodhi",
      remedy: "Open https://bodhi.example to see what it says, then run the command again"),
    Case(
      name: "challenge.html", kind: .unavailable, cause: "it is a web page, not an answer of Bodhi",
      remedy: "Open https://bodhi.example to see what it says, then run the command again"),
  ]

  @Test(arguments: recorded)
  func `what Bodhi or a proxy sends instead of a list`(example: Case) throws {
    let error = #expect(throws: ComposeError.self) {
      try BodhiAdvisories.ofNine([ScriptedBodhi.reply(example.name)])
    }
    #expect(error?.kind == example.kind)
    #expect(
      error?.description == "https://bodhi.example, updates of EPEL-9, page 1: \(example.cause). "
        + "\(example.remedy).")
  }

  @Test func `a second page that fails is named`() throws {
    let error = #expect(throws: ComposeError.self) {
      try BodhiAdvisories.ofNine([
        ScriptedBodhi.reply("page-1.json"), ScriptedBodhi.reply("gateway.html"),
      ])
    }
    #expect(error?.thing == "https://bodhi.example, updates of EPEL-9, page 2")
  }

  /// A change of the least list, and what is wrong with the result.
  struct Damage: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let message: String

    var testDescription: String { "\(old) -> \(new)" }

    init(_ old: String, _ new: String, _ message: String) {
      self.old = old
      self.new = new
      self.message = message
    }
  }

  private static let page = "https://bodhi.example, updates of EPEL-9, page 1: "
  private static let update = "https://bodhi.example, update A-1: "
  private static let again =
    ". Check that the URL is that of a Bodhi server, then run the command again."
  private static let report =
    ". Check that the URL is that of a Bodhi server; if it is, report this as an error."
  private static let asked =
    "it is not what was asked for. Check that the URL is that of a Bodhi server, without a cache "
    + "before it."

  static let damages = [
    Damage("\"total\": 1}", "\"total\": 1", page + "it is not JSON" + again),
    Damage("\"total\": 1", "\"sum\": 1", page + "'total' is missing" + again),
    Damage("\"alias\": \"A-1\"", "\"alias\": null", page + "'updates[0].alias' is null" + again),
    Damage(
      "\"alias\": \"A-1\"", "\"alias\": 1",
      page + "'updates[0].alias' is not of the type that Bodhi gives it" + again),
    Damage("{\"nvr\"", "{\"name\"", page + "'updates[0].builds[0].nvr' is missing" + again),
    Damage("\"page\": 1", "\"page\": 2", page + asked),
    Damage("\"stable\"", "\"testing\"", page + asked),
    Damage("\"EPEL-9\"", "\"EPEL-9N\"", page + asked),
    Damage(
      "A-1", "A 1",
      "https://bodhi.example, update A 1: its alias cannot be the id of an advisory" + report),
    Damage("\"bugfix\"", "\"chore\"", update + "its type 'chore' is unknown" + report),
    Damage("\"2024-01-01 00:00:00\"", "null", update + "it has no date" + report),
    Damage(
      "2024-01-01 00", "2024-02-30 00",
      update + "its date_submitted '2024-02-30 00:00:00' is not a date" + report),
  ]

  @Test(arguments: damages)
  func `an answer that makes no sense`(damage: Damage) throws {
    let list = ScriptedBodhi.list(["A-1"], release: "EPEL-9")
    #expect(list.contains(damage.old))
    #expect(try BodhiAdvisories.ofNine([list]).count == 1)
    let error = #expect(throws: ComposeError.self) {
      try BodhiAdvisories.ofNine([list.replacing(damage.old, with: damage.new)])
    }
    #expect(error?.kind == .badData)
    #expect(error?.description == damage.message)
  }

  @Test(arguments: ["", "[]", "null", "\"updates\"", "{}"])
  func `an answer that is no list of updates at all`(text: String) {
    let error = #expect(throws: ComposeError.self) { try BodhiAdvisories.ofNine([text]) }
    #expect(error?.kind == .badData)
    #expect(error?.thing == "https://bodhi.example, updates of EPEL-9, page 1")
  }

  @Test func `more pages than anybody has`() throws {
    let list = ScriptedBodhi.list(["A-1"], release: "EPEL-9")
      .replacing("\"pages\": 1", with: "\"pages\": 1001")
    let error = #expect(throws: ComposeError.self) { try BodhiAdvisories.ofNine([list]) }
    #expect(
      error?.description == "https://bodhi.example, updates of EPEL-9, page 1: it tells of 1001 "
        + "pages; 1000 are the limit. Check that the URL is that of a Bodhi server.")
    let pages = try ["page-1.json", "page-2.json"].map { try ScriptedBodhi.reply($0) }
    for (limit, fits) in [(2, true), (1, false)] {
      let bodhi = BodhiAdvisories(
        server: "https://bodhi.example", fetching: ScriptedBodhi(pages), pageLimit: limit)
      let advisories = try? bodhi.advisories(ofReleases: ["EPEL-9"])
      #expect((advisories != nil) == fits)
    }
  }
}
