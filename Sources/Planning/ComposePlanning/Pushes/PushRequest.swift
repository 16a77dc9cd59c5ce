package import ReleaseModel

/// What a push is asked for.
package enum PushRequest: Hashable, Codable, Sendable {
  /// What is live and users do not have, as far as it is selected.
  case update(UpdateSelection = UpdateSelection())
  /// Builds leave the lists, by their NVRs.
  case withdraw(Set<String>, reason: String)
  /// The newest push that users see is taken back.
  case undo(reason: String)

  /// Whether it brings builds, instead of taking some out.
  package var isUpdate: Bool {
    if case .update = self { return true }
    return false
  }
}

/// Which of the builds that are new a push brings.
package struct UpdateSelection: Hashable, Codable, Sendable {
  /// NVRs; these alone are pushed. Empty for everything that is new.
  package var only: Set<String>
  /// NVRs that this push leaves out; the next one asks for them anew.
  package var skipped: Set<String>
  /// NVRs that were taken out before and may come back.
  package var again: Set<String>
  /// Whether a build that is not signed as it should be, or that the build
  /// system refuses, is left out instead of stopping the push.
  package var skipsUnsigned: Bool

  /// Everything that is new, unless told otherwise.
  package init(
    only: Set<String> = [], skipping skipped: Set<String> = [], again: Set<String> = [],
    skipsUnsigned: Bool = false
  ) {
    self.only = only
    self.skipped = skipped
    self.again = again
    self.skipsUnsigned = skipsUnsigned
  }

  /// NVRs that the push names, so that they must be live.
  var named: Set<String> { only.union(again) }

  /// Whether the push may bring `nvr`.
  func includes(_ nvr: NVR) -> Bool {
    let name = nvr.description
    if skipped.contains(name) { return false }
    return only.isEmpty || named.contains(name)
  }
}

/// A build that is new, but not in the push.
package struct SkippedEntry: Hashable, Codable, Sendable {
  /// Name of the source package.
  package let package: String
  /// The build that users do not get yet.
  package let nvr: NVR
  /// Why, one sentence.
  package let reason: String

  init(_ nvr: NVR, because reason: String) {
    package = nvr.name
    self.nvr = nvr
    self.reason = reason
  }
}
