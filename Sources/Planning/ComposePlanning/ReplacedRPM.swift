package import ReleaseModel

/// An RPM that would take the place of another one with the same name, which
/// clients may know by its checksum.
package struct ReplacedRPM: Hashable, Sendable {
  package enum Cause: Hashable, Sendable {
    /// The same header and payload, with another signature; keys as they are
    /// known, nil for none.
    case signedAgain(from: String?, to: String?)
    /// Another build under the same name.
    case builtAgain
  }

  /// Name of the source package.
  package let package: String
  package let nevra: NEVRA
  package let cause: Cause

  package init(_ rpm: RPMFile, package: String, replacing served: RPMFile) {
    self.package = package
    nevra = rpm.nevra
    // A re-signed RPM has its header and payload as they were.
    let isSame =
      rpm.payloadHash != nil && served.payloadHash != nil
      ? rpm.payloadHash == served.payloadHash : rpm.buildTime == served.buildTime
    cause =
      isSame
      ? .signedAgain(from: served.signature.keyID, to: rpm.signature.keyID) : .builtAgain
  }

  /// For one whose file with users cannot be read.
  package init(_ rpm: RPMFile, package: String) {
    self.package = package
    nevra = rpm.nevra
    cause = .builtAgain
  }
}

extension ReplacedRPM {
  /// One finding for each package and cause.
  ///
  /// - Parameter release: whose users know the other files.
  package static func findings(
    _ replaced: [ReplacedRPM], against release: ReleaseID
  ) -> [Finding] {
    struct Key: Hashable {
      let package: String
      let cause: Cause
    }
    return Dictionary(grouping: replaced) { Key(package: $0.package, cause: $0.cause) }
      .map { key, rpms in
        let names = Set(rpms.map(\.nevra)).map(\.fileName).sorted()
        let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
        return finding(
          key.cause, package: key.package, shown, release,
          Set(rpms.map(\.nevra.description)).sorted())
      }
      .sorted { ($0.code, $0.package ?? "") < ($1.code, $1.package ?? "") }
  }

  private static func finding(
    _ cause: Cause, package: String, _ names: String, _ release: ReleaseID, _ rpms: [String]
  ) -> Finding {
    switch cause {
    case .signedAgain(let from, let to):
      Finding(
        code: "re-signed",
        message: "\(names) was re-signed: by \(to ?? "no key"), and users of \(release) know it "
          + "signed by \(from ?? "no key"), under the same URL",
        remedy: "Give the copies that users know: with both keys in 'signing.keys', and the older "
          + "one first in 'koji.signingKeys', or its copies in --rpms; or waive it: 'waivers', "
          + "check 'contents'", package: package, rpms: rpms)
    case .builtAgain:
      Finding(
        code: "rebuilt",
        message: "\(names) has other contents than users of \(release) know under the same URL: "
          + "it was built again under one name",
        remedy: "Build it with a higher release; or restore the file that users know; or waive it: "
          + "'waivers', check 'contents'", package: package, rpms: rpms)
    }
  }
}
