package import ReleaseModel

/// A package with its build.
package struct BuildEntry: Hashable, Codable, Sendable {
  package let package: String
  package let nvr: String

  package init(package: String, nvr: String) {
    self.package = package
    self.nvr = nvr
  }

  init(_ build: Build) {
    self.init(package: build.package, nvr: build.nvr.description)
  }
}

/// A package that changes from one build to another.
package struct UpdateEntry: Hashable, Codable, Sendable {
  package let package: String
  /// The new build.
  package let nvr: String
  /// EVRs, with the epoch where there is one.
  package let from: String
  package let to: String
}

/// A package that is left out because of its marker.
package struct RetiredEntry: Hashable, Codable, Sendable {
  package let package: String
  package let nvr: String
  package let epoch: Int
  /// Path of the marker in the RPM.
  package let marker: String
  /// What the marker says.
  package let text: String
  /// File name of the RPM that carries it.
  package let rpm: String
  /// Whether the release before carried it: else it left earlier, or never
  /// was there.
  package var wasCarried = false
  /// Packages that lose a dependency with it; null where dependencies have
  /// not been resolved.
  @OrNull package var breaks: [String]?

  package init(
    package: String, nvr: String, epoch: Int, marker: String, text: String, rpm: String,
    breaks: [String]?
  ) {
    self.package = package
    self.nvr = nvr
    self.epoch = epoch
    self.marker = marker
    self.text = text
    self.rpm = rpm
    self.breaks = breaks
  }
}

/// A build that would miss the cut.
package struct PendingEntry: Hashable, Codable, Sendable {
  package let package: String
  package let nvr: String
  package let tag: String

  package init(package: String, nvr: String, tag: String) {
    self.package = package
    self.nvr = nvr
    self.tag = tag
  }
}
