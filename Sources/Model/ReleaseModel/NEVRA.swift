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
