package import CRPM
import Glibc
package import ReleaseModel

/// Reads and verifies RPM files with librpm.
package struct RPMReader: Sendable {
  private let keyring: Keyring?
  private let markerPattern: GlobPattern

  /// - Parameters:
  ///   - keyring: the keys that a signature may be by; nil trusts none.
  ///   - markerPattern: base names of files that retire a package.
  package init(keyring: Keyring?, markerPattern: GlobPattern) {
    self.keyring = keyring
    self.markerPattern = markerPattern
  }

  /// Reads `path` whole: header, header and payload digests, signature,
  /// SHA-256, marker.
  ///
  /// Throws ``ComposeError``: `badData` for anything that is not one intact
  /// regular RPM file whose names are safe, `noInput` and `inputOutput` for
  /// what the system says.
  ///
  /// - Parameter descriptor: the file, opened before; then `path` only stands
  ///   in messages and in the result.
  package func read(_ path: String, openedAs descriptor: Int32? = nil) throws -> RPMFile {
    let file = try OpenRPM(path: path, openedAs: descriptor)
    let sha256 = try FileDigest.sha256(of: file.descriptor, path: path)
    let facts = try LibRPM.exclusively { log in
      try file.withHeader(log) { header in
        try self.facts(of: RPMHeader(header: header), in: file, log)
      }
    }
    var marker: RetirementMarker?
    if let markerPath = facts.markerPath {
      let text = try PayloadText.read(markerPath, from: file.descriptor, rpm: path)
      marker = RetirementMarker(path: markerPath, text: text)
    }
    return RPMFile(
      path: path, nevra: facts.nevra, sourceRPM: facts.sourceRPM, size: file.size, sha256: sha256,
      buildTime: facts.buildTime, signature: facts.signature, signatureHash: facts.signatureHash,
      marker: marker, undocumentedMarkers: facts.undocumentedMarkers)
  }

  /// Hands the header of `path` to `body`, alone in librpm, together with
  /// where in the file it lies: bytes `start..<end`.
  package static func withHeader<Value>(
    of path: String, openedAs descriptor: Int32? = nil,
    _ body: (Header, Range<Int>) throws -> Value
  ) throws -> Value {
    let file = try OpenRPM(path: path, openedAs: descriptor)
    return try LibRPM.exclusively { log in
      try file.withHeader(log) { header in try body(header, try file.headerRange()) }
    }
  }

  private struct Facts {
    var nevra: NEVRA
    var sourceRPM: String?
    var buildTime: Int
    var signature: RPMSignature
    var signatureHash: String?
    var markerPath: String?
    var undocumentedMarkers: [String]
  }

  private func facts(
    of header: RPMHeader, in file: OpenRPM, _ log: borrowing LibRPM.Log
  ) throws -> Facts {
    guard let nevra = header.nevra else {
      throw file.bad("its header lacks a name, version, release or architecture")
    }
    try Self.checkNames(of: nevra, in: file)
    let signing = header.signing
    let signature = try verify(signing, in: file, log)
    let candidates = header.isSource ? [] : header.files(matching: markerPattern)
    return Facts(
      nevra: nevra, sourceRPM: header.string(RPMTAG_SOURCERPM),
      buildTime: header.number(RPMTAG_BUILDTIME), signature: signature,
      signatureHash: signing?.hash,
      markerPath: candidates.filter(\.isDocumentation).map(\.path).min(),
      undocumentedMarkers: candidates.filter { !$0.isDocumentation }.map(\.path).sorted())
  }

  /// Digests always; the signature where there is one by a key we have.
  private func verify(
    _ signing: RPMHeader.Signing?, in file: OpenRPM, _ log: borrowing LibRPM.Log
  ) throws -> RPMSignature {
    guard let signing else {
      try file.verify(keyring: nil, log)
      return .unsigned
    }
    let keyID = signing.keyID
    let flaw = keyring?.flaws[keyID]
    guard let keyring, keyring.keyIDs.contains(keyID), flaw != .revoked, signing.coversPayload
    else {
      // librpm would call the file damaged, which it is not.
      try file.verify(keyring: nil, log)
      if flaw == .revoked { return .revokedKey(keyID: keyID) }
      let isKnown = keyring?.keyIDs.contains(keyID) ?? false
      return isKnown ? .headerOnly(keyID: keyID) : .unknownKey(keyID: keyID)
    }
    try file.verify(keyring: keyring, log)
    if case .expired(let end)? = flaw { return .expiredKey(keyID: keyID, since: end) }
    return .trusted(keyID: keyID)
  }

  /// Names from a header become file names and terminal output: only the
  /// characters that rpmbuild allows, and no path in disguise.
  private static func checkNames(of nevra: NEVRA, in file: OpenRPM) throws {
    func isSafe(_ text: String) -> Bool {
      !text.isEmpty
        && text.utf8.allSatisfy { byte in
          (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || "._+~^-".utf8.contains(byte)
        }
    }
    let parts = [nevra.name, nevra.evr.version, nevra.evr.rpmRelease, nevra.arch.name]
    guard parts.allSatisfy(isSafe), RelativePath(nevra.fileName) != nil,
      !nevra.name.hasPrefix("."), !nevra.name.hasPrefix("-"),
      !nevra.evr.version.contains("-"), !nevra.evr.rpmRelease.contains("-")
    else {
      throw file.bad(
        "its header names the package '\(nevra.description.sanitizedForDisplay)', "
          + "which cannot be a safe file name")
    }
  }
}
