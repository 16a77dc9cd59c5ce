import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import Foundation
import RPMPackages
import ReleaseModel
import Testing

/// Signatures that are there and cannot be read, or that are several: each as rpm takes it.
@Suite(.waiting) struct UnreadableSignatureTests {
  /// Two keys, an RPM, and the packets by which each key signed its header, as
  /// hexadecimal digits.
  private struct Signed {
    let scratch: TemporaryDirectory
    let ours: SigningKey
    let theirs: SigningKey
    let path: String
    let signature: String
    let other: String

    init() throws {
      scratch = try TemporaryDirectory()
      scratch.removeAtExit()
      (ours, theirs) = (try SigningKey(named: "Ours"), try SigningKey(named: "Theirs"))
      path = try RPMSpec("signed").build(into: scratch.path("a"), sources: false)[0]
      let twin = scratch.path("twin.rpm")
      try FileManager.default.copyItem(atPath: path, toPath: twin)
      try ours.sign([path])
      try theirs.sign([twin])
      func packet(_ path: String) throws -> String {
        try Shell.check("rpm", ["-qp", "--nosignature", "--qf", "%{RSAHEADER}", path])
      }
      (signature, other) = (try packet(path), try packet(twin))
    }
  }

  /// Made once: GnuPG takes its time over keys.
  private static let made = Result { try Signed() }

  private let scratch: TemporaryDirectory
  private let ours: SigningKey
  private let theirs: SigningKey
  private let intact: String
  private let signature: String
  private let other: String

  init() throws {
    let made = try Self.made.get()
    scratch = try TemporaryDirectory()
    (ours, theirs, intact) = (made.ours, made.theirs, made.path)
    (signature, other) = (made.signature, made.other)
  }

  /// The RPM with these signatures, by the numbers of their tags.
  private func rpm(_ tags: [(Int, String)]) throws -> String {
    let path = scratch.path("\(UUID()).rpm")
    try FileManager.default.copyItem(atPath: intact, toPath: path)
    let edit = "\(Fixtures.checkout)/Tests/Fixtures/edit-rpm"
    try Shell.check(edit, ["drop-signature-tags", path, "--", "267", "268", "1002", "1005"])
    for (tag, packet) in tags {
      try Shell.check(edit, ["set-signature", path, "--", "\(tag)", packet])
    }
    return path
  }

  /// Whether rpm takes it that has `keys`.
  private func isTaken(_ path: String, keys: [SigningKey]) throws -> Bool {
    let database = scratch.path("\(UUID())")
    for key in keys {
      try Shell.check("rpmkeys", ["--dbpath", database, "--import", key.publicKey])
    }
    return try Shell.run("rpmkeys", ["--dbpath", database, "--checksig", path]).status == 0
  }

  private func finding(_ path: String, keys: [SigningKey]) throws -> Finding? {
    let reader = RPMReader(
      keyring: try Keyring(files: keys.map(\.publicKey)), markerPattern: GlobPattern("R*"))
    do {
      return try reader.read(path).signatureFinding(floor: .sha256)
    } catch let error as ComposeError {
      #expect(error.kind == .badData)
      return Finding(code: "bad-data", message: error.cause, remedy: error.remedy)
    }
  }

  /// The packet with the byte at `place` changed.
  private static func changed(_ packet: String, at place: Int, to byte: String) -> String {
    let start = packet.index(packet.startIndex, offsetBy: 2 * place)
    return packet.replacingCharacters(in: start..<packet.index(start, offsetBy: 2), with: byte)
  }

  @Test(arguments: [268, 267, 1002, 1005])
  func `what nobody can parse is not called unsigned`(tag: Int) throws {
    let garbage = "8902" + "Nonsense".utf8.map { String($0, radix: 16) }.joined()
    for tags in [[(tag, garbage)], [(268, signature), (tag == 268 ? 267 : tag, garbage)]] {
      let path = try rpm(tags)
      #expect(try finding(path, keys: [ours])?.code == "unreadable-signature")
      #expect(try finding(path, keys: [])?.isWaivedByAllowUnsigned == false)
      #expect(try isTaken(path, keys: [ours]) == false)
      #expect(try isTaken(path, keys: []) == false, "rpm refuses it without keys as well")
    }
  }

  @Test func `each way of being wrong has its own word`() throws {
    // Old form of a packet, two bytes of length: then version, kind, algorithm and hash.
    #expect(signature.hasPrefix("89"))
    let broken = [
      (Self.changed(signature, at: 3, to: "06"), "version 6"),
      (Self.changed(signature, at: 3, to: "05"), "version 5"),
      (String(signature.prefix(120)), "no OpenPGP packet"), (signature + "0000", "more behind it"),
      (signature + signature, "more behind it"),
      (Self.changed(signature, at: 5, to: "63"), "unknown kind"), ("00", "no OpenPGP packet"),
    ]
    for (packet, words) in broken {
      let path = try rpm([(268, packet)])
      let found = try #require(try finding(path, keys: [ours]))
      #expect(found.code == "unreadable-signature")
      #expect(found.message.contains(words), "\(found.message)")
      #expect(try isTaken(path, keys: [ours]) == false, "\(words)")
    }
    // rpm takes no notice of these; they are signatures all the same.
    let unknownHash = try rpm([(268, Self.changed(signature, at: 6, to: "63"))])
    for path in [unknownHash, try rpm([(278, signature)])] {
      let found = try #require(try finding(path, keys: [ours]))
      #expect(found.code == "unsupported-signature")
      #expect(found.isWaivedByAllowUnsigned && !found.isMissingSignature)
    }
    let unsigned = try finding(try rpm([]), keys: [ours])
    #expect(unsigned?.code == "unsigned" && unsigned?.isMissingSignature == true)
  }

  @Test func `a signature that does not hold is damage, and says so`() throws {
    let path = try rpm([(268, Self.changed(signature, at: signature.count / 2 - 3, to: "00"))])
    let found = try finding(path, keys: [ours])
    #expect(found?.code == "bad-data")
    #expect(
      found?.message.contains("its signature does not hold") == true, "\(found?.message ?? "")")
    #expect(try isTaken(path, keys: [ours]) == false)
    #expect(try finding(path, keys: [theirs])?.code == "unknown-key", "nobody can tell")
  }

  @Test func `of several signatures each must hold`() throws {
    let both = try rpm([(268, signature), (267, other)])
    #expect(try finding(both, keys: [ours, theirs]) == nil)
    #expect(try isTaken(both, keys: [ours, theirs]))
    for keys in [[ours], [theirs]] {
      #expect(try finding(both, keys: keys)?.code == "unknown-key")
      #expect(try isTaken(both, keys: keys) == false)
    }
    let bad = Self.changed(other, at: other.count / 2 - 3, to: "00")
    for tags in [[(268, signature), (267, bad)], [(268, bad), (267, signature)]] {
      let path = try rpm(tags)
      #expect(try finding(path, keys: [ours, theirs])?.code == "bad-data")
      #expect(try isTaken(path, keys: [ours, theirs]) == false)
    }
  }

  // MARK: Key files

  @Test func `every block of a key file counts, and every key of a block`() throws {
    func text(_ key: SigningKey) throws -> String {
      try String(contentsOfFile: key.publicKey, encoding: .utf8)
    }
    let signed = try rpm([(268, signature)])
    let mine = try text(ours)
    let several = [
      try "Ours, from 2019 on:\n\n" + text(theirs) + "\nand\n-----\n" + mine + "the end\n",
      try text(theirs).replacing("\n", with: "\r\n") + mine.replacing("\n", with: "\r\n"),
      try text(theirs)
        + mine.split(separator: "\n").filter { !$0.hasPrefix("=") }
        .joined(separator: "\n"),
    ]
    for (number, text) in several.enumerated() {
      let file = try scratch.write(text, to: "\(number).asc")
      let reader = RPMReader(keyring: try Keyring(files: [file]), markerPattern: GlobPattern("R*"))
      #expect(try reader.read(signed).signature.isTrusted, "\(number)")
      #expect(try Keyring(files: [file]).keyIDs.count == 2)
    }
    let home = scratch.path("home")
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let gpg = ["--homedir", home, "--batch", "--quiet"]
    try Shell.check("gpg", gpg + ["--import", ours.publicKey, theirs.publicKey])
    let block = try scratch.write(
      try Shell.check("gpg", gpg + ["--armor", "--export"]), to: "block.asc")
    #expect(try Keyring(files: [block]).keyIDs.count == 2)
  }

  @Test func `a damaged block is named`() throws {
    let mine = try String(contentsOfFile: ours.publicKey, encoding: .utf8)
    let lines = mine.split(separator: "\n", omittingEmptySubsequences: false)
    let torn = lines.dropLast(4).joined(separator: "\n")
    let swapped = (lines[0...3] + lines[4...5].reversed() + lines[6...]).joined(separator: "\n")
    for text in [mine + torn, mine + swapped, mine + torn + "\n" + mine] {
      let file = try scratch.write(text, to: "damaged.asc")
      let error = #expect(throws: ComposeError.self) { try Keyring(files: [file]) }
      #expect(error?.kind == .badData)
      #expect(error?.cause == "block 2 of public keys in it is damaged")
    }
  }
}
