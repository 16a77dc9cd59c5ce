package import CRPM
package import ReleaseModel

/// Reads and verifies RPM files with librpm.
package struct RPMReader: Sendable {
  /// Version of librpm: another one may find something else in a file.
  package static var libraryVersion: String { String(cString: RPMVERSION) }

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
    let verified = try verify(path, openedAs: descriptor, recalling: { _ in nil }) { _, _, _ in }
      .rpm
    // Never nil here: the RPM was just verified with the same keys.
    return evaluate(verified, at: path) ?? file(verified, at: path, .unsigned)
  }

  /// Reads `path` as ``read(_:openedAs:)`` does, and hands the header to `body`
  /// while it is open, together with what was found and with where in the file
  /// the header lies: bytes `start..<end`.
  ///
  /// - Parameter known: what was found at an earlier time in a file with these
  ///   contents; where these keys can evaluate it, the file is only hashed, and
  ///   `body` is not called.
  package func verify<Value>(
    _ path: String, openedAs descriptor: Int32? = nil,
    recalling known: (Checksum) -> VerifiedRPM?,
    _ body: (Header, Range<Int>, VerifiedRPM) throws -> Value
  ) throws -> (rpm: VerifiedRPM, value: Value?) {
    let file = try OpenRPM(path: path, openedAs: descriptor)
    try file.requireLead()
    let sum = try FileDigest.sha256(of: file.descriptor, path: path)
    if let rpm = known(sum), rpm.size == file.size, evaluate(rpm, at: path) != nil {
      return (rpm, nil)
    }
    return try LibRPM.use { log in
      try file.withHeader(checksDigests: true, log) { handle in
        if let problem = HeaderShape(handle).problem { throw file.bad(problem) }
        let header = RPMHeader(header: handle)
        guard let nevra = header.nevra else {
          throw file.bad(
            "its header lacks a name, version, release or architecture, or its epoch is none")
        }
        let unusable = nevra.unusableNames
        guard unusable.isEmpty else {
          throw ComposeError(
            .badData, file.path.sanitizedForDisplay,
            "its header has names that cannot be those of an RPM: "
              + unusable.joined(separator: ", "),
            remedy: "Build it anew under a name of ASCII letters, digits and ._+~^-, or take it "
              + "out of the build system")
        }
        let markers = MarkerSearch(handle, isSource: header.isSource, markerPattern)
        var rpm = VerifiedRPM(
          nevra: nevra, sourceRPM: header.string(RPMTAG_SOURCERPM), size: file.size, sha256: sum,
          buildTime: try Self.buildTime(header, in: file),
          signing: try verify(header, in: file, log),
          markerPattern: markerPattern.description, marker: nil,
          undocumentedMarkers: markers.undocumented,
          isModular: header.has(RPMTAG_MODULARITYLABEL),
          moduleStream: header.string(RPMTAG_MODULARITYLABEL).flatMap(Self.moduleStream),
          limits: ArchitectureLimits(
            exclusive: header.strings(RPMTAG_EXCLUSIVEARCH),
            excluded: header.strings(RPMTAG_EXCLUDEARCH)),
          payloadHash: header.digits(RPMTAG_SIGMD5))
        let range = try file.headerRange()
        rpm.marker = markers.marker(from: file.descriptor, at: range.upperBound)
        return (rpm, try body(handle, range, rpm))
      }
    }
  }

  /// What `rpm`, verified at some time, is by these keys and this pattern; nil
  /// where that cannot be told without reading it again.
  package func evaluate(
    _ rpm: VerifiedRPM, at path: String, seenAs identity: FileIdentity? = nil
  ) -> RPMFile? {
    func file(_ signature: RPMSignature) -> RPMFile {
      self.file(rpm, at: path, signature, seenAs: identity)
    }
    guard rpm.markerPattern == markerPattern.description else { return nil }
    guard let signing = rpm.signing else { return file(.unsigned) }
    let keys = signing.signatures.map(\.keyID)
    if let unreadable = signing.unreadable {
      return file(.unreadable(cause: unreadable.cause, isBroken: unreadable.isBroken))
    }
    guard let first = keys.first else { return file(.unsigned) }
    // Of several signatures each must hold, as for clients.
    if let keyID = keys.first(where: { keyring?.isRevoked($0) == true }) {
      return file(.revokedKey(keyID: keyID))
    }
    guard let keyring else { return file(.unknownKey(keyID: first)) }
    if let keyID = keys.first(where: { !keyring.keyIDs.contains($0) }) {
      return file(.unknownKey(keyID: keyID))
    }
    guard signing.coversPayload else { return file(.headerOnly(keyID: first)) }
    guard signing.verifiedWith == keyring.material(for: signing) else { return nil }
    for keyID in keys {
      if case .expired(let end)? = keyring.flaws[keyID] {
        return file(.expiredKey(keyID: keyID, since: end))
      }
    }
    for keyID in keys {
      if let cause = keyring.unverifiable[keyID] {
        return file(.unverifiable(keyID: keyID, cause: cause))
      }
    }
    return file(.trusted(keyID: first))
  }

  private func file(
    _ rpm: VerifiedRPM, at path: String, _ signature: RPMSignature,
    seenAs identity: FileIdentity? = nil
  ) -> RPMFile {
    RPMFile(
      path: path, nevra: rpm.nevra, sourceRPM: rpm.sourceRPM, size: rpm.size, sha256: rpm.sha256,
      buildTime: rpm.buildTime, signature: signature, signatureHash: rpm.signing?.hash,
      marker: rpm.marker, undocumentedMarkers: rpm.undocumentedMarkers, isModular: rpm.isModular,
      moduleStream: rpm.moduleStream,
      limits: rpm.limits, payloadHash: rpm.payloadHash, seenAs: identity,
      unlistable: rpm.unlistable)
  }

  /// Hands the header of `path` to `body`, with where in the file it lies;
  /// nothing is verified.
  package static func withHeader<Value>(
    of path: String, openedAs descriptor: Int32? = nil,
    _ body: (Header, Range<Int>) throws -> Value
  ) throws -> Value {
    let file = try OpenRPM(path: path, openedAs: descriptor)
    return try LibRPM.use { log in
      try file.withHeader(checksDigests: false, log) { header in
        try body(header, try file.headerRange())
      }
    }
  }

  /// Of `module:stream:version:context`, what users choose.
  private static func moduleStream(of label: String) -> String? {
    let parts = label.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count > 1 ? "\(parts[0]):\(parts[1])" : nil
  }

  /// Digests always; the signature where there is one by a key we have.
  private func verify(
    _ header: RPMHeader, in file: OpenRPM, _ log: borrowing LibRPM.Log
  ) throws -> RPMSigning? {
    // MD5 of header and payload says nothing more than the header's own digest
    // and the payload's in it.
    let hasPayloadDigest = header.has(RPMTAG_PAYLOADDIGEST)
    let found = try file.signatures().signing(hasPayloadDigest: hasPayloadDigest)
    guard var signing = found else {
      try file.verify(keyring: nil, hasPayloadDigest: hasPayloadDigest, log)
      return nil
    }
    signing.verifiedWith = keyring?.material(for: signing)
    // Of a key that does not count, librpm would call the file damaged, which
    // it is not.
    try file.verify(
      keyring: signing.verifiedWith == nil ? nil : keyring, hasPayloadDigest: hasPayloadDigest,
      log)
    return signing
  }

  /// Throws `badData` for what is no time at all.
  private static func buildTime(_ header: RPMHeader, in file: OpenRPM) throws -> Int {
    let time = header.number(RPMTAG_BUILDTIME)
    guard NumberFromOutside.times.contains(time) else {
      throw file.bad("its header says that it was built at \(time), which is no time")
    }
    return time
  }
}
