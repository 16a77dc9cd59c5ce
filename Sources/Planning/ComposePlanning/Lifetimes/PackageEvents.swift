package import ReleaseModel

/// The histories of all packages through releases. Pure.
package struct PackageEvents: Sendable {
  /// By package, oldest first.
  package private(set) var events: [String: [PackageEvent]] = [:]

  /// Without any release yet.
  package init() {}

  /// Adds a release; they are added oldest first.
  ///
  /// - Parameters:
  ///   - builds: what it has, each with the push that brought it.
  ///   - retired: what it left out, by package.
  ///   - day: of a push, 0 for the cut; nil where it is not known.
  package mutating func add(
    _ release: ReleaseID, builds: [(nvr: NVR, push: Int)], retired: [String: NVR],
    day: (_ push: Int) -> CalendarDate? = { _ in nil }
  ) {
    func event(_ kind: PackageEvent.Kind, _ nvr: NVR, push: Int = 0) -> PackageEvent {
      PackageEvent(
        release: release.description, kind: kind, nvr: nvr.description,
        push: push == 0 ? nil : push,
        date: day(push)?.description)
    }
    // They leave at the cut; what comes back does so in a push.
    for (package, nvr) in retired where events[package]?.last?.kind != .retired {
      note(package, event(.retired, nvr))
    }
    for (nvr, push) in builds.sorted(by: { $0.push < $1.push }) {
      let last = events[nvr.name]?.last
      let kind: PackageEvent.Kind =
        switch last {
        case nil: .added
        case let last? where last.kind == .retired: .returned
        case let last? where last.nvr == nvr.description: .carried
        default: .updated
        }
      note(nvr.name, event(kind, nvr, push: push))
    }
  }

  private mutating func note(_ package: String, _ event: PackageEvent) {
    events[package, default: []].append(event)
  }
}
