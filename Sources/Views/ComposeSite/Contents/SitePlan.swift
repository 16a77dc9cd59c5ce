package import ReleaseModel

/// What the next release would be: a plan as people read it.
package struct SitePlan: Hashable, Encodable, Sendable {
  package var release: String
  /// The release that it is compared with; nil for the first of a stream.
  @OrNull package var previous: String?
  /// The day of the plan: `YYYY-MM-DD`.
  package var date: String
  /// How many builds stay as they are.
  package var carried: Int
  package var updated: [Updated]
  package var added: [Added]
  package var retired: [Retired]
  /// What stands in the way.
  package var refusals: [Note]
  package var warnings: [Note]

  package struct Updated: Hashable, Encodable, Sendable {
    package var package: String
    /// NVR.
    package var from: String
    /// NVR.
    package var to: String

    package init(package: String, from: String, to: String) {
      self.package = package
      self.from = from
      self.to = to
    }
  }

  package struct Added: Hashable, Encodable, Sendable {
    package var package: String
    package var nvr: String

    package init(package: String, nvr: String) {
      self.package = package
      self.nvr = nvr
    }
  }

  package struct Retired: Hashable, Encodable, Sendable {
    package var package: String
    package var nvr: String
    /// The marker's path in its RPM.
    package var marker: String
    /// The marker's own words.
    package var text: String
    package var breaks: [SiteBreakage]
    /// Whether the release manager knows of it.
    package var acknowledged: Bool

    package init(
      package: String, nvr: String, marker: String, text: String, breaks: [SiteBreakage] = [],
      acknowledged: Bool
    ) {
      self.package = package
      self.nvr = nvr
      self.marker = marker
      self.text = text
      self.breaks = breaks
      self.acknowledged = acknowledged
    }
  }

  /// A refusal or a warning: sentences without the full stop.
  package struct Note: Hashable, Encodable, Sendable {
    package var message: String
    package var remedy: String

    package init(message: String, remedy: String) {
      self.message = message
      self.remedy = remedy
    }
  }

  package init(
    release: String, previous: String?, date: String, carried: Int, updated: [Updated] = [],
    added: [Added] = [], retired: [Retired] = [], refusals: [Note] = [], warnings: [Note] = []
  ) {
    self.release = release
    self.previous = previous
    self.date = date
    self.carried = carried
    self.updated = updated
    self.added = added
    self.retired = retired
    self.refusals = refusals
    self.warnings = warnings
  }
}
