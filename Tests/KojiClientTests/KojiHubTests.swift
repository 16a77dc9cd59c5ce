import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

@testable import KojiClient

/// A client of a test hub.
struct HubScene {
  let hub: TestHub
  let client: KojiHub

  static let quick = TransferLimits(idle: 10, stall: 2, deadline: 20)

  init(
    _ seed: HubSeed = HubSeed(packages: 3), user: String = "releng",
    limits: TransferLimits = quick, options: [String] = []
  ) throws {
    let certificates = try #require(HubCertificates.shared)
    hub = try TestHub(seed: seed.json(), options: options)
    client = try KojiHub(
      HubAccess(
        url: hub.url, login: .certificate(path: certificates.user(user)),
        authorities: certificates.authority),
      limits: limits)
  }

  func createTag(_ name: String) throws -> WriteOutcome<XMLRPCValue> {
    try client.write(HubCall("createTag", [.string(name)]))
  }
}

@Suite(.waiting) struct KojiHubReadTests {
  @Test func readsGoWithoutASession() throws {
    let scene = try HubScene()
    #expect(try scene.client.tag("epel7")?.arches == ["x86_64"])
    #expect(try scene.client.tag("nope") == nil)
    let builds = try scene.client.builds(in: "epel7")
    #expect(builds.map(\.nvr.name) == ["p003", "p002", "p001"])
    #expect(try scene.hub.log().allSatisfy { $0.session == nil })
  }

  @Test func everythingIsReadAtTheEvent() throws {
    let scene = try HubScene()
    let event = try scene.client.lastEvent()
    try scene.hub.call("untagBuildBypass", ["epel7", "p001-1.0-1.el7"])
    #expect(try scene.client.builds(in: "epel7").count == 2)
    #expect(try scene.client.builds(in: "epel7", at: event).count == 3)
  }

  @Test func whatTheHubRefusesIsAnError() throws {
    let scene = try HubScene()
    let error = #expect(throws: ComposeError.self) { try scene.client.builds(in: "nope") }
    #expect(error?.kind == .failed)
    #expect(error?.cause.contains("nope") == true)
  }

  /// What may go wrong once and must not matter.
  @Test(arguments: [
    "502", "503", "502-after", "offline", "html", "reset-before", "reset-after", "truncated",
    "truncated-xml", "restart", "deadlock",
  ])
  func aReadIsTriedAgain(_ kind: String) throws {
    let scene = try HubScene()
    _ = try scene.client.lastEvent()
    try scene.hub.arm(kind)
    #expect(try scene.client.builds(in: "epel7").count == 3)
  }

  @Test func rowsOfATryThatBrokeOffAreForgotten() throws {
    let scene = try HubScene(HubSeed(packages: 300))
    try scene.hub.arm("truncated", count: 2, method: "listTagged")
    let builds = try scene.client.builds(in: "epel7")
    #expect(builds.count == 300)
    #expect(Set(builds.map(\.id)).count == 300)
  }

  /// What does not end by itself ends with the deadline, as exit status 69.
  @Test(arguments: ["stall", "silent", "endless", "bomb", "502", "offline", "truncated"])
  func theDeadlineHolds(_ kind: String) throws {
    let scene = try HubScene(limits: TransferLimits(idle: 10, stall: 1, deadline: 3))
    _ = try scene.client.lastEvent()
    try scene.hub.arm(kind, count: 100)
    let start = ContinuousClock.now
    let error = #expect(throws: ComposeError.self) { try scene.client.builds(in: "epel7") }
    #expect(error?.kind == .unavailable)
    #expect(error?.thing.contains(scene.hub.url) == true)
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  @Test(arguments: ["file:///etc/passwd", "http://localhost:1/kojihub", "gopher://localhost/"])
  func noRedirectIsFollowed(_ location: String) throws {
    let scene = try HubScene()
    try scene.hub.arm("redirect", location: location)
    let error = #expect(throws: ComposeError.self) { try scene.client.lastEvent() }
    #expect(error?.kind == .unavailable)
    #expect(error?.cause.contains("redirects") == true)
  }

  @Test func anotherAuthorityIsNotTrusted() throws {
    let scene = try HubScene()
    let other = try HubCertificates(users: [])
    let client = try KojiHub(
      HubAccess(
        url: scene.hub.url, login: .certificate(path: ""), authorities: other.authority),
      limits: HubScene.quick)
    let error = #expect(throws: ComposeError.self) { try client.lastEvent() }
    #expect(error?.kind == .unavailable)
    #expect(try scene.hub.log().isEmpty)
  }

  @Test func nobodyAtThePortIsToldSoon() throws {
    let client = try KojiHub(
      HubAccess(url: "https://localhost:1/kojihub", login: .certificate(path: "")),
      limits: TransferLimits(deadline: 600))
    let start = ContinuousClock.now
    let error = #expect(throws: ComposeError.self) { try client.lastEvent() }
    #expect(error?.kind == .unavailable)
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test func controlCharactersDoNotStopIt() throws {
    let scene = try HubScene()
    try scene.hub.arm("control-characters")
    #expect(try scene.client.builds(in: "epel7").count == 3)
  }

  @Test func interruptionEndsTheWait() throws {
    struct Stop: Error {}
    let scene = try HubScene()
    let start = ContinuousClock.now
    let client = try KojiHub(
      HubAccess(
        url: scene.hub.url, login: .certificate(path: ""),
        authorities: HubCertificates.shared?.authority),
      limits: TransferLimits(),
      check: { if ContinuousClock.now - start > .milliseconds(300) { throw Stop() } })
    try scene.hub.arm("silent", count: 100)
    #expect(throws: Stop.self) { try client.lastEvent() }
    #expect(ContinuousClock.now - start < .seconds(60))
  }
}

@Suite(.waiting) struct KojiHubSessionTests {
  @Test func theFirstChangeLogsInAndNumbersGoUp() throws {
    let scene = try HubScene()
    _ = try scene.createTag("a")
    _ = try scene.createTag("b")
    scene.client.logout()
    let log = try scene.hub.log()
    #expect(log.map(\.method) == ["sslLogin", "createTag", "createTag", "logout"])
    let numbers = log.dropFirst().compactMap(\.callNumber)
    #expect(numbers == numbers.sorted() && Set(numbers).count == 3)
    #expect(Set(log.dropFirst().compactMap(\.session)).count == 1)
  }

  @Test func aHubOfOldWithoutHeaders() throws {
    let scene = try HubScene(options: ["--no-header-auth"])
    _ = try scene.createTag("a")
    #expect(try scene.hub.builds(in: "a") == [])
  }

  /// TLS 1.3 asks for the certificate in mid-connection, at the login alone.
  @Test func postHandshakeCertificate() throws {
    let scene = try HubScene(options: ["--post-handshake"])
    _ = try scene.client.lastEvent()
    _ = try scene.createTag("a")
    #expect(try scene.hub.builds(in: "a") == [])
  }

  @Test func aLoginThatIsRefused() throws {
    let scene = try HubScene(
      user: "untrusted", limits: TransferLimits(deadline: 600), options: ["--post-handshake"])
    let start = ContinuousClock.now
    let error = #expect(throws: ComposeError.self) { try scene.createTag("a") }
    #expect(error?.kind == .permission, "\(error?.cause ?? "")")
    #expect(error?.remedy.contains("untrusted.pem") == true)
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(try scene.hub.builds(in: "a") == nil)
  }

  @Test func somebodyWithoutThePermission() throws {
    let scene = try HubScene(user: "nobody")
    let error = #expect(throws: ComposeError.self) {
      try scene.client.createTag("a", arches: ["x86_64"])
    }
    #expect(error?.kind == .permission)
    #expect(try scene.hub.builds(in: "a") == nil)
  }

  @Test func anExpiredSessionIsRenewedAndNumbersGoOn() throws {
    let scene = try HubScene()
    _ = try scene.createTag("a")
    try scene.hub.control(["do": "expire"])
    _ = try scene.createTag("b")
    let log = try scene.hub.log()
    #expect(log.map(\.method) == ["sslLogin", "createTag", "createTag", "sslLogin", "createTag"])
    #expect(log[2].fault == 1007)
    #expect(log[4].callNumber == log[2].callNumber)
    #expect(log[4].session == log[1].session)
    #expect(try scene.hub.builds(in: "b") == [])
  }

  @Test func aForgottenSessionIsReplaced() throws {
    let scene = try HubScene()
    _ = try scene.createTag("a")
    try scene.hub.arm("badsession")
    // Whether the call was carried out cannot be told in another session.
    guard case .unread = try scene.createTag("b") else {
      Issue.record("believed done")
      return
    }
    try scene.client.createTag("b", arches: [])
    let log = try scene.hub.log()
    #expect(log.last?.session != log[1].session)
    #expect(try scene.hub.builds(in: "b") == [])
  }

  /// A reply is lost after the commit: the same call with the same number is
  /// not carried out again.
  @Test(arguments: [
    "reset-after", "502-after", "503-after", "truncated", "truncated-xml", "stall-after",
  ])
  func aLostReplyIsNoSecondCall(_ kind: String) throws {
    let scene = try HubScene()
    _ = try scene.createTag("t")
    try scene.hub.arm(kind)
    let outcome = try scene.client.writeAll([
      HubCall("tagBuildBypass", ["t", "p001-1.0-1.el7", true])
    ])
    guard case .unread = outcome else {
      Issue.record("\(kind): a result, though the reply was lost")
      return
    }
    #expect(try scene.hub.taggings(in: "t") == ["p001-1.0-1.el7"])
    let tries = try scene.hub.log().filter { $0.method == "multiCall" }
    #expect(Set(tries.map(\.callNumber)).count == 1)
    #expect(tries.last?.fault == 1009)
  }

  @Test(arguments: [
    "502", "503", "offline", "html", "reset-before", "stall", "restart", "expired",
  ])
  func aCallThatWasNotCarriedOutIsCarriedOut(_ kind: String) throws {
    let scene = try HubScene()
    _ = try scene.createTag("t")
    try scene.hub.arm(kind)
    _ = try scene.client.writeAll([HubCall("tagBuildBypass", ["t", "p001-1.0-1.el7", true])])
    #expect(try scene.hub.taggings(in: "t") == ["p001-1.0-1.el7"])
  }

  /// Idle connections are not used again: a proxy may be closing them.
  @Test func idleConnectionsAreLeft() throws {
    let scene = try HubScene(limits: TransferLimits(idle: 2, stall: 5, deadline: 20))
    _ = try scene.client.lastEvent()
    _ = try scene.client.lastEvent()
    Thread.sleep(forTimeInterval: 2.2)
    _ = try scene.client.lastEvent()
    let connections = try scene.hub.log().map(\.connection)
    #expect(connections[0] == connections[1])
    #expect(connections[1] != connections[2])
  }

  @Test func nothingSecretIsSaid() throws {
    let scene = try HubScene(
      limits: TransferLimits(idle: 10, stall: 1, deadline: 2), options: ["--no-header-auth"])
    _ = try scene.createTag("t")
    try scene.hub.arm("502", count: 100)
    let error = #expect(throws: ComposeError.self) { try scene.createTag("u") }
    let text = "\(try #require(error))"
    #expect(!text.contains("session-key") && !text.contains("session-id"))
  }
}

@Suite(.waiting) struct KojiHubTaggingTests {
  /// A reply that is lost together with the session: what is true is read
  /// before anything is believed.
  @Test func whatIsLostWithTheSessionIsNotBelieved() throws {
    let scene = try HubScene()
    try scene.client.createTag("a", arches: [])
    for method in ["createTag", "deleteTag"] {
      try scene.hub.arm("reset-before", count: 2, method: method)
      try scene.hub.arm("badsession", at: 3, method: method)
    }
    try scene.client.deleteTag("a")
    #expect(try scene.hub.builds(in: "a") == nil)
    try scene.client.createTag("b", arches: [])
    #expect(try scene.hub.builds(in: "b") == [])
  }

  @Test func permissionIsAskedFor() throws {
    let scenes = try [HubScene(), HubScene(user: "nobody")]
    #expect(try scenes.map { try $0.client.mayTag() } == [true, false])
  }

  @Test func packagesKeepTheirOwnersAndBuildsTheirOrder() throws {
    let scene = try HubScene()
    let live = try #require(try scene.client.tag("epel7"))
    try scene.client.createTag("c", arches: ["x86_64"])
    try scene.client.createTag("c", arches: ["x86_64"])
    let packages = try scene.client.packages(of: live)
    #expect(try scene.client.addPackages(packages, to: "c") == [:])
    let builds = try scene.client.builds(in: "epel7").map(\.nvr)
    #expect(try scene.client.tagBuilds(builds, into: "c") == [:])
    #expect(try scene.client.tagBuilds(builds, into: "c") == [:])
    #expect(try scene.hub.owners(in: "c") == ["p001": "tibbs", "p002": "tibbs", "p003": "tibbs"])
    #expect(try scene.hub.taggings(in: "c") == builds.map(\.description))
  }

  @Test func everyEntryIsLookedAt() throws {
    let scene = try HubScene()
    try scene.client.createTag("c", arches: [])
    let missing = NVR(name: "no", version: "1", rpmRelease: "1")
    let refused = try #require(
      try scene.client.tagBuilds(
        [missing, NVR(name: "p001", version: "1.0", rpmRelease: "1.el7")], into: "c"))
    #expect(refused.keys.sorted() == ["no-1-1"])
    #expect(try scene.hub.taggings(in: "c") == ["p001-1.0-1.el7"])
  }
}
