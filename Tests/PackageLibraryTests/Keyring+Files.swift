import Foundation
import OpenPGPKeys
import RPMPackages

extension Keyring {
  /// As commands make it of the policy's key files.
  convenience init(files: [String], now: Int = Int(Date().timeIntervalSince1970)) throws {
    try self.init(KeyFile.certificates(in: files), now: now)
  }
}
