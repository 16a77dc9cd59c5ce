import ReleaseModel

/// Decides which packages are retired: the rule of the proposal "Release
/// based package lifetimes".
enum Retirement {
  struct Decision {
    /// Builds that the release will have.
    var live: [Build] = []
    var retired: [RetiredEntry] = []
    var warnings: [Finding] = []
  }

  /// A `%doc` marker in any binary RPM of a package's latest build retires
  /// the package; a newer build without one brings it back.
  static func decide(_ builds: [Build]) -> Decision {
    var decision = Decision()
    for build in builds {
      if let (marker, rpm) = build.marker {
        decision.retired.append(
          RetiredEntry(
            package: build.package, nvr: build.nvr.description, epoch: build.evr.epoch,
            marker: marker.path, text: marker.text, rpm: rpm.nevra.fileName, breaks: nil))
        continue
      }
      decision.live.append(build)
      decision.warnings += build.rpms.flatMap { rpm in
        rpm.undocumentedMarkers.map { path in
          Finding(
            code: "marker-not-doc",
            message: "\(rpm.nevra.fileName) has \(path.sanitizedForDisplay), but not as %doc: "
              + "\(build.package) stays",
            remedy: "If \(build.package) is meant to be retired, list the file under %doc")
        }
      }
    }
    return decision
  }
}
