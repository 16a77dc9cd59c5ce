import ReleaseLedger
import ReleaseModel

/// All that a ledger says of one release and of the stream, as a value.
struct LedgerContents: Equatable {
  var release: ReleaseRecord?
  var builds: [BuildRecord]
  var retirements: [RetirementRecord]
  var operation: OpenOperation?
  var events: [EventRecord]
  var tagged: [NVR]?
  // Since form 2.
  var hubSnapshot: HubSnapshotRecord?
  var knowsHubTag: Bool
  // Since form 3.
  var leaving: [FormerRPM]
  var checkRun: CheckRun?
  var overrides: [GateOverride]
  // Since form 4.
  var pushes: [PushRecord]
  var unlistedFiles: [UnlistedFile]
  var acknowledgements: [Acknowledgement]
  var advisories: [String: Advisory]
  // Since form 5.
  var holds: [BuildHold]
  var documentChanges: [Int: [DocumentChange]]
  var documentHolds: [DocumentChange]
  // Since form 6.
  var removed: [RemovedRPM]
  var left: [BuildEntry]
  // Since form 8.
  var knownFiles: [KnownFile]
  // Since form 9.
  var mirrorModules: [MirrorModuleRecord]
  // Since form 10.
  var statements: [StatementRecord]
  // Since form 11.
  var links: [LinkRecord]
  // Since form 12.
  var endings: [EndOfLife]
  var lockedTags: [String]

  init(_ sample: SampleRelease, in ledger: Ledger) throws {
    release = try ledger.release(sample.id)
    builds = try ledger.builds(of: sample.id)
    retirements = try ledger.retirements(of: sample.id)
    operation = try ledger.openOperation()
    events = try ledger.events()
    tagged = try ledger.builds(taggedInto: sample.tag)
    hubSnapshot = try ledger.hubSnapshot(of: sample.id)
    knowsHubTag = try ledger.knowsHubTag(sample.tag)
    leaving = try ledger.leaving(of: sample.id)
    checkRun = try ledger.checkRun(of: sample.id)
    overrides = try ledger.overrides(of: sample.id)
    pushes = try ledger.pushes(of: sample.id)
    unlistedFiles = try ledger.unlistedFiles(of: sample.tree)
    acknowledgements = try ledger.acknowledgements()
    advisories = try ledger.advisories()
    holds = try ledger.holds()
    documentChanges = try ledger.documentChanges(of: sample.id)
    documentHolds = try ledger.documentHolds().map(\.document)
    removed = try ledger.removedRPMs()
    left = try ledger.left(of: sample.id)
    knownFiles = try ledger.knownFiles(of: sample.id, since: 0)
    mirrorModules = try ledger.mirrorModules()
    statements = try ledger.statements()
    links = try ledger.linkRecords()
    endings = try ledger.endings()
    lockedTags = try ledger.lockedTags(of: nil)
  }

  /// What a ledger to which only the first `form` migrations were applied has
  /// room for.
  func asOf(form: Int) -> LedgerContents {
    var contents = self
    if form < 2 {
      contents.hubSnapshot = nil
      contents.knowsHubTag = false
    }
    if form < 3 {
      contents.leaving = []
      contents.checkRun = nil
      contents.overrides = []
    }
    if form < 5 {
      contents.holds = []
      contents.documentChanges = [:]
      contents.documentHolds = []
    }
    if form < 4 {
      contents.builds = builds.map {
        BuildRecord(package: $0.package, evr: $0.evr, push: $0.push, marker: $0.marker)
      }
      contents.pushes = []
      contents.unlistedFiles = []
      contents.acknowledgements = []
      contents.advisories = [:]
    }
    if form < 13 { contents.release = release?.withoutUnsignedTesting }
    if form < 12 {
      contents.endings = []
      contents.lockedTags = []
    }
    if form < 11 { contents.links = [] }
    if form < 10 { contents.statements = [] }
    if form < 9 { contents.mirrorModules = [] }
    if form < 8 { contents.knownFiles = [] }
    if form < 6 {
      contents.removed = []
      contents.left = []
    }
    return contents
  }
}

extension ReleaseRecord {
  /// As ledgers had it that did not know whether unsigned RPMs were let into testing.
  fileprivate var withoutUnsignedTesting: ReleaseRecord {
    ReleaseRecord(
      id: id, sequence: sequence, state: state, since: since, respin: respin, previous: previous,
      composeTag: composeTag, planDigest: planDigest, allowUnsigned: allowUnsigned,
      checksPassed: checksPassed, promotion: promotion, pushes: pushes, trees: trees)
  }
}
