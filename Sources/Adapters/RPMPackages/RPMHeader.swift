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
}
