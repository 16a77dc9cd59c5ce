package import ComposeStream
package import ReleaseLedger
import ReleaseModel

extension StreamContext {
  /// What of the history is about any of `packages`: composes that brought, changed or left
  /// them out, pushes that listed or took out a build of them, and retirements of them that
  /// were agreed to.
  ///
  /// - Parameter events: of this stream's ledger.
  package func events(_ events: [EventRecord], about packages: Set<String>) throws -> [EventRecord]
  {
    var cuts: [String: Set<String>] = [:]
    var pushes: [String: [PushRecord]] = [:]
    return try events.filter { event in
      switch event.command {
      case OperationKind.compose.rawValue:
        if cuts[event.release] == nil { cuts[event.release] = try changed(byCutOf: event.release) }
        return cuts[event.release]?.isDisjoint(with: packages) == false
      case OperationKind.update.rawValue:
        if pushes[event.release] == nil {
          pushes[event.release] =
            try (try? ReleaseID(event.release)).map { try ledger.pushes(of: $0) } ?? []
        }
        guard let serial = UpdateOperation.serial(ofSummary: event.summary),
          let push = pushes[event.release]?.first(where: { $0.serial == serial })
        else { return false }
        return (push.listed + push.unlisted).contains { packages.contains($0.name) }
      case "acknowledge":
        let builds = event.summary.split(separator: ";", maxSplits: 1).first ?? ""
        return builds.split(separator: ",").contains { text in
          NVR(String(text.drop { $0 == " " })).map { packages.contains($0.name) } ?? false
        }
      default: return false
      }
    }
  }

  /// Names of packages that any release of the stream has, had or left out.
  package func everyPackage() throws -> Set<String> {
    try ledger.releases().reduce(into: []) { names, release in
      names.formUnion(try ledger.builds(of: release.id).map(\.package))
      names.formUnion(try ledger.retirements(of: release.id).map(\.package))
    }
  }

  /// Packages whose build is another one in the cut of a release than what users had
  /// before, and those that it left out. Empty where the release is not known any more.
  private func changed(byCutOf release: String) throws -> Set<String> {
    guard let id = try? ReleaseID(release), let record = try ledger.release(id) else { return [] }
    let cut = try ledger.builds(of: id).filter { $0.push == 0 }
    let before = try record.previous.map { try ledger.builds(of: $0) } ?? []
    let known = Set(before.filter { $0.unlisted == nil }.map(\.nvr))
    return Set(cut.filter { !known.contains($0.nvr) }.map(\.package))
      .union(try departures(with: record).map(\.package))
      .union(Set(before.map(\.package)).subtracting(cut.map(\.package)))
  }
}
