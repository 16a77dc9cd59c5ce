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
  /// A build that would be in no repository is left out as well, with a word.
  package static func decide(_ builds: [Build], _ assignment: RepositoryAssignment) -> Decision {
    var decision = Decision()
    for build in builds {
      if build.rpms.allSatisfy({ assignment.repositories(of: $0).isEmpty }) {
        decision.warnings.append(
          Finding(
            code: "no-repository",
            message: "\(build.nvr) has RPMs for no architecture of the policy: it is left out",
            remedy: "Add the architecture to 'arches' of the policy if users should get it"))
        continue
      }
      if let (marker, rpm) = build.marker {
        decision.retired.append(
          RetiredEntry(
            package: build.package, nvr: build.nvr, epoch: build.evr.epoch,
            marker: marker.path, text: marker.text, rpm: rpm.fileName))
        continue
      }
      decision.live.append(build)
      decision.warnings += build.rpms.flatMap { rpm in
        rpm.undocumentedMarkers.map { path in
          Finding(
            code: "marker-not-doc",
            message: "\(rpm.fileName) has \(path.sanitizedForDisplay), but not as %doc: "
              + "\(build.package) stays",
            remedy: "If \(build.package) is meant to be retired, list the file under %doc")
        }
      }
    }
    return decision
  }
}
