import CRPM
import Glibc
import ReleaseModel

/// What is read from one librpm header. Borrowed: the owner is ``RPMReader``.
struct RPMHeader {
  let header: Header

  func string(_ tag: rpmTag_e) -> String? {
    headerGetString(header, rpmTagVal(tag.rawValue)).map { String(cString: $0) }
  }

  /// A list of strings; empty where the header has no such tag.
  func strings(_ tag: rpmTag_e) -> [String] {
    guard let list = rpmtdNew() else { return [] }
    defer { rpmtdFree(list) }
    let flags = headerGetFlags(HEADERGET_MINMEM.rawValue)
    guard headerGet(header, rpmTagVal(tag.rawValue), list, flags) != 0 else { return [] }
    defer { rpmtdFreeData(list) }
    var strings: [String] = []
    while let text = rpmtdNextString(list) { strings.append(String(cString: text)) }
    return strings
  }

  /// Bytes of a digest, as hexadecimal digits; nil where there is none.
  func digits(_ tag: rpmTag_e) -> String? {
    guard let text = headerGetAsString(header, rpmTagVal(tag.rawValue)) else { return nil }
    defer { free(text) }
    let digits = String(cString: text)
    return digits.isEmpty ? nil : digits
  }

  func number(_ tag: rpmTag_e) -> Int {
    Int(clamping: headerGetNumber(header, rpmTagVal(tag.rawValue)))
  }

  func has(_ tag: rpmTag_e) -> Bool {
    headerIsEntry(header, rpmTagVal(tag.rawValue)) != 0
  }

  var isSource: Bool { headerIsSource(header) != 0 }

  /// The architecture as file names have it: `src` and `nosrc` for sources,
  /// whose headers name the machine that built them.
  var architecture: Architecture? {
    guard isSource else { return string(RPMTAG_ARCH).map(Architecture.init) }
    return has(RPMTAG_NOSOURCE) || has(RPMTAG_NOPATCH) ? .nosrc : .src
  }

  /// Name, EVR and architecture; nil where the header lacks one.
  var nevra: NEVRA? {
    // Nil as well where the epoch is none of 32 bits: what all else of rpm takes.
    guard let name = string(RPMTAG_NAME), let version = string(RPMTAG_VERSION),
      let rpmRelease = string(RPMTAG_RELEASE), let architecture,
      UInt32(exactly: number(RPMTAG_EPOCH)) != nil
    else { return nil }
    let evr = EVR(epoch: number(RPMTAG_EPOCH), version: version, rpmRelease: rpmRelease)
    return NEVRA(name: name, evr: evr, arch: architecture)
  }

  /// Nil where there is no signature.
  var signing: RPMSigning? {
    let tags = [RPMTAG_RSAHEADER, RPMTAG_DSAHEADER, RPMTAG_SIGPGP, RPMTAG_SIGGPG]
    let found = tags.compactMap { tag in signature(tag).map { (tag, $0) } }
    guard let first = found.first?.1 else { return nil }
    let whole = found.contains { $0.0 == RPMTAG_SIGPGP || $0.0 == RPMTAG_SIGGPG }
    return RPMSigning(
      keyID: first.keyID,
      hash: found.map(\.1.hash).min { Self.strength($0) < Self.strength($1) }
        ?? first.hash,
      coversPayload: whole || has(RPMTAG_PAYLOADDIGEST))
  }

  private func signature(_ tag: rpmTag_e) -> (keyID: String, hash: String)? {
    let td = rpmtdNew()
    defer { rpmtdFree(td) }
    let flags = headerGetFlags(HEADERGET_MINMEM.rawValue)
    guard headerGet(header, rpmTagVal(tag.rawValue), td, flags) != 0 else { return nil }
    defer { rpmtdFreeData(td) }
    // librpm does not compare the type of a tag in a header with the one it should have.
    guard let td, td.pointee.type == RPM_BIN_TYPE.rawValue, let data = td.pointee.data else {
      return nil
    }
    var parameters: pgpDigParams?
    let bytes = data.assumingMemoryBound(to: UInt8.self)
    // 2 is OpenPGP's packet tag of a signature (RFC 4880, section 4.3).
    guard pgpPrtParams(bytes, Int(td.pointee.count), 2, &parameters) == 0, let parameters else {
      return nil
    }
    defer { pgpDigParamsFree(parameters) }
    guard let id = Keyring.keyID(of: parameters) else { return nil }
    let algorithm = pgpDigParamsAlgo(parameters, UInt32(PGPVAL_HASHALGO.rawValue))
    return (id, Self.hashes[algorithm] ?? "hash \(algorithm)")
  }

  /// RFC 4880, section 9.4.
  private static let hashes: [UInt32: String] = [
    1: "md5", 2: "sha1", 3: "ripemd160", 8: "sha256", 9: "sha384", 10: "sha512", 11: "sha224",
  ]

  private static func strength(_ hash: String) -> Int {
    ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"].firstIndex(of: hash) ?? -1
  }

  /// Regular files and links of the RPM whose base name matches `pattern`.
  func files(matching pattern: GlobPattern) -> [(path: String, isDocumentation: Bool)] {
    let files = rpmfilesNew(nil, header, rpmTagVal(RPMTAG_BASENAMES.rawValue), rpmfiFlags(0))
    guard let files else { return [] }
    defer { rpmfilesFree(files) }
    var found: [(path: String, isDocumentation: Bool)] = []
    for index in 0..<Int32(clamping: rpmfilesFC(files)) {
      guard let base = rpmfilesBN(files, index), pattern.matches(String(cString: base)) else {
        continue
      }
      let mode = mode_t(rpmfilesFMode(files, index)) & S_IFMT
      guard mode == S_IFREG || mode == S_IFLNK else { continue }
      guard let path = rpmfilesFN(files, index) else { continue }
      defer { free(path) }
      let isDocumentation = rpmfilesFFlags(files, index) & rpmfileAttrs(RPMFILE_DOC.rawValue) != 0
      found.append((String(cString: path), isDocumentation))
    }
    return found
  }
}
