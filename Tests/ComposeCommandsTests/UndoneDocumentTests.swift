import ComposeTestSupport
import Foundation
import Testing

/// An undo takes groups, modules and advisories back, and they stay back while
/// their sources say the same.
@Suite(.waiting) struct UndoneDocumentTests {
  private let stream: LivingStream

  init() throws {
    stream = try LivingStream()
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.installation.release("7.06.201903")
  }

  /// The newest document `type` that the repository behind the link names.
  private func document(_ type: String) throws -> String? {
    let repodata =
      "\(stream.installation.root)/pub/epel/updates/7/Everything/x86_64/repodata"
    let repomd = try String(contentsOfFile: "\(repodata)/repomd.xml", encoding: .utf8)
    let pattern = try Regex("<data type=\"\(type)\">[\\s\\S]*?href=\"repodata/([^\"]+)\"")
    guard let name = try pattern.firstMatch(in: repomd)?.output[1].substring else { return nil }
    return try Shell.check(
      "sh",
      ["-c", "case $1 in *.gz) zcat \"$1\";; *) cat \"$1\";; esac", "-", "\(repodata)/\(name)"])
  }

  private func status() throws -> String {
    try stream.installation.run(["status", "7"]).output
  }

  private func undo() throws -> Shell.Outcome {
    try stream.installation.run(["update", "7", "--undo", "--reason", "It was wrong"])
  }

  @Test func `groups are as before until their file changes`() throws {
    let before = try document("group")
    try stream.write(LivingStream.comps(["alpha"]), to: "comps.xml")
    try stream.update()
    #expect(try document("group") != before)
    let undone = try undo()
    #expect(undone.status == 0 && undone.output.contains("the groups are as before again"))
    #expect(try document("group") == before)
    #expect(try status().contains("Taken back until their sources change (1)\n  document  since"))
    // The file says the same as what was taken back.
    let nightly = try stream.update()
    #expect(nightly.contains("the groups were taken back"), "\(nightly)")
    #expect(try document("group") == before)
    try stream.write(LivingStream.comps(["beta"]), to: "comps.xml")
    try stream.update()
    #expect(try document("group")?.contains("beta") == true)
  }

  @Test func `an advisory comes back by its id alone`() throws {
    try stream.add(RPMSpec("alpha", "1.1"))
    try stream.update()
    try stream.advise("EPEL-2019-7", "bugfix", of: "alpha-1.1-1")
    try stream.update()
    #expect(try document("updateinfo")?.contains("EPEL-2019-7") == true)
    let undone = try undo()
    #expect(undone.output.contains("the advisory EPEL-2019-7 is taken away again"))
    #expect(try document("updateinfo")?.contains("EPEL-2019-7") != true)
    #expect(try stream.update().contains("EPEL-2019-7 was taken back"))
    #expect(try status().contains("advisory EPEL-2019-7"))
    #expect(try document("updateinfo")?.contains("EPEL-2019-7") != true)
    try stream.update(["--again", "EPEL-2019-7"])
    #expect(try !status().contains("Taken back"))
    #expect(try document("updateinfo")?.contains("EPEL-2019-7") == true)
    #expect(
      try stream.installation.run(
        [
          "update", "7", "--again", "EPEL-2019-9", "--rpms", stream.installation.pool,
          "--allow-unsigned",
        ]).status == 2)
  }

  @Test func `with nothing left an undo is refused, never done in silence`() throws {
    try stream.add(RPMSpec("alpha", "1.1"))
    try stream.update()
    try stream.write(LivingStream.comps(["alpha"]), to: "comps.xml")
    try stream.update()
    #expect(try undo().output.contains("Took push 2 back"))
    #expect(try undo().output.contains("Took push 1 back"))
    let refused = try undo()
    #expect(refused.status == 2 && refused.errors.contains("no push that could be undone"))
  }

  @Test func `a push that takes a group away is refused, until somebody decides it`() throws {
    try stream.write(
      LivingStream.comps(["alpha"]).replacing("tools", with: "toys"), to: "comps.xml")
    let before = try document("group")
    for options in [["--dry-run"], []] {
      let refused = try stream.installation.run(
        ["update", "7", "--rpms", stream.installation.pool, "--allow-unsigned"] + options)
      #expect(refused.status == 2, "\(refused.errors)")
      #expect((refused.output + refused.errors).contains("1 of 1 group of 7.06.201903"))
      #expect(try document("group") == before)
    }
    try stream.update(["--override-checks", "The group has another name now"])
    #expect(try document("group")?.contains("toys") == true)
    // To take that back is a decision, and needs no other.
    #expect(try undo().status == 0)
    #expect(try document("group") == before)
  }
  @Test func `an environment counts as a group does`() throws {
    let comps = LivingStream.comps(["alpha"])
    let environment = """
      <environment><id>desk</id><name>Desk</name><grouplist><groupid>tools</groupid></grouplist>
      </environment></comps>
      """
    try stream.write(comps.replacing("</comps>", with: environment), to: "comps.xml")
    try stream.update()
    try stream.write(comps, to: "comps.xml")
    let refused = try stream.installation.run(
      ["update", "7", "--rpms", stream.installation.pool, "--allow-unsigned", "--dry-run"])
    #expect(refused.status == 2, "\(refused.errors)")
    #expect((refused.output + refused.errors).contains("the group desk is in 7.06.201903"))
  }

  @Test func `what modules name and nobody has is foreseen`() throws {
    let path = "\(stream.installation.policies)/modules.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let artifact = try #require(text.firstMatch(of: /- (\S+)-0:(\S+)/)).output
    try stream.write(
      text.replacing(artifact.0, with: "- no\(artifact.1)-0:\(artifact.2)"), to: "modules.yaml")
    let pool = ["--rpms", stream.installation.pool, "--allow-unsigned"]
    let dry = try stream.installation.run(["compose", "7.07.201908", "--dry-run"] + pool)
    #expect(dry.status == 2, "\(dry.output)")
    #expect(dry.output.contains("names no\(artifact.1)-0:"), "\(dry.output)")
    #expect(try stream.installation.run(["compose", "7.07.201908"] + pool).status == 2)
  }
}
