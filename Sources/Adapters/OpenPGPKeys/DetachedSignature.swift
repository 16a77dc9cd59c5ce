import CRNP
package import ReleaseModel

/// A detached signature: a file of its own beside what it signs, armoured or binary, by
/// one key or by several.
package enum DetachedSignature {
  /// One signature that counts.
  package struct Signer: Hashable, Sendable {
    /// Fingerprint of the primary key of the certificate: 40 lower-case hexadecimal
    /// digits.
    package let certificate: String
    /// Fingerprint of the key that signed: the primary key, or a subkey.
    package let key: String
    /// Such as `sha256`.
    package let hash: String
    /// Seconds since 1970.
    package let made: Int
  }

  /// What stronger signatures use; a policy's `signing.digest` says what it takes.
  package static let strongHashes: Set<String> = ["sha256", "sha384", "sha512"]

  /// Who signed `bytes`, in the order of the signatures: at least one.
  ///
  /// Each signature must count, as those of an RPM: by a key of `certificates` that may
  /// sign, was not revoked and has not expired at `time`, over these bytes, with one of
  /// `hashes`.
  ///
  /// Throws ``SignatureFlaw`` for the first that does not, ``ComposeError`` where
  /// there is no memory.
  ///
  /// - Parameters:
  ///   - signature: contents of the file; every armoured block of it counts.
  ///   - time: seconds since 1970.
  package static func verify(
    _ bytes: [UInt8], signature: [UInt8], certificates: [Certificate], at time: Int,
    hashes: Set<String> = strongHashes
  ) throws -> [Signer] {
    let packets = try packets(of: signature)
    let library = try LibRNP(at: time)
    return try library.use { instance in
      let flags = UInt32(RNP_LOAD_SAVE_PUBLIC_KEYS | RNP_LOAD_SAVE_PERMISSIVE)
      for certificate in certificates {
        _ = LibRNP.withInput(certificate.bytes) { rnp_import_keys(instance, $0, flags, nil) }
      }
      let judge = SignatureJudge(certificates: certificates, time: time, hashes: hashes)
      // librnp takes no empty input: that is signed like any other.
      let signers = try LibRNP.withInput(bytes) { input in
        try LibRNP.withInput(packets) { try judge.signers(of: input, signature: $0, instance) }
      }
      guard let signers = signers ?? nil else { throw SignatureFlaw.malformed }
      return signers
    }
  }

  /// The packets of all blocks, one after the other.
  private static func packets(of signature: [UInt8]) throws -> [UInt8] {
    if let first = signature.first, first & 0x80 != 0 { return signature }
    guard let blocks = try? Armor.blocks("SIGNATURE", in: signature) else {
      throw SignatureFlaw.malformed
    }
    guard !blocks.isEmpty else {
      throw signature.isEmpty ? SignatureFlaw.none : SignatureFlaw.malformed
    }
    return blocks.flatMap { $0 }
  }
}

/// Judges the signatures of one file.
private struct SignatureJudge {
  let certificates: [Certificate]
  let time: Int
  let hashes: Set<String>

  func signers(
    of bytes: rnp_input_t, signature: rnp_input_t, _ instance: rnp_ffi_t
  ) throws -> [DetachedSignature.Signer] {
    var operation: rnp_op_verify_t?
    guard rnp_op_verify_detached_create(&operation, instance, bytes, signature) == RNP_SUCCESS,
      let operation
    else { throw LibRNP.outOfMemory }
    defer { rnp_op_verify_destroy(operation) }
    rnp_op_verify_set_flags(operation, UInt32(RNP_VERIFY_REQUIRE_ALL_SIGS))
    let code = rnp_op_verify_execute(operation)
    let count = LibRNP.value(0) { rnp_op_verify_get_signature_count(operation, $0) }
    guard count > 0 else { throw SignatureFlaw.malformed }
    let signers = try (0..<count).map { index in
      var found: rnp_op_verify_signature_t?
      guard rnp_op_verify_get_signature_at(operation, index, &found) == RNP_SUCCESS, let found
      else { throw SignatureFlaw.malformed }
      return try signer(found)
    }
    // Each one counts; librnp says no of them together where it calls one expired. Anything
    // else is said of the file.
    guard code == RNP_SUCCESS || code == RNP_ERROR_SIGNATURE_INVALID else {
      throw SignatureFlaw.malformed
    }
    return signers
  }

  private func signer(_ signature: rnp_op_verify_signature_t) throws -> DetachedSignature.Signer {
    let status = rnp_op_verify_signature_get_status(signature)
    var handle: rnp_signature_handle_t?
    guard rnp_op_verify_signature_get_handle(signature, &handle) == RNP_SUCCESS, let handle,
      let id = LibRNP.text({ rnp_signature_get_keyid(handle, $0) })?.lowercased()
    else { throw SignatureFlaw.unsupported }
    defer { rnp_signature_handle_destroy(handle) }
    let found = certificates.lazy.compactMap { certificate in
      certificate.key(id: id).map { (certificate, $0) }
    }.first
    guard let (certificate, key) = found else { throw SignatureFlaw.unknownKey(id) }
    let flaw = key.flaw(at: time)
    if case .revoked(let since)? = flaw { throw SignatureFlaw.revokedKey(id, at: since) }
    guard key.canSign else { throw SignatureFlaw.notForSigning(id) }
    let made = Int(LibRNP.value(UInt32(0)) { rnp_signature_get_creation(handle, $0) })
    if made > time.addingClamped(LibRNP.clockTolerance) { throw SignatureFlaw.fromFuture(id) }
    // librnp calls a signature expired once it has verified it, by another clock than ours.
    guard status == RNP_SUCCESS || status == RNP_ERROR_SIGNATURE_EXPIRED else {
      throw status == RNP_ERROR_SIGNATURE_INVALID ? SignatureFlaw.otherBytes(id) : .unsupported
    }
    if case .expired(let since)? = flaw { throw SignatureFlaw.expiredKey(id, since: since) }
    let lifetime = Int(LibRNP.value(UInt32(0)) { rnp_signature_get_expiration(handle, $0) })
    if lifetime > 0, made + lifetime <= time { throw SignatureFlaw.expired(id) }
    let hash = LibRNP.text { rnp_op_verify_signature_get_hash(signature, $0) }?.lowercased() ?? ""
    guard hashes.contains(hash) else { throw SignatureFlaw.weakHash(id, hash: hash) }
    return DetachedSignature.Signer(
      certificate: certificate.primary.fingerprint, key: key.fingerprint, hash: hash,
      made: made)
  }
}
