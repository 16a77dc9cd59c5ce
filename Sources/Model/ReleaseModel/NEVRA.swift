/// Name, epoch, version, rpmRelease and architecture of one RPM.
package struct NEVRA: Hashable, Codable, Sendable {
  /// Name of the RPM itself, such as `gamma-libs`.
  package let name: String
  /// The epoch is not in file names; see ``fileName``.
  package let evr: EVR
  /// `src` or `nosrc` for a source RPM.
  package let arch: Architecture

  /// Nothing is validated here; ``location`` refuses unsafe names.
  package init(name: String, evr: EVR, arch: Architecture) {
    self.name = name
    self.evr = evr
    self.arch = arch
  }

  /// `name-version-rpmRelease.arch.rpm`, as every build system names the file.
  package var fileName: String { "\(name)-\(evr.version)-\(evr.rpmRelease).\(arch).rpm" }

  /// Path of the RPM below its repository: `Packages/<first letter>/<file>`.
  ///
  /// Throws `badData` for a name that is not safe; the reader of RPMs has
  /// refused those before.
  package var location: RelativePath {
    get throws {
      guard let path = location(of: fileName) else {
        throw ComposeError(
          .badData, description.sanitizedForDisplay, "its name cannot be a file name",
          remedy: "Take the RPM out of the build system")
      }
      return path
    }
  }

  /// Nil where the name is not safe.
  func location(of fileName: String) -> RelativePath? {
    RelativePath("Packages/\(name.prefix(1).lowercased())/\(fileName)")
  }
}

extension NEVRA: CustomStringConvertible {
  /// `eta-1:0.9-1.noarch`; the epoch is left out when it is 0.
  package var description: String { "\(name)-\(evr).\(arch)" }
}

/// Name, version and rpmRelease of a build: how a build system names it.
package struct NVR: Hashable, Codable, Sendable, CustomStringConvertible {
  /// Name of the source package.
  package let name: String
  /// Of the source RPM.
  package let version: String
  /// The RPM Release field, such as `1.el7`.
  package let rpmRelease: String

  /// The parts are taken as they are; none of them is checked for dashes.
  package init(name: String, version: String, rpmRelease: String) {
    self.name = name
    self.version = version
    self.rpmRelease = rpmRelease
  }

  /// Splits the file name of a source RPM, such as `eta-0.9-1.src.rpm`.
  ///
  /// Returns nil when the text is not of that form.
  package init?(sourceRPM fileName: String) {
    for suffix in [".src.rpm", ".nosrc.rpm"] where fileName.hasSuffix(suffix) {
      let dash = UInt8(ascii: "-")
      let text = fileName.utf8.dropLast(suffix.utf8.count)
      let parts = text.split(separator: dash, omittingEmptySubsequences: false)
      guard parts.count >= 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
      let (version, rpmRelease) = (parts[parts.count - 2], parts[parts.count - 1])
      self.init(
        name: String(Substring(text[..<parts[parts.count - 3].endIndex])),
        version: String(Substring(version)), rpmRelease: String(Substring(rpmRelease)))
      return
    }
    return nil
  }

  /// `name-version-rpmRelease`, as build systems write it.
  package var description: String { "\(name)-\(version)-\(rpmRelease)" }
}
