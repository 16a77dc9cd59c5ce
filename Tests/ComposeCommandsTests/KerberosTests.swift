import ComposeTestSupport
import Testing

/// A login by Kerberos, with a real KDC.
@Suite(
  .waiting, .enabled(if: KerberosRealm.isAvailable, "needs krb5kdc"))
struct KerberosTests {
  private let release = "7.06.201903"

  private func scene(_ realm: KerberosRealm, profile: String) throws -> KojiInstallation {
    let scene = try KojiPool.shared().installation(
      hubOptions: ["--keytab", realm.serviceKeytab], environment: realm.environment,
      seed: { seed in
        seed["users"] = (seed["users"] as? [[String: Any]] ?? []).map { user in
          user["name"] as? String == "releng"
            ? user.merging(["principal": "releng@KOJI.TEST"]) { $1 } : user
        }
      })
    let authority = try #require(HubCertificates.shared).authority
    try scene.scratch.write(
      "[koji]\nserver = \(scene.hub.url)\nauthtype = kerberos\nserverca = \(authority)\n\(profile)",
      to: "home/.koji/config")
    return scene
  }

  @Test func withATicket() throws {
    let realm = try KerberosRealm()
    let scene = try scene(realm, profile: "")
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 77)
    #expect(outcome.errors.contains("kinit"))
    #expect(try scene.hub.builds(in: KojiInstallation.composeTag) == nil)
    try realm.logIn()
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: KojiInstallation.composeTag)?.count == 4)
  }

  @Test func withAKeytab() throws {
    let realm = try KerberosRealm()
    let scene = try scene(
      realm, profile: "principal = releng@KOJI.TEST\nkeytab = \(realm.keytab())\n")
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: KojiInstallation.composeTag)?.count == 4)
  }
}
