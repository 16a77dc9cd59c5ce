import ComposePlanning
import ReleaseModel
import Testing

@Suite struct PlanFileTests {
  private func plan(_ builds: [Build] = [Sample.build("alpha"), Sample.build("beta")]) throws
    -> Plan
  {
    try Sample.plan("7.06.201903", Inventory(buildSystem: "t", builds: builds))
  }

  @Test func `a plan reads back as it was written`() throws {
    let bytes = try PlanFile.encode(plan())
    let back = try PlanFile.decode(bytes, file: "plan.json")
    #expect(try PlanFile.encode(back) == bytes)
  }

  @Test(arguments: [
    ("alpha-1.0-1", "alpha-1.0-2", "was edited"), ("\"format\" : 2", "\"format\" : 9", "form 9"),
    ("\"builds\"", "\"bilds\"", "'builds' is missing"), ("{", "", "not a plan file"),
    ("\"size\" : 1000", "\"size\" : \"x\"", "is wrong"),
  ])
  func `a plan that was tampered with is bad data`(old: String, new: String, cause: String) throws {
    let text = String(decoding: try PlanFile.encode(plan()), as: UTF8.self)
    let bytes = Array(text.replacing(old, with: new).utf8)
    let error = #expect(throws: ComposeError.self) { try PlanFile.decode(bytes, file: "plan.json") }
    #expect(error?.kind == .badData)
    #expect(error?.cause.contains(cause) == true, "\(String(describing: error))")
  }

  @Test func `where the files lie does not matter`() throws {
    let inventory = Inventory(buildSystem: "directory /elsewhere", builds: [Sample.build("alpha")])
    let elsewhere = try Sample.plan("7.06.201903", inventory)
    #expect(PlanDrift.between(saved: try plan([Sample.build("alpha")]), now: elsewhere).isEmpty)
  }

  @Test func `everything that moved is shown`() throws {
    let saved = try plan([Sample.build("alpha"), Sample.build("beta"), Sample.build("gamma")])
    let now = try plan([
      Sample.build("alpha", "1.1"), Sample.build("gamma", marker: "Gone."), Sample.build("pi"),
    ])
    #expect(
      PlanDrift.between(saved: saved, now: now).map(\.message) == [
        "alpha is now 1.1-1, not 1.0-1", "beta-1.0-1 has gone", "gamma-1.0-1 has gone",
        "pi-1.0-1 has come", "gamma is retired now",
      ])
  }

  @Test func `changed contents of one NVR are a difference`() throws {
    let old = Sample.build("alpha")
    let new = Build(
      package: "alpha", evr: old.evr,
      rpms: old.rpms.map { rpm in
        RPMFile(
          path: rpm.path, nevra: rpm.nevra, sourceRPM: rpm.sourceRPM, size: rpm.size,
          sha256: Checksum(digest: Array(repeating: 9, count: 32)), buildTime: rpm.buildTime,
          signature: rpm.signature, marker: rpm.marker, undocumentedMarkers: [])
      })
    #expect(
      PlanDrift.between(saved: try plan([old]), now: try plan([new])).map(\.message) == [
        "the RPMs of alpha-1.0-1 have changed"
      ])
  }

  @Test func `a current release that moved is a difference`() throws {
    let builds = [Sample.build("alpha")]
    let now = try Sample.plan(
      "7.07.201908",
      Inventory(
        buildSystem: "t", builds: builds, current: try Sample.snapshot("7.06.201903", builds)))
    let saved = try Sample.plan("7.07.201908", Inventory(buildSystem: "t", builds: builds))
    #expect(
      PlanDrift.between(saved: saved, now: now).map(\.message) == [
        "the current release is 7.06.201903, not none"
      ])
  }
}
