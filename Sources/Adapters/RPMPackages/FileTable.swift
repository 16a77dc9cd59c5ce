import CRPM
import Glibc
import ReleaseModel

/// The files of an RPM, as its header lists them. Owner of one `rpmfiles`.
final class FileTable {
  private let files: rpmfiles
  let count: Int

  /// Nil where the RPM has no files.
  init?(_ header: Header) {
    guard let files = rpmfilesNew(nil, header, rpmTagVal(RPMTAG_BASENAMES.rawValue), rpmfiFlags(0))
    else { return nil }
    self.files = files
    count = Int(rpmfilesFC(files))
  }

  deinit { rpmfilesFree(files) }

  enum Kind { case regular, link, directory, other }

  /// As installed, from `/` on; of a source RPM, a name alone.
  func path(_ index: Int) -> String {
    guard let path = rpmfilesFN(files, Int32(index)) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }

  func baseName(_ index: Int) -> String {
    rpmfilesBN(files, Int32(index)).map { String(cString: $0) } ?? ""
  }

  func kind(_ index: Int) -> Kind {
    switch mode_t(rpmfilesFMode(files, Int32(index))) & S_IFMT {
    case S_IFREG: .regular
    case S_IFLNK: .link
    case S_IFDIR: .directory
    default: .other
    }
  }

  /// Bytes.
  func size(_ index: Int) -> UInt64 { UInt64(rpmfilesFSize(files, Int32(index))) }

  func isDocumentation(_ index: Int) -> Bool { has(RPMFILE_DOC, index) }

  /// Whether only the name is in the RPM.
  func isGhost(_ index: Int) -> Bool { has(RPMFILE_GHOST, index) }

  private func has(_ flag: rpmfileAttrs_e, _ index: Int) -> Bool {
    rpmfilesFFlags(files, Int32(index)) & rpmfileAttrs(flag.rawValue) != 0
  }

  /// Where a link leads, as it says.
  func target(_ index: Int) -> String {
    rpmfilesFLink(files, Int32(index)).map { String(cString: $0) } ?? ""
  }

  /// All names of a file, itself among them, in the payload's order.
  func names(_ index: Int) -> [Int] {
    var links: UnsafePointer<Int32>?
    let count = rpmfilesFLinks(files, Int32(index), &links)
    guard count > 1, let links else { return [index] }
    return (0..<Int(count)).map { Int(links[$0]) }
  }

  /// How many bytes the payload has of the file `index`: of one with several names,
  /// only the last has the contents.
  func bytesInPayload(_ index: Int) -> UInt64 {
    switch kind(index) {
    case .regular: names(index).last == index ? size(index) : 0
    case .link: size(index)
    case .directory, .other: 0
    }
  }

  /// By path.
  private lazy var indices: [String: Int] = Dictionary(
    (0..<count).map { (path($0), $0) }
  ) { first, _ in first }

  func index(of path: String) -> Int? { indices[path] }

  /// More links than this on one way are taken for a circle, as by Linux.
  private static let hops = 40

  /// The regular file that `index` is or leads to, within the RPM.
  func followed(_ index: Int) -> Result<Int, UnreadableMarker> {
    if kind(index) == .regular { return .success(index) }
    var rest = Self.components(path(index))
    var place: [Substring] = []
    var hops = 0
    while let name = rest.first {
      rest.removeFirst()
      if name == "." { continue }
      if name == ".." {
        place = place.dropLast()
        continue
      }
      place.append(name)
      let here = "/" + place.joined(separator: "/")
      guard let found = self.index(of: here) else {
        if rest.isEmpty {
          return .failure(UnreadableMarker("it is a link to \(here), which the RPM does not have"))
        }
        continue
      }
      guard kind(found) == .link else {
        if rest.isEmpty {
          return kind(found) == .regular
            ? .success(found)
            : .failure(UnreadableMarker("it is a link to \(here), which is no file"))
        }
        continue
      }
      hops += 1
      if hops > Self.hops { return .failure(UnreadableMarker("its links lead in a circle")) }
      let target = target(found)
      place = target.hasPrefix("/") ? [] : place.dropLast()
      rest = Self.components(target) + rest
    }
    return .failure(UnreadableMarker("it is a link that leads to no file"))
  }

  private static func components(_ path: String) -> [Substring] { path.split(separator: "/") }
}

/// Why the text of a marker cannot be read: a clause.
struct UnreadableMarker: Error {
  let cause: String

  init(_ cause: String) { self.cause = cause }
}
