import CRPM
import ReleaseModel

/// What librpm, libcreaterepo_c and clients take for granted of a header whose digests
/// hold: types of tags, and lists of files that fit together. rpm itself refuses what is
/// otherwise when it installs; libraries that read it first end by a signal.
struct HeaderShape {
  private let header: Header

  /// The caller is inside librpm.
  init(_ header: Header) { self.header = header }

  /// What is wrong, such as `its header has no list of strings as 'Basenames'`; nil for
  /// nothing.
  var problem: String? { wrongType ?? wrongFiles ?? wrongSystem }

  // MARK: Types

  /// Interpreters of scripts: lists by librpm's table, of which rpmbuild writes those with one
  /// entry as a string.
  private static let interpreters = Set(
    [
      RPMTAG_PREINPROG, RPMTAG_POSTINPROG, RPMTAG_PREUNPROG, RPMTAG_POSTUNPROG,
      RPMTAG_PRETRANSPROG, RPMTAG_POSTTRANSPROG, RPMTAG_VERIFYSCRIPTPROG,
    ].map { rpmTagVal($0.rawValue) })

  /// A tag that is a list of strings by librpm's table must be one.
  private var wrongType: String? {
    guard let iterator = headerInitIterator(header), let entry = rpmtdNew() else { return nil }
    defer {
      headerFreeIterator(iterator)
      rpmtdFree(entry)
    }
    while headerNext(iterator, entry) != 0 {
      defer { rpmtdFreeData(entry) }
      let (tag, type) = (rpmtdTag(entry), rpmtdType(entry))
      if type == RPM_STRING_TYPE, Self.interpreters.contains(tag) { continue }
      if rpmTagGetTagType(tag) == RPM_STRING_ARRAY_TYPE, type != RPM_STRING_ARRAY_TYPE {
        return "its header has no list of strings as '\(Self.name(tag))'"
      }
    }
    return nil
  }

  private static func name(_ tag: rpmTagVal) -> String {
    rpmTagGetName(tag).map { String(cString: $0) } ?? "tag \(tag)"
  }

  // MARK: Files

  /// Lists with an entry for each file, without which no file can be installed.
  private static let required = [
    RPMTAG_DIRINDEXES, RPMTAG_FILEMODES, RPMTAG_FILEUSERNAME, RPMTAG_FILEGROUPNAME,
  ]
  /// Others, which have an entry for each file where they are there.
  private static let optional = [
    RPMTAG_FILESIZES, RPMTAG_LONGFILESIZES, RPMTAG_FILEMTIMES, RPMTAG_FILEDIGESTS,
    RPMTAG_FILELINKTOS, RPMTAG_FILEFLAGS, RPMTAG_FILEINODES, RPMTAG_FILEDEVICES, RPMTAG_FILERDEVS,
    RPMTAG_FILEVERIFYFLAGS, RPMTAG_FILELANGS,
  ]

  private var wrongFiles: String? {
    guard let files = count(RPMTAG_BASENAMES) else { return nil }
    for tag in Self.required + Self.optional {
      let name = Self.name(rpmTagVal(tag.rawValue))
      guard let entries = count(tag) else {
        if Self.required.contains(tag) { return "its header lists files, and has no '\(name)'" }
        continue
      }
      if entries != files { return "its header has \(entries) '\(name)' for \(files) files" }
    }
    let directories = count(RPMTAG_DIRNAMES) ?? 0
    guard with(RPMTAG_DIRINDEXES, { Self.largest($0) < directories }) ?? true else {
      return "a file in its header is in a directory that it does not name"
    }
    return nil
  }

  private static func largest(_ list: rpmtd) -> Int {
    var largest = 0
    while rpmtdNext(list) >= 0 { largest = max(largest, Int(clamping: rpmtdGetNumber(list))) }
    return largest
  }

  private func count(_ tag: rpmTag_e) -> Int? { with(tag) { Int(clamping: rpmtdCount($0)) } }

  /// Nil where the header has no such tag.
  private func with<Value>(_ tag: rpmTag_e, _ body: (rpmtd) -> Value) -> Value? {
    guard let list = rpmtdNew() else { return nil }
    defer { rpmtdFree(list) }
    let flags = headerGetFlags(HEADERGET_MINMEM.rawValue)
    guard headerGet(header, rpmTagVal(tag.rawValue), list, flags) != 0 else { return nil }
    defer { rpmtdFreeData(list) }
    return body(list)
  }

  // MARK: System

  /// rpm installs cpio alone, and only what is made for its own system.
  private var wrongSystem: String? {
    let read = RPMHeader(header: header)
    if let format = read.string(RPMTAG_PAYLOADFORMAT), format != "cpio" {
      return "its payload is '\(format.sanitizedForDisplay)', which rpm does not install"
    }
    if let system = read.string(RPMTAG_OS), system.lowercased() != "linux" {
      return "it is made for the system '\(system.sanitizedForDisplay)'"
    }
    return nil
  }
}
