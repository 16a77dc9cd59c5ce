package import ReleaseModel

/// The packager's word (the marker) and the build system's (the block) on one
/// package that do not agree.
package enum BlockContradiction: Hashable, Sendable {
  /// Retired by its packager, but the build system would still take builds.
  case markerWithoutBlock(String, nvr: NVR)
  /// Hidden from composes, though its packager never retired it.
  case blockWithoutMarker(String, nvr: NVR)

  /// Codes of the findings.
  package static let codes: Set<String> = ["marker-without-block", "block-without-marker"]

  /// One sentence for a person.
  package var message: String {
    switch self {
    case .markerWithoutBlock(let package, let nvr):
      "\(nvr) retires \(package), but the build system does not block it"
    case .blockWithoutMarker(let package, let nvr):
      "\(package) is blocked in the build system, but \(nvr) has no marker"
    }
  }

  /// The warning of a plan.
  package var finding: Finding {
    switch self {
    // The remedies are the same for all packages: reports tell them once.
    case .markerWithoutBlock:
      Finding(
        code: "marker-without-block", message: message,
        remedy: "Block it in the live tag once the release is out, so that nobody builds it by "
          + "mistake")
    case .blockWithoutMarker:
      Finding(
        code: "block-without-marker", message: message,
        remedy: "Unblock it if it should stay, or have its packager say why it leaves")
    }
  }
}
