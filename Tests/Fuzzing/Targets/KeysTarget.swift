import ComposeTestSupport
import Foundation
import OpenPGPKeys
import RPMPackages
import ReleaseModel

/// OpenPGP keys: their packets, which are put into right armour.
struct KeysTarget: FuzzTarget {
  static let name = "keys"
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func seeds() throws -> [[UInt8]] {
    let key = try SigningKey(named: "fuzz")
    let text = try String(contentsOfFile: key.publicKey, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.drop { !$0.isEmpty }.prefix { !$0.hasPrefix("=") && !$0.hasPrefix("-----END") }
    return [Array(Data(base64Encoded: body.joined()) ?? Data())]
  }

  func run(_ input: [UInt8]) throws {
    let file = try scratch.write(Self.armoured(input), as: "key.asc")
    _ = try Keyring(KeyFile.certificates(in: [file]), now: 1_600_000_000).flaws
  }

  /// RFC 4880, section 6.
  private static func armoured(_ bytes: [UInt8]) -> [UInt8] {
    var sum = 0xB704CE
    for byte in bytes {
      sum ^= Int(byte) << 16
      for _ in 0..<8 { sum = sum & 0x800000 == 0 ? sum << 1 : (sum << 1) ^ 0x1864CFB }
    }
    let check = [16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
    let text = """
      -----BEGIN PGP PUBLIC KEY BLOCK-----

      \(Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed]))
      =\(Data(check).base64EncodedString())
      -----END PGP PUBLIC KEY BLOCK-----

      """
    return Array(text.utf8)
  }
}
