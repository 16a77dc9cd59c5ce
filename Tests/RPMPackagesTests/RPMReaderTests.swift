import ComposeTestSupport
import Foundation
import Glibc
import RPMPackages
import ReleaseModel
import Testing

@Suite struct RPMReaderTests {
  static let reader = RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*"))

  private func build(_ spec: RPMSpec) throws -> (TemporaryDirectory, [String: RPMFile]) {
    let directory = try TemporaryDirectory()
    let files = try spec.build(into: directory.path).map { try Self.reader.read($0) }
    return (directory, Dictionary(uniqueKeysWithValues: files.map { ($0.nevra.fileName, $0) }))
  }

  @Test func `a header reads as rpm has it`() throws {
    let (directory, files) = try build(
      RPMSpec(
        "eta", "0.9~rc1", "3", epoch: 2, arch: "x86_64", subpackages: [.init("doc", arch: "noarch")]
      ))
    let binary = try #require(files["eta-0.9~rc1-3.x86_64.rpm"])
    #expect(binary.nevra.description == "eta-2:0.9~rc1-3.x86_64")
    #expect(binary.sourceRPM == "eta-0.9~rc1-3.src.rpm")
    #expect(binary.buildTime == 1_552_000_000)
    #expect(binary.signature == .unsigned)
    #expect(binary.marker == nil)
    let source = try #require(files["eta-0.9~rc1-3.src.rpm"])
    #expect(source.kind == .source)
    #expect(source.sourceRPM == nil)
    #expect(files["eta-doc-0.9~rc1-3.noarch.rpm"]?.nevra.arch == .noarch)
    let sum = try Shell.check("sha256sum", [binary.path]).prefix(64)
    #expect(binary.sha256.hex == String(sum))
    let bytes = try FileManager.default.attributesOfItem(atPath: binary.path)[.size] as? Int
    #expect(binary.size == bytes)
    _ = directory
  }

  @Test func `a doc file of the marker's name is the marker, with its text`() throws {
    let words = "Upstream is gone.\nUse delta – žluťoučký kůň.\n"
    let spec = RPMSpec(
      "gamma",
      subpackages: [
        .init("doc", arch: "noarch", documents: ["/usr/share/doc/gamma/README-RETIRED.md": words])
      ])
    let (directory, files) = try build(spec)
    #expect(files["gamma-1.0-1.noarch.rpm"]?.marker == nil)
    let marker = try #require(files["gamma-doc-1.0-1.noarch.rpm"]?.marker)
    #expect(marker.path == "/usr/share/doc/gamma/README-RETIRED.md")
    #expect(marker.text == words)
    _ = directory
  }

  @Test func `a file of that name that is not doc is no marker`() throws {
    let (directory, files) = try build(
      RPMSpec("zeta", files: ["/usr/share/zeta/README-RETIRED.txt": "just data"]))
    let file = try #require(files["zeta-1.0-1.noarch.rpm"])
    #expect(file.marker == nil)
    #expect(file.undocumentedMarkers == ["/usr/share/zeta/README-RETIRED.txt"])
    _ = directory
  }

  // MARK: Files that are not RPMs

  static let intact: (TemporaryDirectory, String) = {
    do {
      let directory = try TemporaryDirectory()
      let noise = (0..<400).map { _ in UUID().uuidString }.joined()
      let file = try RPMSpec("big", files: ["/usr/share/big/noise": noise])
        .build(into: directory.path, sources: false)[0]
      return (directory, file)
    } catch {
      fatalError("rpmbuild does not work here: \(error)")
    }
  }()

  enum Damage: String, CaseIterable {
    case empty, text, truncatedLead, truncatedHeader, truncatedPayload, flippedHeader,
      flippedPayload

    func apply(to data: Data) -> Data {
      var data = data
      switch self {
      case .empty: return Data()
      case .text: return Data("this is not an RPM\n".utf8)
      case .truncatedLead: return data.prefix(60)
      case .truncatedHeader: return data.prefix(800)
      case .truncatedPayload: return data.dropLast(100)
      case .flippedHeader:
        // In the main header, behind the signature header and its reserve.
        let magic = Data([0x8E, 0xAD, 0xE8, 0x01])
        let main = data.range(of: magic, in: 200..<data.count)
        data[(main?.upperBound ?? 0) + 900] ^= 0x40
        return data
      case .flippedPayload:
        data[data.count - 200] ^= 0x01
        return data
      }
    }
  }

  @Test(arguments: Damage.allCases)
  func `a damaged file is bad data, and named`(damage: Damage) throws {
    let (_, intact) = Self.intact
    #expect(throws: Never.self) { try Self.reader.read(intact) }
    let directory = try TemporaryDirectory()
    let path = directory.path("\(damage).rpm")
    try damage.apply(to: Data(contentsOf: URL(fileURLWithPath: intact)))
      .write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: ComposeError.self) { try Self.reader.read(path) }
    #expect(error?.kind == .badData)
    #expect(error?.thing == path)
  }

  @Test func `special files and links are refused without waiting`() throws {
    let directory = try TemporaryDirectory()
    let fifo = directory.path("fifo.rpm")
    #expect(mkfifo(fifo, 0o644) == 0)
    let link = directory.path("link.rpm")
    #expect(symlink(Self.intact.1, link) == 0)
    for path in [fifo, link, directory.path] {
      let error = #expect(throws: ComposeError.self) { try Self.reader.read(path) }
      #expect(error?.kind == .badData, "\(path)")
    }
    let missing = #expect(throws: ComposeError.self) {
      try Self.reader.read(directory.path("none.rpm"))
    }
    #expect(missing?.kind == .noInput)
  }

  // MARK: Signatures

  @Test func `a signature counts only by a key of the keyring`() throws {
    let directory = try TemporaryDirectory()
    let ours = try SigningKey(named: "Ours")
    let theirs = try SigningKey(named: "Theirs")
    let file = try RPMSpec("signed").build(into: directory.path, sources: false)[0]
    try ours.sign([file])
    let keyID = ours.fingerprint.suffix(16).lowercased()
    func read(_ keys: [String]) throws -> RPMSignature {
      try RPMReader(keyring: Keyring(files: keys), markerPattern: GlobPattern("R*")).read(file)
        .signature
    }
    #expect(try read([ours.publicKey]) == .trusted(keyID: keyID))
    #expect(try read([theirs.publicKey, ours.publicKey]) == .trusted(keyID: keyID))
    #expect(try read([theirs.publicKey]) == .unknownKey(keyID: keyID))
    #expect(try read([]) == .unknownKey(keyID: keyID))
  }

  @Test func `a file that is no key, or missing, is refused`() throws {
    let directory = try TemporaryDirectory()
    let text = try directory.write("not a key", to: "key")
    let bad = #expect(throws: ComposeError.self) { try Keyring(files: [text]) }
    #expect(bad?.kind == .badData)
    let missing = #expect(throws: ComposeError.self) { try Keyring(files: [text + "x"]) }
    #expect(missing?.kind == .noInput)
  }
}
