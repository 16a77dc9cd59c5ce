import ComposeTestSupport
import Foundation
import OpenPGPKeys
import ReleaseModel

/// Detached signatures: packets, as they are, of which some are by a key at hand.
struct DetachedSignatureTarget: FuzzTarget {
  static let name = "detached-signature"
  private static let bytes = Array("repomd".utf8)
  private let key: SigningKey
  private let certificates: [Certificate]

  init() throws {
    key = try SigningKey(named: "fuzz")
    certificates = try KeyFile.certificates(in: [key.publicKey])
  }

  func seeds() throws -> [[UInt8]] {
    let scratch = try Scratch()
    let file = try scratch.write(Self.bytes, as: "signed")
    let gpg = ["--homedir", key.home, "--batch", "--quiet", "--output", "\(file).sig"]
    defer { _ = try? Shell.run("gpgconf", ["--homedir", key.home, "--kill", "all"]) }
    try Shell.check("gpg", gpg + ["--detach-sign", file])
    return [Array(try Data(contentsOf: URL(fileURLWithPath: "\(file).sig")))]
  }

  func run(_ input: [UInt8]) throws {
    _ = try DetachedSignature.verify(
      Self.bytes, signature: input, certificates: certificates, at: 2_000_000_000)
  }
}
