import CRPM
import Glibc
import ReleaseModel

/// What is read from one librpm header. Borrowed: the owner is ``RPMReader``.
struct RPMHeader {
  let header: Header

  func string(_ tag: rpmTag_e) -> String? {
    headerGetString(header, rpmTagVal(tag.rawValue)).map { String(cString: $0) }
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
    guard let name = string(RPMTAG_NAME), let version = string(RPMTAG_VERSION),
      let rpmRelease = string(RPMTAG_RELEASE), let architecture
    else { return nil }
    let evr = EVR(epoch: number(RPMTAG_EPOCH), version: version, rpmRelease: rpmRelease)
    return NEVRA(name: name, evr: evr, arch: architecture)
  }

  /// The key that signed the RPM: by the header-only signature, else by the
  /// old one over header and payload; nil where there is none.
  var signingKeyID: String? {
    for tag in [RPMTAG_RSAHEADER, RPMTAG_DSAHEADER, RPMTAG_SIGPGP, RPMTAG_SIGGPG] {
      let td = rpmtdNew()
      defer { rpmtdFree(td) }
      guard
        headerGet(header, rpmTagVal(tag.rawValue), td, headerGetFlags(HEADERGET_MINMEM.rawValue))
          != 0
      else {
        continue
      }
      defer { rpmtdFreeData(td) }
      guard let td, let data = td.pointee.data else { continue }
      var parameters: pgpDigParams?
      let length = Int(td.pointee.count)
      let bytes = data.assumingMemoryBound(to: UInt8.self)
      // 2 is OpenPGP's packet tag of a signature (RFC 4880, section 4.3).
      guard pgpPrtParams(bytes, length, 2, &parameters) == 0, let parameters else { continue }
      defer { pgpDigParamsFree(parameters) }
      if let id = Keyring.keyID(of: parameters) { return id }
    }
    return nil
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
