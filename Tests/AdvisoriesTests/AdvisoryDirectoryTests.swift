import Advisories
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

@Suite struct AdvisoryDirectoryTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private var directory: String { scratch.path("advisories") }

  private func advisory(_ id: String) -> String {
    "{id: \(id), type: bugfix, title: t, issued: 2024-02-29, builds: [beta-1.0-1.el9]}"
  }

  @discardableResult
  private func write(_ text: String, to name: String) throws -> String {
    try scratch.write(text, to: "advisories/\(name)")
  }

  private func refusal() throws -> String {
    let error = try #require(
      #expect(throws: ComposeError.self) { try AdvisoryDirectory(directory: directory) })
    #expect(error.kind == .badData)
    return error.description.replacing(directory, with: "DIR")
  }

  private func ids() throws -> [String] {
    try AdvisoryDirectory(directory: directory).advisories.map(\.id)
  }

  @Test func `YAML and JSON, one and several, in the order of names by bytes`() throws {
    try write("- \(advisory("B-2"))\n- \(advisory("B-1"))\n", to: "b.yml")
    try write(advisory("a-1"), to: "a.yaml")
    try write(
      #"[{"id": "C-1", "type": "bugfix", "title": "t", "issued": "2024-02-29", "#
        + #""builds": ["c-1-1"]}]"#, to: "Z.json")
    try write("[]\n", to: "empty.json")
    #expect(try ids() == ["C-1", "a-1", "B-2", "B-1"])
    let again = try AdvisoryDirectory(directory: directory)
    #expect(try AdvisoryDirectory(directory: directory) == again)
    #expect(try AdvisoryDirectory(directory: directory + "/").advisories == again.advisories)
  }

  @Test func `every key that is described can be read`() throws {
    try write(
      """
      id: X-1
      type: security
      severity: critical
      title: "beta: closes a hole"
      description: |
        First line.

        * more & <more>
      issued: 2024-02-29
      updated: 2024-03-01 10:00:00
      builds:
        - beta-2.0-1.el9
        - alpha-1.0-1.el9
      bugs:
        - 7
        - {id: 3, title: other, url: "https://bugs.example/3"}
      cves: [CVE-2024-31234]
      references:
        - https://h/a
        - {id: notes, title: release notes, url: "https://h/b"}
      suggest: relogin
      """, to: "x.yaml")
    let advisory = try #require(try AdvisoryDirectory(directory: directory).advisories.first)
    let bugzilla = "https://bugzilla.redhat.com/show_bug.cgi?id="
    #expect(
      advisory
        == Advisory(
          id: "X-1", title: "beta: closes a hole",
          description: "First line.\n\n* more & <more>\n", kind: .security, severity: .critical,
          issued: 1_709_164_800, updated: 1_709_287_200,
          builds: ["alpha-1.0-1.el9", "beta-2.0-1.el9"],
          references: [
            .init(kind: .bugzilla, id: "7", title: "", url: "\(bugzilla)7"),
            .init(kind: .bugzilla, id: "3", title: "other", url: "https://bugs.example/3"),
            .init(
              kind: .cve, id: "CVE-2024-31234", title: "CVE-2024-31234",
              url: "https://www.cve.org/CVERecord?id=CVE-2024-31234"),
            .init(kind: .other, id: "https://h/a", title: "", url: "https://h/a"),
            .init(kind: .other, id: "notes", title: "release notes", url: "https://h/b"),
          ], suggestsRelogin: true))
    let text = try String(contentsOfFile: "\(directory)/x.yaml", encoding: .utf8)
    for key in AdvisoryKeys.all {
      #expect(text.contains("\(key.path.split(separator: ".").last ?? ""):"), "\(key.path)")
    }
    #expect(Set(AdvisoryKeys.all.map(\.path)).count == AdvisoryKeys.all.count)
  }

  @Test func `other files and hidden ones are left alone`() throws {
    try write(advisory("A"), to: "a.yaml")
    for name in [".hidden.yaml", "README", "b.yaml.orig", "c.YAML", "yaml", "d.yaml~"] {
      try write("\u{1}", to: name)
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(directory)/link", withDestinationPath: "a.yaml")
    #expect(try ids() == ["A"])
  }

  @Test func `Windows' marks and line ends`() throws {
    try write("\u{FEFF}\(advisory("A"))\r\n", to: "a.yaml")
    try write(
      "\u{FEFF}" + #"{"id": "B", "type": "bugfix", "title": "t", "issued": "2024-02-29","#
        + "\r\n" + #""builds": ["b-1-1"]}"# + "\r\n", to: "b.json")
    #expect(try ids() == ["A", "B"])
    try write("id: A\r\ntype: bugfix\r\ntitel: t\r\n", to: "a.yaml")
    #expect(try refusal() == "DIR/a.yaml:3: unknown key 'titel'. Write 'title' if that was meant.")
  }

  @Test func `an id twice names both places`() throws {
    try write("\n" + advisory("A"), to: "b.yaml")
    try write("- \(advisory("B"))\n- \(advisory("A"))\n", to: "a.yml")
    let remedy = "Give each an id of its own, or remove one."
    #expect(
      try refusal() == "DIR/b.yaml:2: the advisory 'A' is there twice: DIR/a.yml:2 has it, too. "
        + remedy)
    try write(advisory("C"), to: "b.yaml")
    #expect(try ids() == ["B", "A", "C"])
    try write("- \(advisory("A"))\n- \(advisory("A"))\n", to: "a.yml")
    #expect(
      try refusal() == "DIR/a.yml:2: the advisory 'A' is there twice: DIR/a.yml:1 has it, too. "
        + remedy)
  }

  @Test func `a second advisory's mistakes have its lines`() throws {
    try write("- \(advisory("A"))\n- id: B\n  type: bugfix\n  type: bugfix\n", to: "a.yaml")
    #expect(
      try refusal() == "DIR/a.yaml:4: the key 'type' is there twice. Remove one of the two.")
  }

  @Test func `the table of keys in the documentation is that of the program`() throws {
    let rows = try DocumentationPage("Docs/Advisories.md").table(below: "Keys")
    #expect(
      rows
        == AdvisoryKeys.all.map { ["`\($0.path)`", $0.meaning, $0.fallback ?? "*must be given*"] })
  }

  @Test func `the example of the documentation is one`() throws {
    let text = try String(
      contentsOfFile: "\(Fixtures.checkout)/Docs/Advisories.md", encoding: .utf8)
    let example = try #require(text.firstMatch(of: /```yaml\n((?:.*\n)*?)```/)?.output.1)
    try scratch.write(String(example), to: "documented/example.yaml")
    let advisory = try AdvisoryDirectory(directory: scratch.path("documented")).advisories.first
    #expect(advisory?.id == "TOOLS-2026-0007" && advisory?.severity == .important)
  }
}
