import CRNP
import Glibc
import ReleaseModel

/// One instance of librnp, with the keys that were read into it. It belongs to whoever
/// made it; another thread makes another one.
struct LibRNP: ~Copyable {
  private let handle: rnp_ffi_t

  /// Seconds by which clocks of other machines may be ahead: librnp takes what was made
  /// later than "now" for expired.
  static let clockTolerance = 86_400

  /// Throws `failed` where there is no memory.
  ///
  /// - Parameter time: what is "now", seconds since 1970.
  init(at time: Int) throws {
    var made: rnp_ffi_t?
    guard rnp_ffi_create(&made, "GPG", "GPG") == RNP_SUCCESS, let made else {
      throw Self.outOfMemory
    }
    handle = made
    // It closes the descriptor itself.
    let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
    if nowhere >= 0 { rnp_ffi_set_log_fd(made, nowhere) }
    rnp_set_timestamp(made, UInt64(clamping: time.addingClamped(Self.clockTolerance)))
    // Which hashes are too weak the policy says; whether a key file may name a key,
    // whoever wrote the policy has said.
    rnp_remove_security_rule(made, nil, nil, 0, UInt32(RNP_SECURITY_REMOVE_ALL), 0, nil)
  }

  deinit { rnp_ffi_destroy(handle) }

  /// Hands out the instance, which is not kept.
  func use<Value>(_ body: (rnp_ffi_t) throws -> Value) rethrows -> Value { try body(handle) }

  /// Hands `bytes` to `body` as librnp reads them; nil where it cannot, as for no bytes.
  static func withInput<Value>(
    _ bytes: [UInt8], _ body: (rnp_input_t) throws -> Value
  ) rethrows -> Value? {
    guard !bytes.isEmpty else { return nil }
    return try bytes.withUnsafeBufferPointer { buffer in
      var input: rnp_input_t?
      guard rnp_input_from_memory(&input, buffer.baseAddress, buffer.count, false) == RNP_SUCCESS,
        let input
      else { return nil }
      defer { rnp_input_destroy(input) }
      return try body(input)
    }
  }

  /// Text that a function of librnp allocates; nil where it has none.
  static func text(
    _ get: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> rnp_result_t
  ) -> String? {
    var found: UnsafeMutablePointer<CChar>?
    guard get(&found) == RNP_SUCCESS, let found else { return nil }
    defer { rnp_buffer_destroy(found) }
    return String(cString: found)
  }

  /// A value that a function of librnp sets; `initial` where it fails.
  static func value<Value>(
    _ initial: Value, _ get: (UnsafeMutablePointer<Value>) -> rnp_result_t
  ) -> Value {
    var found = initial
    return get(&found) == RNP_SUCCESS ? found : initial
  }

  static let outOfMemory = ComposeError(
    .failed, "librnp", "it could not be set up", remedy: "Free some memory")
}

/// A key in an instance of librnp.
struct RNPKey: ~Copyable {
  let handle: rnp_key_handle_t

  init(_ handle: rnp_key_handle_t) { self.handle = handle }

  /// The key that has `fingerprint`; nil where there is none.
  init?(fingerprint: String, in instance: rnp_ffi_t) {
    var found: rnp_key_handle_t?
    guard rnp_locate_key(instance, "fingerprint", fingerprint, &found) == RNP_SUCCESS, let found
    else { return nil }
    handle = found
  }

  deinit { rnp_key_handle_destroy(handle) }

  /// 40 lower-case hexadecimal digits; nil where it has none, which librnp knows of
  /// keys of version 3.
  var fingerprint: String? {
    LibRNP.text { rnp_key_get_fprint(handle, $0) }?.lowercased()
  }

  /// The same of its primary key.
  var primaryFingerprint: String? {
    LibRNP.text { rnp_key_get_primary_fprint(handle, $0) }?.lowercased()
  }

  /// Whether its own signature, or its primary key's, binds it.
  ///
  /// librnp has 0 as the end of a key that no signature holds for.
  var isBound: Bool {
    isRevoked || LibRNP.value(0) { rnp_key_valid_till64(handle, $0) } > 0
  }

  var isRevoked: Bool { LibRNP.value(false) { rnp_key_is_revoked(handle, $0) } }

  /// When it was revoked; nil where it was not.
  private var revoked: Int? {
    guard isRevoked else { return nil }
    var signature: rnp_signature_handle_t?
    guard rnp_key_get_revocation_signature(handle, &signature) == RNP_SUCCESS, let signature
    else { return 0 }
    defer { rnp_signature_handle_destroy(signature) }
    return Int(LibRNP.value(UInt32(0)) { rnp_signature_get_creation(signature, $0) })
  }

  /// What is known of it; nil for one without a fingerprint.
  ///
  /// - Parameter primary: its primary key, which it does not outlive.
  func facts(under primary: Certificate.Key?) -> Certificate.Key? {
    guard let fingerprint else { return nil }
    let created = Int(LibRNP.value(UInt32(0)) { rnp_key_get_creation(handle, $0) })
    let lifetime = Int(LibRNP.value(UInt32(0)) { rnp_key_get_expiration(handle, $0) })
    let expires = [lifetime == 0 ? nil : created + lifetime, primary?.expires].compactMap { $0 }
    return Certificate.Key(
      fingerprint: fingerprint,
      algorithm: Self.algorithm(LibRNP.text { rnp_key_get_alg(handle, $0) }),
      curve: LibRNP.text { rnp_key_get_curve(handle, $0) },
      bits: Int(LibRNP.value(UInt32(0)) { rnp_key_get_bits(handle, $0) }),
      canSign: LibRNP.value(false) { rnp_key_allows_usage(handle, "sign", $0) },
      created: created, expires: expires.min(), revoked: revoked ?? primary?.revoked)
  }

  private static func algorithm(_ name: String?) -> Certificate.Algorithm {
    switch name {
    case "RSA": .rsa
    case "DSA": .dsa
    case "ECDSA": .ecdsa
    case "EDDSA": .eddsa
    default: .other
    }
  }

  /// Calls `body` with each subkey.
  func forEachSubkey(_ body: (borrowing RNPKey) throws -> Void) rethrows {
    for index in 0..<LibRNP.value(0, { rnp_key_get_subkey_count(handle, $0) }) {
      var found: rnp_key_handle_t?
      guard rnp_key_get_subkey_at(handle, index, &found) == RNP_SUCCESS, let found else { continue }
      try body(RNPKey(found))
    }
  }

  /// Names of the certificate whose primary key this is, the primary name first.
  var userIDs: [String] {
    let first = LibRNP.text { rnp_key_get_primary_uid(handle, $0) }
    let all = (0..<LibRNP.value(0) { rnp_key_get_uid_count(handle, $0) }).compactMap { index in
      LibRNP.text { rnp_key_get_uid_at(handle, index, $0) }
    }
    return [first].compactMap { $0 } + all.filter { $0 != first }
  }

  /// Its packets, and those of its subkeys; none where they cannot be written.
  var packets: [UInt8] {
    var output: rnp_output_t?
    guard rnp_output_to_memory(&output, 0) == RNP_SUCCESS, let output else { return [] }
    defer { rnp_output_destroy(output) }
    let flags = UInt32(RNP_KEY_EXPORT_PUBLIC | RNP_KEY_EXPORT_SUBKEYS)
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    guard rnp_key_export(handle, output, flags) == RNP_SUCCESS,
      rnp_output_memory_get_buf(output, &bytes, &count, false) == RNP_SUCCESS, let bytes
    else { return [] }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}
