package import ReleaseModel

/// Decides which packages are retired: the rule of the proposal "Release
/// based package lifetimes".
package enum Retirement {
  /// Which builds a release has, and which packages it leaves out.
  package struct Decision {
    /// Builds that the release will have.
    package var live: [Build] = []
    /// Packages whose live build has a marker, sorted.
    package var retired: [RetiredEntry] = []
    /// Markers that do not count because they are not %doc, and builds that
    /// would be in no repository.
    package var warnings: [Finding] = []
  }

  /// A `%doc` marker in any binary RPM of a package's latest build retires
  /// the package; a newer build without one brings it back.
  ///
  /// A build that would be in no repository is left out as well, with a word; also
  /// one of which only the source would be in one.
  package static func decide(
    _ inventory: Inventory, _ assignment: RepositoryAssignment
  ) -> Decision {
    var decision = decide(inventory.builds, assignment)
    let known = Set(inventory.builds.map(\.package))
    decision.retired += (inventory.blocked ?? []).filter { !known.contains($0.package) }
      .compactMap { retired(behind: $0, inventory.current?.newest[$0.package]) }
    decision.retired.sort { $0.package < $1.package }
    return decision
  }

  /// A package whose newest build has a marker is retired, whether a block hides
  /// that build or not: by the hidden build, else by the one that users have.
  private static func retired(
    behind block: BlockedEntry, _ carried: ReleaseSnapshot.CarriedBuild?
  ) -> RetiredEntry? {
    if let marker = block.marker, let nvr = block.nvr {
      let known = carried.flatMap { $0.nvr == nvr ? $0 : nil }
      return RetiredEntry(
        package: block.package, nvr: nvr, epoch: block.epoch ?? known?.evr.epoch ?? 0,
        marker: marker, text: block.text ?? known?.marker?.text ?? "",
        rpm: block.rpm ?? known?.markerRPM ?? "")
    }
    return carried.flatMap { carried in
      carried.marker.map { marker in
        RetiredEntry(
          package: block.package, nvr: carried.nvr, epoch: carried.evr.epoch,
          marker: marker.path, text: marker.text, rpm: carried.markerRPM ?? "")
      }
    }
  }

  /// The same of live builds alone.
  package static func decide(_ builds: [Build], _ assignment: RepositoryAssignment) -> Decision {
    var decision = Decision()
    for build in builds {
      if build.rpms.allSatisfy({ assignment.repositories(of: $0).isEmpty }) {
        decision.warnings.append(noRepository(build))
        continue
      }
      if let (marker, rpm) = build.marker {
        decision.retired.append(
          RetiredEntry(
            package: build.package, nvr: build.nvr, epoch: build.evr.epoch,
            marker: marker.path, text: marker.text, rpm: rpm.fileName))
        decision.warnings += unreadable(marker, of: build, in: rpm)
        continue
      }
      let binaries = build.rpms.filter { $0.kind != .source }
      if !binaries.isEmpty, binaries.allSatisfy({ assignment.repositories(of: $0).isEmpty }) {
        decision.warnings.append(noRepository(build))
        continue
      }
      decision.live.append(build)
      decision.warnings += noMarkers(build)
    }
    return decision
  }

  /// That a marker retires a package although nobody can read all of what it says.
  private static func unreadable(
    _ marker: RetirementMarker, of build: Build, in rpm: RPMFile
  ) -> [Finding] {
    guard let problem = marker.problem else { return [] }
    return [
      Finding(
        code: "marker-text",
        message: "text not readable: \(marker.path.sanitizedForDisplay) of \(rpm.fileName): "
          + "\(problem.sanitizedForDisplay); \(build.package) retires all the same",
        remedy: "Ask its packager what it says; a plain file of text under %doc is read",
        package: build.package)
    ]
  }

  /// Files that look like markers and are none.
  private static func noMarkers(_ build: Build) -> [Finding] {
    let found = build.rpms.filter { !$0.undocumentedMarkers.isEmpty }
    let isInBinary = found.contains { $0.kind != .source }
    return found.flatMap { rpm -> [Finding] in
      // What binary RPMs have of it says more.
      if rpm.kind == .source && isInBinary { return [] }
      return rpm.undocumentedMarkers.map { path in
        let name = path.sanitizedForDisplay
        let what =
          rpm.kind == .source
          ? "\(name), but no binary RPM has it"
          : path.hasSuffix("/")
            ? "the directory \(name), which is no file" : "\(name), but not as %doc"
        return Finding(
          code: "marker-not-doc", message: "\(rpm.fileName) has \(what): \(build.package) stays",
          remedy: rpm.kind != .source && !path.hasSuffix("/")
            ? "If \(build.package) is meant to be retired, list the file under %doc"
            : "If \(build.package) is meant to be retired, list a file of that name under %doc")
      }
    }
  }

  private static func noRepository(_ build: Build) -> Finding {
    Finding(
      code: "no-repository",
      message: "\(build.nvr) has RPMs for no architecture of the policy: it is left out",
      remedy: "Add the architecture to 'arches' of the policy if users should get it",
      package: build.package)
  }
}
