package import ReleaseModel

/// What became of a package in one release, at its cut or in a push.
package struct PackageEvent: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case carried, added, updated, retired, returned
  }

  package let release: ReleaseID
  package let kind: Kind
  package let nvr: String
  /// 0 for the cut.
  package let push: Int

  package init(release: ReleaseID, kind: Kind, nvr: String, push: Int) {
    self.release = release
    self.kind = kind
    self.nvr = nvr
    self.push = push
  }
}

/// The histories of all packages through releases. Pure.
package struct PackageEvents: Sendable {
  /// By package, oldest first.
  package private(set) var events: [String: [PackageEvent]] = [:]

  package init() {}

  /// Adds a release; they are added oldest first.
  ///
  /// - Parameters:
  ///   - builds: what it has, each with the push that brought it.
  ///   - retired: NVRs of what it left out, by package.
  package mutating func add(
    _ release: ReleaseID, builds: [(nvr: NVR, push: Int)], retired: [String: String]
  ) {
    // They leave at the cut; what comes back does so in a push.
    for (package, nvr) in retired where events[package]?.last?.kind != .retired {
      note(package, PackageEvent(release: release, kind: .retired, nvr: nvr, push: 0))
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
      note(nvr.name, PackageEvent(release: release, kind: kind, nvr: nvr.description, push: push))
    }
  }

  private mutating func note(_ package: String, _ event: PackageEvent) {
    events[package, default: []].append(event)
  }
}
