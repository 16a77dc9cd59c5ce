import ReleaseModel

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
  /// Path of the marker in the RPM.
  package let marker: String
  /// What the marker says.
  package let text: String
  /// File name of the RPM that carries it.
  package let rpm: String
  /// Packages that lose a dependency with it; null where dependencies have
  /// not been resolved.
  package let breaks: [String]?

  package init(
    package: String, nvr: String, marker: String, text: String, rpm: String, breaks: [String]?
  ) {
    self.package = package
    self.nvr = nvr
    self.marker = marker
    self.text = text
    self.rpm = rpm
    self.breaks = breaks
  }

  // Synthesised encoding would leave a nil out; the key is part of the format.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(package, forKey: .package)
    try container.encode(nvr, forKey: .nvr)
    try container.encode(marker, forKey: .marker)
    try container.encode(text, forKey: .text)
    try container.encode(rpm, forKey: .rpm)
    try container.encode(breaks, forKey: .breaks)
  }

  private enum CodingKeys: String, CodingKey {
    case package, nvr, marker, text, rpm, breaks
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
