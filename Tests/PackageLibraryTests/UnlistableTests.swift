import ComposeTestSupport
import DurableFiles
import Foundation
import HeaderCache
import PackageLibrary
import RPMPackages
import ReleaseModel
import RepoMetadata
import Testing

/// What metadata cannot hold is found when an RPM is read: the same as createrepo_c
/// says, field by field and form by form, with a cache, from it, and without one.
@Suite struct UnlistableTests {
  /// A text of eight bytes in each field that metadata has, and how findings name it.
  private static let fields: [(token: String, name: String)] = [
    ("SUMMARYx", "the summary"), ("DESCRIBx", "the description"), ("HTTPURLx", "the URL"),
    ("LICENSEx", "the license"), ("VENDORSx", "the vendor"), ("GROUPINx", "the group"),
    ("PACKAGEx", "the packager"), ("PROVIDEx", "Provides "), ("REQUIREx", "Requires "),
    ("OBSOLETx", "Obsoletes "), ("RECOMMEx", "Recommends "), ("FILENAMx", "the file name "),
    ("DIRNAMEx", "the file name "), ("AUTHORSx", "the author of the changelog of 2019-03-07"),
    ("CHANGESx", "the changelog of 2019-03-07"),
  ]

  /// Bytes, and what is wrong with them; nil where metadata can hold them.
  private static let forms: [(bytes: [UInt8], problem: String?)] = [
    ([0x01], "U+0001"), ([0x1B], "U+001B"), ([0xC0, 0xAF], "impossible sequence"),
    ([0xE0, 0x80, 0xAF], "impossible sequence"), ([0xED, 0xA0, 0x80], "impossible sequence"),
    ([0xF5, 0x80, 0x80, 0x80], "impossible sequence"), ([0xEF, 0xBF, 0xBE], "U+FFFE"),
    ([0x1B, 0xE9], "U+001B"),
    ([0x7F], nil), ([0xC2, 0x9B], nil), ([0xE9], nil), ([0xE9, 0xC0, 0xAF], nil),
    ([0xE2, 0x80, 0xAE], nil), ([0x0A], nil), ([0x3C, 0x5C], nil), ([0xF0, 0x9F, 0x98, 0x80], nil),
  ]

  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory.inMemory() }

  private func template() throws -> Data {
    var spec = RPMSpec(
      "alpha",
      tags: [
        "URL: http://HTTPURLx", "Vendor: VENDORSx", "Group: GROUPINx", "Packager: PACKAGEx",
        "Provides: PROVIDEx = 1", "Requires: REQUIREx > 2", "Obsoletes: OBSOLETx < 3",
        "Recommends: RECOMMEx",
      ], files: ["/usr/share/DIRNAMEx/FILENAMx": "x"])
    spec.words = (summary: "SUMMARYx", license: "LICENSEx", description: "DESCRIBx")
    spec.changelogWords = (author: "AUTHORSx", text: "CHANGESx")
    let path = try spec.build(into: scratch.path("template"), sources: false)[0]
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private func library(_ cache: HeaderCache?) -> PackageLibrary {
    PackageLibrary(
      reader: RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*")), cache: cache,
      form: MetadataForm(compression: .gz, changelogs: 10))
  }

  /// One line for each RPM below a directory that createrepo_c lists so that XML
  /// parsers take all it writes.
  private static let oracle = """
    import concurrent.futures, glob, os, subprocess, sys, xml.dom.minidom
    def listed(directory):
        subprocess.run(["createrepo_c", "-q", "--no-database", "--simple-md-filenames", "--compress-type=gz",
            "--workers=1", directory], capture_output=True)
        try:
            for name in ("primary", "filelists", "other"):
                text = subprocess.run(["gzip", "-dc", f"{directory}/repodata/{name}.xml.gz"], capture_output=True).stdout
                if len(xml.dom.minidom.parseString(text).getElementsByTagName("package")) != 1: return None
        except Exception: return None
        return os.path.basename(directory)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        print(*filter(None, pool.map(listed, glob.glob(sys.argv[1] + "/*"))), sep="\\n")
    """

  @Test func `a text is refused just where createrepo_c cannot list it`() throws {
    let template = try template()
    struct Case {
      let name: String, path: String, field: String, problem: String?
      var inAttribute: Bool {
        ["Provides", "Requires", "Obsoletes", "Recommends", "the author"].contains {
          field.hasPrefix($0)
        }
      }
    }
    var cases: [Case] = []
    for (fieldIndex, field) in Self.fields.enumerated() {
      for (formIndex, form) in Self.forms.enumerated()
      where (fieldIndex + formIndex).isMultiple(of: SweepDensity.stride == 1 ? 1 : 3) {
        let name = "\(fieldIndex)-\(formIndex)"
        try FileManager.default.createDirectory(
          atPath: scratch.path("cases/\(name)"), withIntermediateDirectories: true)
        let path = scratch.path("cases/\(name)/alpha.rpm")
        let filler = [UInt8](field.token.utf8).prefix(8 - form.bytes.count)
        try RenamedRPM.data(template, field.token, by: Data(filler + form.bytes))
          .write(to: URL(fileURLWithPath: path))
        cases.append(Case(name: name, path: path, field: field.name, problem: form.problem))
      }
    }
    usleep(60_000)
    let listed = Set(
      try Shell.check(Shell.python, ["-c", Self.oracle, scratch.path("cases")])
        .split(separator: "\n").map(String.init))
    let cache = HeaderCache.open(directory: scratch.path("cache"), access: .writing)
    let (without, cold) = (library(nil), library(cache))
    for one in cases {
      let flaws = try without.rpm(one.path).unlistable
      // In an attribute createrepo_c writes some impossible sequences as another text.
      if !one.inAttribute || !["impossible sequence", "U+FFFE"].contains(one.problem) {
        #expect(listed.contains(one.name) == flaws.isEmpty, "\(one): \(flaws)")
      }
      #expect(flaws.isEmpty == (one.problem == nil), "\(one): \(flaws)")
      if let problem = one.problem {
        let fits = flaws.contains {
          $0.field.hasPrefix(one.field) && $0.problem.contains(problem)
        }
        #expect(fits, "\(one): \(flaws)")
      }
      #expect(try cold.rpm(one.path).unlistable == flaws, "cold, \(one)")
    }
    cache?.flush()
    let warm = library(HeaderCache.open(directory: scratch.path("cache"), access: .writing))
    for one in cases {
      let status = try #require(FileStatus(path: one.path))
      let known = try #require(warm.rpm(status, at: one.path), "it is known: \(one)")
      #expect(known.unlistable == (try without.rpm(one.path).unlistable), "warm, \(one)")
      // Judges of dependencies read it all the same, and nobody keeps what they read.
      let elements = try without.elements(.primary, of: [known])
      #expect(try PrimaryReader.packages(of: elements).first?.nevra.name == "alpha", "\(one)")
      if !known.unlistable.isEmpty { #expect(warm.knows([known.sha256]) == [false]) }
    }
  }

  @Test func `names of files that are none are found`() throws {
    let template = try template()
    for (name, problem) in [("FILE/AMx", "slash"), ("FILE\"AMx", nil), ("FILE\\AMx", nil)] {
      let path = scratch.path("\(name.replacing("/", with: "_")).rpm")
      try RenamedRPM.data(template, "FILENAMx", by: name).write(to: URL(fileURLWithPath: path))
      let found = try library(nil).rpm(path)
      #expect(found.unlistable.isEmpty == (problem == nil))
      #expect(found.unlistableFinding?.message.contains(problem ?? "") ?? true)
    }
  }

  /// Characters that are text to XML, but not to who guesses what a file is.
  @Test(arguments: ["\u{7F}", "\u{80}", "\u{FFFD}", "\u{1F600}"])
  func `what may be written is read back`(text: String) throws {
    let element = """
      <package type="rpm"><name>alpha</name><arch>noarch</arch><version epoch="0" ver="1" rel="1"/>
      <checksum type="sha256" pkgid="YES">\(String(repeating: "a", count: 64))</checksum>
      <summary>typed \(text)</summary><size package="1" installed="1" archive="1"/>
      <location href="Packages/a/alpha-1-1.noarch.rpm"/><format/></package>

      """
    let read = try PrimaryReader.packages(of: Array(repeating: Array(element.utf8), count: 400))
    #expect(read.count == 400)
    #expect(read.last?.nevra.description == "alpha-1-1.noarch")
    #expect(throws: ComposeError.self) {
      try PrimaryReader.packages(of: [Array("<package>\(text)".utf8)])
    }
  }
}
