import ComposeTestSupport
import Foundation
import Testing

/// The statement of what is current, by the commands that write, renew and use it.
@Suite(.waiting) struct MirrorsCurrentTests {
  @Test func `mirrors are asked by name, and an alarm ends the command with 2`() throws {
    let signed = try SignedInstallation()
    let installation = signed.installation
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release(SignedInstallation.first)
    try signed.fetch()
    let server = try LoopbackServer(serving: signed.mirror)
    func state(_ arguments: [String] = [], status: Int32 = 0) throws -> [String] {
      let outcome = try installation.run(
        ["mirrors", "status", "7", "--mirror", server.url, "--format", "json"] + arguments)
      #expect(outcome.status == status, "\(outcome.errors)")
      let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let streams = (report as? [String: Any])?["streams"] as? [[String: Any]]
      #expect((streams?.first?["statement"] as? [String: Any])?["serial"] as? Int != nil)
      return (streams?.first?["mirrors"] as? [[String: Any]])?
        .compactMap { $0["state"] as? String } ?? []
    }
    #expect(try state() == ["fresh"])
    let report = try installation.json(["mirrors", "status", "7", "--mirror", server.url])
    #expect(report["streams"] != nil)
    try FileManager.default.removeItem(atPath: "\(signed.mirror)/epel-7.current.json.asc")
    #expect(try state(status: 2) == ["stripped"])
    let outcome = try installation.run(["mirrors", "status", "7", "--mirror", server.url])
    #expect(outcome.status == 2 && outcome.errors.contains("is stripped"))
    #expect(outcome.output.contains("statement 1 of "))
    let nobody = try installation.run([
      "mirrors", "status", "7", "--mirror", "http://127.0.0.1:1/epel",
    ])
    #expect(nobody.status == 69, "\(nobody.errors)")
    try installation.expectDryRun(["mirrors", "status", "7"])
    for arguments in [
      ["mirrors", "status", "--mirror", server.url], ["mirrors", "status", "7", "--mirror", "x"],
    ] {
      try installation.expectRefusal(arguments, status: 64)
    }
  }

  @Test func `cron renews it by the command that writes file lists`() throws {
    let signed = try SignedInstallation()
    let installation = signed.installation
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release(SignedInstallation.first)
    let file = "\(installation.root)/pub/epel/epel-7.current.json"
    let before = try Data(contentsOf: URL(fileURLWithPath: file))
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before, "it will do for days")
    try FileManager.default.removeItem(atPath: file)
    #expect(try installation.succeed(["status", "7"]).contains("must be written anew"))
    #expect(
      try installation.run(["mirrors", "lists", "7", "--check"]).status == 2, "it is owed")
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(
      try String(contentsOfFile: file, encoding: .utf8).contains("\"serial\": 2,"))
    #expect(try !installation.succeed(["status", "7"]).contains("must be written anew"))
    #expect(try installation.run(["mirrors", "lists", "7", "--check"]).status == 0)
  }

  @Test func `a rebuilt ledger goes on above what is on disk`() throws {
    let signed = try SignedInstallation()
    let installation = signed.installation
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release(SignedInstallation.first)
    try FileManager.default.removeItem(
      atPath: "\(installation.root)/var/lib/epel-compose/epel-7.sqlite")
    try installation.succeed(["status", "7", "--from-disk"])
    try installation.succeed(["mirrors", "lists", "7"])
    let statement = try String(
      contentsOfFile: "\(installation.root)/pub/epel/epel-7.current.json", encoding: .utf8)
    #expect(statement.contains("\"serial\": 2,"), "\(statement)")
  }

  @Test func `what cannot be signed is told, and the command before it stays done`() throws {
    let signed = try SignedInstallation()
    let installation = signed.installation
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release(SignedInstallation.first)
    try FileManager.default.removeItem(atPath: "\(installation.root)/pub/epel/epel-7.current.json")
    try Shell.check("mv", [signed.key.home, signed.key.home + ".gone"])
    let outcome = try installation.run(["mirrors", "lists", "7"])
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("is not renewed") && outcome.errors.contains("gpg"))
    try Shell.check("mv", [signed.key.home + ".gone", signed.key.home])
    try installation.succeed(["mirrors", "lists", "7"])
  }
}
