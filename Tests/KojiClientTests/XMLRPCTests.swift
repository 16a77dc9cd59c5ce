import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

@testable import KojiClient

@Suite struct XMLRPCReaderTests {
  private func read(_ text: String, chunk: Int = .max) throws -> XMLRPCReader.Reply {
    var reader = XMLRPCReader()
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: min(chunk, bytes.count)) {
      try bytes[start..<min(bytes.count, start + min(chunk, bytes.count))]
        .withUnsafeBytes { try reader.feed($0) }
    }
    return try reader.finish()
  }

  private func value(_ text: String, chunk: Int = .max) throws -> XMLRPCValue {
    guard case .value(let value) = try read(text, chunk: chunk) else {
      throw Shell.Failure(description: "a fault")
    }
    return value
  }

  private func response(_ value: String) -> String {
    "<?xml version='1.0'?><methodResponse><params><param><value>\(value)</value></param></params></methodResponse>"
  }

  /// Hubs tell times as doubles; nobody keeps one from telling something else.
  @Test(arguments: ["nan", "inf", "1e300", "-1e300", "9223372036854775807"])
  func `what is no time is none`(text: String) throws {
    #expect(try value(response("<double>\(text)</double>")).seconds == nil)
    #expect(try value(response("<double>1552000000.25</double>")).seconds == 1_552_000_000)
  }

  @Test func `the words of a refusal are looked for at its beginning`() {
    let long = String(repeating: "x", count: 8 << 20)
    let begin = ContinuousClock.now
    #expect(HubFault(code: 1004, message: long).neededRight.hasPrefix("Ask"))
    #expect(
      HubFault(code: 1004, message: "requires tag permission \(long)").neededRight
        .contains("permission 'tag'"))
    #expect(ContinuousClock.now - begin < .seconds(10))
  }

  @Test func everyTypeOfARealHub() throws {
    #expect(
      try value(Transcript("26").reply) == [
        1_099_511_627_776, -1_099_511_627_776, nil, "café 世界", .double(1.5), true, [], [:],
      ])
    let tag = try value(Transcript("14").reply)
    #expect(tag["extra"]["nested"]["a"] == [1, nil])
    #expect(try value(Transcript("23").reply).isNull)
    #expect(try value(Transcript("22").reply)["ts"].number == 1_795_240_338.494732)
  }

  @Test(arguments: [
    ("05", 1004, "tag permission required (user not logged in)"),
    ("07", 1008, "10 > 5 (session 13)"),
    ("09", 1007, "session \"14\" has expired"),
    ("27", 1014, "hub is down for scheduled maintenance"),
    ("25", 1, "Traceback (most recent call last): (elided)"),
  ])
  func faultsOfARealHub(_ name: String, _ code: Int, _ message: String) throws {
    guard case .fault(let fault) = try read(Transcript(name).reply) else {
      Issue.record("no fault")
      return
    }
    #expect(fault == HubFault(code: code, message: message))
  }

  @Test func entriesOfAMultiCall() throws {
    let value = try value(Transcript("11").reply)
    let results = try #require(HubCall.results(value, of: 12))
    #expect(try results[0].get() == 15)
    #expect(throws: HubFault.self) { try results[1].get() }
    #expect(try results[2].get().isNull)
    guard case .failure(let tagged) = results[3] else { throw Shell.Failure(description: "?") }
    #expect(tagged.code == 1003 && tagged.message.contains("already tagged"))
    #expect(HubCall.results(value, of: 11) == nil)
    #expect(HubCall.results(["faultCode": 1], of: 1) == nil)
  }

  /// However the bytes arrive, the reply is the same.
  @Test(arguments: [1, 2, 7, 4096])
  func chunks(_ size: Int) throws {
    for name in ["11", "14", "20", "26"] {
      let reply = try Transcript(name).reply
      #expect(try value(reply, chunk: size) == value(reply))
    }
  }

  @Test func rowsAreHandedOverAndNotKept() throws {
    var rows: [(Int, XMLRPCValue)] = []
    var reader = XMLRPCReader(rowDepth: 2) { rows.append(($0, $1)) }
    try Array(Transcript("21").reply.utf8).withUnsafeBytes { try reader.feed($0) }
    guard case .value(let rest) = try reader.finish() else { throw Shell.Failure(description: "?") }
    #expect(rows.map(\.0) == [0, 0, 0, 0, 1])
    #expect(rows[1].1["sigkey"] == "4cc76f3e")
    #expect(rows[4].1["nvr"] == "0ad-data-0.0.18-2.el7")
    #expect(rest == [[], []])
  }

  @Test func whatARowHandlerThrowsArrives() throws {
    struct Enough: Error {}
    var reader = XMLRPCReader(rowDepth: 1) { _, _ in throw Enough() }
    #expect(throws: Enough.self) {
      try Array(Transcript("20").reply.utf8).withUnsafeBytes { try reader.feed($0) }
    }
  }

  /// Hubs escape three characters and nothing else.
  @Test func illFormedTextIsTaken() throws {
    #expect(try value(response("<string>a\u{1}b\u{1B}[0m</string>")) == "a\u{1}b\u{1B}[0m")
    #expect(try value(response("<string>R&D &amp; &lt;&#65;&#x42;&gt;</string>")) == "R&D & <AB>")
    #expect(try value(response("plain")) == "plain")
    #expect(try value(response("")) == "")
    #expect(try value(response("<ex:nil/>")).isNull)
  }

  @Test func everyTruncationIsNoticed() throws {
    let whole = Array(try Transcript("14").reply.utf8)
    let end = whole.count - "\n".utf8.count
    for length in stride(from: 0, to: end, by: 3) {
      #expect(throws: XMLRPCProblem.self, "\(length) bytes") {
        try read(String(decoding: whole[..<length], as: UTF8.self) + " ")
      }
    }
  }

  @Test(arguments: [
    "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><html></html>",
    "<html><body>Bad Gateway</body></html>", "no XML at all",
    "<methodResponse></methodResponse>",
    "<methodResponse><params><param><value><int>x</int></value></param></params></methodResponse>",
    "<methodResponse><params><param><value><boolean>true</boolean></value></param></params></methodResponse>",
    "<methodResponse><params><param></value></param></params></methodResponse>",
    "<methodResponse><fault><value><string>no code</string></value></fault></methodResponse>",
    "<methodResponse><params><param><value><array><value>1</value></array></value></param></params></methodResponse>",
    "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'>]><methodResponse/>",
  ])
  func whatIsNoReply(_ text: String) {
    #expect(throws: XMLRPCProblem.self) { try read(text) }
  }

  @Test func nestingHasALimit() {
    let deep = String(repeating: "<array><data><value>", count: 100)
    #expect(throws: XMLRPCProblem.self) { try read(response(deep)) }
    let endless = "<" + String(repeating: "a", count: 1000)
    #expect(throws: XMLRPCProblem.self) { try read(endless) }
  }
}

@Suite struct XMLRPCWriterTests {
  @Test func namedArgumentsAreLast() throws {
    let call = HubCall("getTag", ["epel7"], named: ["strict": true])
    let text = String(
      decoding: try XMLRPCWriter.request(call.method, call.arguments), as: UTF8.self)
    // The same elements as the real client's, whatever the white space.
    func squeezed(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    let original = try Transcript("19").request
    #expect(
      Set(squeezed(text).components(separatedBy: "<member>"))
        == Set(squeezed(original).components(separatedBy: "<member>"))
        || squeezed(text).count == squeezed(original).count)
    #expect(text.contains("<boolean>1</boolean>"))
  }

  @Test func valuesAsHubsReadThem() throws {
    let text = String(
      decoding: try XMLRPCWriter.request(
        "echo", [1_099_511_627_776, -1, "a&b<c>\n", nil, false, .double(1.5), ["x": []]]),
      as: UTF8.self)
    for part in [
      "<i8>1099511627776</i8>", "<int>-1</int>", "<string>a&amp;b&lt;c&gt;&#10;</string>",
      "<nil/>", "<boolean>0</boolean>", "<double>1.5</double>", "<name>x</name>",
    ] { #expect(text.contains(part)) }
  }

  @Test func whatNoHubTakesIsRefused() {
    #expect(throws: ComposeError.self) { try XMLRPCWriter.request("echo", ["a\u{1}b"]) }
    let large = XMLRPCValue.string(String(repeating: "x", count: 5 << 20))
    #expect(throws: ComposeError.self) { try XMLRPCWriter.request("echo", [large]) }
  }
}
