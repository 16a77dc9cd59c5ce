import CRPM
import Glibc
import ReleaseModel

/// Owner of one open RPM file.
final class OpenRPM {
  let path: String
  let descriptor: Int32
  /// Bytes.
  let size: Int

  /// Opens `path` without following a link and without waiting on a fifo.
  ///
  /// - Parameter other: a descriptor of the file, opened before; it is opened
  ///   anew, and `path` only stands in messages.
  init(path: String, openedAs other: Int32? = nil) throws {
    self.path = path
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
    let descriptor =
      other.map { open("/proc/self/fd/\($0)", flags) } ?? open(path, flags | O_NOFOLLOW)
    guard descriptor >= 0 else { throw Self.openError(path, errno) }
    self.descriptor = descriptor
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw Self.openError(path, errno)
    }
    size = Int(status.st_size)
    // From here on `deinit` closes it, whatever is thrown.
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Self.bad(path, "it is not a regular file")
    }
    guard size > 0 else { throw Self.bad(path, "it is empty") }
  }

  deinit { close(descriptor) }

  /// Hands the header to `body`.
  ///
  /// - Parameter checksDigests: whether to find out if its own digests hold: for
  ///   a file that was verified before they need not be computed again.
  func withHeader<Value>(
    checksDigests: Bool, _ log: borrowing LibRPM.Log, _ body: (Header) throws -> Value
  ) throws -> Value {
    let ts = TransactionSet(ring: nil, skipsMD5: true, skipsHeaderDigests: !checksDigests)
    let fd = try duplicate()
    defer { Fclose(fd) }
    var header: Header?
    let code = rpmReadPackageFile(ts.handle, fd, path, &header)
    defer { if let header { headerFree(header) } }
    switch code {
    case RPMRC_OK:
      guard let header else { throw bad("librpm found no header in it") }
      return try body(header)
    case RPMRC_NOTFOUND:
      throw bad("it is not an RPM file")
    default:
      throw bad("its header is damaged: " + log.cause(orElse: "librpm cannot read it"))
    }
  }

  /// Reads the whole file and checks header and payload digests, and the
  /// signatures when a keyring is given.
  ///
  /// - Parameter hasPayloadDigest: whether the header has a digest of the
  ///   payload; where it has none, the old one over both is all there is.
  func verify(
    keyring: Keyring?, hasPayloadDigest: Bool, _ log: borrowing LibRPM.Log
  ) throws {
    guard let keyring else { return try verify(ring: nil, hasPayloadDigest, log) }
    try keyring.withRing { try verify(ring: $0, hasPayloadDigest, log) }
  }

  private func verify(
    ring: rpmKeyring?, _ hasPayloadDigest: Bool, _ log: borrowing LibRPM.Log
  ) throws {
    let ts = TransactionSet(ring: ring, skipsMD5: hasPayloadDigest)
    let fd = try duplicate()
    defer { Fclose(fd) }
    var arguments = rpmQVKArguments_s()
    guard rpmVerifySignatures(&arguments, ts.handle, fd, path) == 0 else {
      let cause = log.cause(orElse: "a digest or signature does not hold")
      // Digests alone would have been asked about without a keyring.
      if ring != nil, (try? verify(ring: nil, hasPayloadDigest, log)) != nil {
        throw bad("its signature does not hold: \(cause)")
      }
      throw bad("it is damaged: \(cause)")
    }
  }

  /// Throws for a file that does not begin as RPM files do, before all of it is read: it
  /// may be as large as the file system allows.
  func requireLead() throws {
    var magic = [UInt8](repeating: 0, count: 4)
    guard pread(descriptor, &magic, 4, 0) == 4, magic == [0xED, 0xAB, 0xEE, 0xDB] else {
      throw bad("it is not an RPM file")
    }
  }

  /// Where the main header lies: after the lead (96 bytes) and the signature
  /// header, which is padded to 8 bytes. Clients ask for just these bytes.
  func headerRange() throws -> Range<Int> {
    let signature = try headerSize(at: 96)
    let start = 96 + (signature + 7) / 8 * 8
    return start..<start + (try headerSize(at: start))
  }

  /// The signatures, as they are in the file.
  func signatures() throws -> SignatureHeader {
    let size = try headerSize(at: 96)
    guard size <= SignatureHeader.limit else { throw bad("its signatures are too large") }
    var bytes = [UInt8](repeating: 0, count: size)
    guard pread(descriptor, &bytes, size, 96) == size, let found = SignatureHeader(bytes) else {
      throw bad("it has no header where one belongs")
    }
    return found
  }

  /// Size of a header structure: 16 bytes of introduction, 16 for each index
  /// entry, and the data store.
  private func headerSize(at offset: Int) throws -> Int {
    var intro = [UInt8](repeating: 0, count: 16)
    guard pread(descriptor, &intro, 16, off_t(offset)) == 16,
      intro.starts(with: [0x8E, 0xAD, 0xE8])
    else { throw bad("it has no header where one belongs") }
    func word(_ at: Int) -> Int { intro[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    return 16 + 16 * word(8) + word(12)
  }

  private func duplicate() throws -> FD_t {
    lseek(descriptor, 0, SEEK_SET)
    guard let fd = fdDup(descriptor) else { throw Self.openError(path, errno) }
    return fd
  }

  func bad(_ cause: String) -> ComposeError { Self.bad(path, cause) }

  private static func bad(_ path: String, _ cause: String) -> ComposeError {
    ComposeError(
      .badData, path.sanitizedForDisplay, cause,
      remedy: "Replace it with an intact RPM file, or take it out of the directory")
  }

  private static func openError(_ path: String, _ code: Int32) -> ComposeError {
    code == ELOOP
      ? bad(path, "it is a symbolic link") : ComposeError(unreadable: path, errno: code)
  }
}

/// Owner of one `rpmts`.
private final class TransactionSet {
  let handle: rpmts

  init(ring: rpmKeyring?, skipsMD5: Bool, skipsHeaderDigests: Bool = false) {
    handle = rpmtsCreate()
    let skipped =
      (skipsMD5 ? RPMVSF_NOMD5.rawValue : 0)
      | (skipsHeaderDigests ? RPMVSF_NOSHA1HEADER.rawValue | RPMVSF_NOSHA256HEADER.rawValue : 0)
    if let ring {
      rpmtsSetKeyring(handle, ring)
      rpmtsSetVfyFlags(handle, rpmVSFlags(skipped))
      rpmtsSetVfyLevel(handle, Int32(RPMSIG_DIGEST_TYPE | RPMSIG_SIGNATURE_TYPE))
    } else {
      // An empty keyring of its own: librpm would otherwise open, and even
      // create, the host's RPM database to look for keys.
      let empty = rpmKeyringNew()
      rpmtsSetKeyring(handle, empty)
      rpmKeyringFree(empty)
      let noSignatures = Self.noSignatures | skipped
      rpmtsSetVSFlags(handle, noSignatures)
      rpmtsSetVfyFlags(handle, noSignatures)
      rpmtsSetVfyLevel(handle, Int32(RPMSIG_DIGEST_TYPE))
    }
  }

  deinit { rpmtsFree(handle) }

  /// librpm's `RPMVSF_MASK_NOSIGNATURES`, a macro that Swift cannot import.
  private static let noSignatures =
    RPMVSF_NODSAHEADER.rawValue | RPMVSF_NORSAHEADER.rawValue | RPMVSF_NODSA.rawValue
    | RPMVSF_NORSA.rawValue
}
