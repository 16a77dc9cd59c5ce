import KojiClient
import PackageLibrary
import ReleaseModel

/// Finds for each RPM the file that users get: the copy signed by the first key
/// of the policy that has one. The hub may know a signature without having
/// written the signed copy, so the disk decides.
struct SignedCopies: Sendable {
  let files: any TopDirectory
  let library: PackageLibrary
  /// Key ids of the policy, best first; empty where unsigned copies are meant.
  let keys: [String]

  struct Wanted: Sendable {
    let build: TaggedBuild
    let rpm: TaggedRPM
  }

  /// One RPM as it was found.
  struct Found: Sendable {
    let buildID: Int
    /// Nil where there is no file, or a bad one.
    var file: RPMFile?
    /// Why it is not signed as it should be.
    var signature: Finding?
    /// What stands in the way.
    var refusal: Finding?
  }

  func find(_ wanted: Wanted) throws -> Found {
    var found = Found(buildID: wanted.build.id)
    let rpm = wanted.rpm
    do {
      let paths = try BuildPaths(wanted.build.nvr, volume: wanted.build.volume)
      for key in keys {
        let path = try paths.file(rpm.nevra, signedBy: key)
        guard let file = try read(path) else { continue }
        let place = "\(files.label)/\(path)"
        found.refusal =
          mismatch(file, rpm, at: place, of: wanted.build.nvr)
          ?? wrongKey(file, key, at: place, of: wanted.build.nvr)
        found.file = file
        return found
      }
      found.signature = keys.isEmpty ? nil : unsigned(rpm, wanted.build.nvr)
      let path = try paths.file(rpm.nevra, signedBy: nil)
      guard let file = try read(path) else {
        found.refusal =
          found.signature?.code == "no-signed-copy"
          ? found.signature : missing(rpm, wanted.build.nvr)
        return found
      }
      found.refusal = mismatch(file, rpm, at: "\(files.label)/\(path)", of: wanted.build.nvr)
      found.file = file
    } catch let error as ComposeError where error.kind == .badData {
      found.refusal = Finding(
        code: "bad-rpm", message: "\(error.thing): \(error.cause)", remedy: error.remedy)
    }
    return found
  }

  private func read(_ path: RelativePath) throws -> RPMFile? {
    try files.withFile(path) { try library.rpm($0, openedAs: $1) }
  }

  /// A file that is not what the hub recorded when the build was made: another
  /// package, or another build under its name.
  private func mismatch(
    _ file: RPMFile, _ rpm: TaggedRPM, at place: String, of build: NVR
  ) -> Finding? {
    let remedy = "Ask the hub's administrators to restore the file"
    guard file.nevra == rpm.nevra else {
      return Finding(
        code: "wrong-rpm",
        message: "\(place.sanitizedForDisplay) is \(file.nevra), but the hub says \(rpm.nevra)",
        remedy: remedy)
    }
    if file.kind != .source, file.build == nil {
      return .noSourceName(file, at: place, of: build.name)
    }
    guard let recorded = rpm.payloadHash, let found = file.payloadHash, recorded != found else {
      return nil
    }
    return Finding(
      code: "wrong-contents",
      message: "\(place.sanitizedForDisplay) is not the file that the hub recorded: its header "
        + "and payload have the MD5 \(found), not \(recorded.sanitizedForDisplay)",
      remedy: remedy)
  }

  /// A copy that is signed by another key than its directory says. Whether the
  /// policy trusts the key is checked elsewhere, for all build systems alike.
  private func wrongKey(
    _ file: RPMFile, _ key: String, at place: String, of build: NVR
  ) -> Finding? {
    let signer = file.signature.keyID
    guard let signer, !signer.hasSuffix(key) else { return nil }
    return Finding(
      code: "wrong-signature",
      message: "\(place.sanitizedForDisplay) is signed by \(signer), not by \(key)",
      remedy:
        "Write the signed copy anew: koji write-signed-rpm \(key) \(build.description.shellWord)")
  }

  private func unsigned(_ rpm: TaggedRPM, _ nvr: NVR) -> Finding {
    let name = rpm.nevra.fileName
    if let key = keys.first(where: rpm.keys.contains) {
      return Finding(
        code: "no-signed-copy",
        message: "\(name) of \(nvr) is signed by \(key), says the hub, but \(files.label) has no "
          + "signed copy",
        remedy: "Write the signed copies: koji write-signed-rpm \(key) BUILD…")
    }
    // Reports print equal remedies once, so these name no RPM.
    let remedy = "Sign the builds" + Finding.orAllowUnsigned
    guard rpm.keys.isEmpty else {
      let others = rpm.keys.sorted().joined(separator: ", ")
      return Finding(
        code: Finding.unknownKeyCode,
        message: "\(name) of \(nvr) is not signed by a key of the policy, only by \(others)",
        remedy: remedy)
    }
    return Finding(code: "unsigned", message: "\(name) of \(nvr) is not signed", remedy: remedy)
  }

  private func missing(_ rpm: TaggedRPM, _ nvr: NVR) -> Finding {
    Finding(
      code: "missing-rpm",
      message: "\(rpm.nevra.fileName) of \(nvr) is not in \(files.label)",
      remedy: "Check 'koji.topdir' of the policy, and whether the build's files were deleted")
  }
}
