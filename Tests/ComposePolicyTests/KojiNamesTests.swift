import ComposePolicy
import ReleaseModel
import Testing

/// The `koji` part of a policy: defaults, and each mistake with its line.
@Suite struct KojiNamesTests {
  private static let koji = """
    koji:
      hub: https://koji.example/kojihub/
      topdir: /mnt/koji/
      liveTag: epel{major}
      composeTag: epel7-{release}
    """

  private func policy(_ koji: String) throws -> Policy {
    try Policy(text: PolicyRefusalTests.valid + "\n" + koji + "\n", file: "p.yaml")
  }

  @Test func defaults() throws {
    let koji = try #require(try policy(Self.koji).koji)
    #expect(koji.hub == "https://koji.example/kojihub")
    #expect(koji.topdir == "/mnt/koji")
    #expect(koji.profile == "koji")
    #expect(koji.latest == .tagged)
    #expect(koji.pendingTags.isEmpty && koji.signingKeys.isEmpty)
    #expect(
      [koji.waits.idle, koji.waits.stall, koji.waits.deadline, koji.waits.tasks].map(\.seconds)
        == [10, 180, 900, 21_600])
    #expect(koji.liveTag.filled(release: try ReleaseID("7.06.201903")) == "epel7")
    #expect(try policy(Self.koji).metadata.from == .here)
    #expect(try policy(Self.koji + "\nmetadata: koji").metadata.from == .koji)
    #expect(
      try policy(Self.koji + "\nmetadata: {from: koji, changelogs: 3}").metadata.changelogs == 3)
  }

  /// What `policy show` prints is the same policy.
  @Test func whatIsShownIsReadBack() throws {
    let all =
      Self.koji + "\n  latest: evr\n  profile: other\n  waits: {idle: 5 seconds}\nmetadata: koji"
    let policy = try policy(all)
    let again = try Policy(text: policy.yaml(), file: "again.yaml")
    #expect(again.koji == policy.koji)
    #expect(again.metadata == policy.metadata)
  }

  @Test(arguments: [
    ("https://koji.example/kojihub/", "ftp://koji.example", "is not the URL of a hub"),
    ("https://koji.example/kojihub/", "https://me:secret@koji.example/kojihub", "without user"),
    ("https://koji.example/kojihub/", "https://", "is not the URL of a hub"),
    ("/mnt/koji/", "mnt/koji", "neither an absolute path nor a URL"),
    ("epel{major}", "epel 7", "cannot be the name of a tag"),
    ("epel7-{release}", "epel7", "lacks '{release}'"),
    ("epel7-{release}", "epel7-{release}\n  latest: newest", "newest"),
    ("epel7-{release}", "epel7-{release}\n  signingKeys: [\"352C64E5\"]", "is not a key id"),
    ("epel7-{release}", "epel7-{release}\n  waits: {idle: 0 seconds}", "longer than nothing"),
    ("epel7-{release}", "epel7-{release}\n  waits: {idel: 5 seconds}", "'idle'"),
    ("epel7-{release}", "epel7-{release}\nmetadata: builders", "builders"),
    ("epel7-{release}", "epel7-{release}\n  testingTag: epel7-testing", "but no area for it"),
  ])
  func mistakes(_ old: String, _ new: String, _ words: String) throws {
    let error = #expect(throws: ComposeError.self) {
      try policy(Self.koji.replacing(old, with: new))
    }
    #expect(error?.kind == .badData)
    #expect("\(try #require(error))".contains(words))
    #expect(error?.thing.contains("p.yaml:") == true)
  }

  @Test func `the area of testing and its tag are there together`() throws {
    let area = PolicyRefusalTests.valid.replacing(
      "begins: release}\n", with: "begins: release}\n  testing: {path: \"testing/{release}\"}\n")
    let error = #expect(throws: ComposeError.self) {
      try Policy(text: area + "\n" + Self.koji + "\n", file: "p.yaml")
    }
    #expect(error?.cause.contains("nothing says which builds it has") == true)
    let text = area + "\n" + Self.koji + "\n  testingTag: epel{major}-testing\n"
    let policy = try Policy(text: text, file: "p.yaml")
    let again = try Policy(text: policy.yaml(), file: "again.yaml")
    #expect(again.koji == policy.koji && again.areas == policy.areas)
    let tested = try #require(policy.koji?.ofTesting)
    #expect(tested.liveTag.filled(release: try ReleaseID("7.06.201903")) == "epel7-testing")
    #expect(tested.pendingTags.isEmpty && tested.ofTesting == nil)
    // Without the area, the policy is printed as it always was.
    #expect(try !self.policy(Self.koji).yaml().contains("testing"))
  }

  @Test func buildersNeedAHub() {
    let error = #expect(throws: ComposeError.self) { try policy("metadata: koji") }
    #expect(error?.cause.contains("no hub") == true)
  }
}
