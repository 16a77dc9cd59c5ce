import ComposeTestSupport
import DocumentSigning
import Foundation
import Glibc
import ReleaseModel
import Testing

@Suite struct DocumentSignerTests {
  let stage: SigningStage

  init() throws { stage = try SigningStage() }

  @Test func `gpg signs, and gpg of another home finds the signature good`() throws {
    let signer = try stage.signer("gpg: {home: \(stage.key.home)}")
    let signature = try signer.signature(of: SigningStage.bytes, named: SigningStage.name)
    let other = try SigningKey(named: "Reader")
    try Shell.check("gpg", ["--homedir", other.home, "--batch", "--import", stage.key.publicKey])
    let file = try stage.scratch.write(signature, to: "repomd.xml.asc")
    let document = try stage.scratch.write("<repomd/>\n", to: "repomd.xml")
    try Shell.check("gpg", ["--homedir", other.home, "--batch", "--verify", file, document])
    let changed = try stage.scratch.write("<repomd />\n", to: "changed.xml")
    #expect(
      try Shell.run("gpg", ["--homedir", other.home, "--batch", "--verify", file, changed]).status
        == 1)
  }

  @Test func `a key may be named by its id, and a home beside the policy`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: stage.scratch.path("home"), withDestinationPath: stage.key.home)
    let signer = try stage.signer(
      "gpg: {home: home, program: /usr/bin/gpg}", named: String(stage.key.fingerprint.suffix(16)))
    let signature = try signer.signature(of: SigningStage.bytes, named: SigningStage.name)
    let verified = try signer.verifier().verify(Array(signature.utf8), over: SigningStage.bytes)
    #expect(verified.fingerprint == stage.key.fingerprint.lowercased())
  }

  @Test func `a command signs what it reads`() throws {
    let signer = try stage.signer(script: SigningStage.sign(stage.key))
    let signature = try signer.signature(of: SigningStage.bytes, named: SigningStage.name)
    #expect(throws: SignatureFlaw.otherBytes(stage.key.fingerprint.suffix(16).lowercased())) {
      try signer.verifier().verify(Array(signature.utf8), over: SigningStage.bytes + [0x20])
    }
  }

  @Test func `a command gets nothing of this process's environment but where it is`() throws {
    let place = stage.scratch.path("environment")
    let signer = try stage.signer(script: "env > \(place)\n\(SigningStage.sign(stage.key))")
    _ = try signer.signature(of: SigningStage.bytes, named: SigningStage.name)
    let names = try String(contentsOfFile: place, encoding: .utf8).split(separator: "\n")
      .compactMap { $0.split(separator: "=").first.map(String.init) }
    // The shell itself adds PWD and its kin.
    #expect(
      Set(names).subtracting(["PWD", "OLDPWD", "SHLVL", "_"]).isSubset(of: [
        "HOME", "USER", "LOGNAME", "TMPDIR", "PATH", "LC_ALL",
      ]))
    #expect(names.contains("PATH"))
  }

  struct Failing: Sendable, CustomTestStringConvertible {
    let script: String
    let kind: ComposeError.Kind
    let words: [String]
    var testDescription: String { script }

    init(_ script: String, _ kind: ComposeError.Kind, _ words: String...) {
      self.script = script
      self.kind = kind
      self.words = words
    }
  }

  @Test(arguments: [
    Failing(
      "echo no such key >&2; exit 3", .failed, "ended with status 3: 'no such key'", "by hand"),
    Failing("cat > /dev/null", .failed, "it printed nothing"),
    Failing("echo hello", .failed, "it printed something else than a signature"),
    Failing("@SIGN; echo more", .failed, "something else than a signature"),
    Failing("(cat; echo) | @SIGN", .failed, "it is not over these bytes"),
    Failing("@OTHER", .failed, "which is not in"),
    Failing("kill -9 $$", .failed, "signal 9 ended it"),
    Failing("yes", .failed, "it printed more than 64 KiB"),
    Failing("yes >&2", .failed, "it printed more than 64 KiB"),
    Failing("printf '\\033[1mevil\\n' >&2; exit 1", .failed, "[1mevil"),
    Failing(
      """
      echo -----BEGIN PGP SIGNATURE-----
      echo
      echo bm90IGEgc2lnbmF0dXJl
      echo -----END PGP SIGNATURE-----
      """, .failed, "it is no OpenPGP signature"),
  ])
  func `what a command does wrong is said with its name`(_ failing: Failing) throws {
    let other = try SigningKey(named: "Other")
    let signer = try stage.signer(
      script: failing.script.replacing("@SIGN", with: SigningStage.sign(stage.key))
        .replacing("@OTHER", with: SigningStage.sign(other)))
    let error = try #require(throws: ComposeError.self) {
      try signer.signature(of: SigningStage.bytes, named: SigningStage.name)
    }
    #expect(error.kind == failing.kind)
    #expect(error.thing == signer.name)
    #expect(error.cause.contains(SigningStage.name))
    for word in failing.words { #expect(error.description.contains(word)) }
    #expect(!error.description.contains("\u{1B}"))
  }

  @Test func `a command that hangs is ended with all that it started`() throws {
    let numbers = stage.scratch.path("numbers")
    let signer = try stage.signer(
      script: "trap '' TERM; sleep 1000 & echo $! $$ > \(numbers); echo waiting >&2; wait; wait",
      deadline: "1 second")
    let error = try #require(throws: ComposeError.self) {
      try signer.signature(of: SigningStage.bytes, named: SigningStage.name)
    }
    #expect(error.kind == .unavailable)
    #expect(error.cause.contains("it did not end within 1 second, and was ended: 'waiting'"))
    #expect(error.remedy.contains("signing.metadata.deadline"))
    let left = try String(contentsOfFile: numbers, encoding: .utf8).split { !$0.isNumber }
    #expect(left.count == 2)
    // A signal arrives when the kernel gets to it, and a process that ended is listed until its
    // parent has seen it.
    func isLeft(_ number: Substring) -> Bool {
      let state = try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8)
      return state.map { !$0.contains("State:\tZ") } ?? false
    }
    for _ in 0..<1000 where left.contains(where: isLeft) { usleep(10_000) }
    #expect(left.filter(isLeft) == [])
  }

  @Test func `a signature by another key of the file is not by the policy's`() throws {
    let other = try SigningKey(named: "Other")
    let both = try stage.scratch.write(
      [stage.key, other].map { try String(contentsOfFile: $0.publicKey, encoding: .utf8) }
        .joined(), to: "both.asc")
    let signer = try stage.signer("gpg: {home: \(stage.key.home)}", publicKey: both)
    let signature = try signer.signature(of: SigningStage.bytes, named: SigningStage.name)
    let newer = try stage.signer(
      "command: [/bin/sh, -c, \"\(SigningStage.sign(stage.key))\"]", named: other.fingerprint,
      publicKey: both)
    let error = try #require(throws: ComposeError.self) {
      try newer.signature(of: SigningStage.bytes, named: SigningStage.name)
    }
    #expect(error.cause.contains("not by \(other.fingerprint.lowercased())"))
    // Signatures that were made before the change still hold.
    let verified = try newer.verifier().verify(Array(signature.utf8), over: SigningStage.bytes)
    #expect(verified.isBy(stage.key.fingerprint.lowercased()))
    #expect(!verified.isBy(other.fingerprint.lowercased()))
  }

  @Test func `programs and key files that are not there are said`() throws {
    let missing = try stage.signer("command: [/usr/bin/no-such-signer]")
    let error = try #require(throws: ComposeError.self) {
      try missing.signature(of: SigningStage.bytes, named: SigningStage.name)
    }
    #expect(error.kind == .noInput)
    #expect(error.thing == "/usr/bin/no-such-signer")
    let keyless = try stage.signer("gpg: {home: /nowhere}", publicKey: "no-key.asc")
    #expect(throws: ComposeError.self) { try keyless.publicKey() }
    let empty = try stage.scratch.write("no key\n", to: "empty.asc")
    let unusable = try stage.signer("gpg: {home: /nowhere}", publicKey: empty)
    let bad = try #require(throws: ComposeError.self) { try unusable.verifier() }
    #expect(bad.kind == .badData)
  }
}
