/// Which names packages, versions, releases and architectures can have: those that
/// rpmbuild allows, without any that would be something else as a file name or as an
/// argument of a command.
package enum PackageNames {
  /// Whether `text` can be a name, version, release or architecture: ASCII letters,
  /// digits and `._+~^-`.
  package static func isPart(_ text: String) -> Bool {
    text.consistsOfAlphanumerics(and: "._+~^-")
  }

  /// Whether `text` can be the name of a package, binary or source.
  package static func isName(_ text: String) -> Bool {
    isPart(text) && text.utf8.first != UInt8(ascii: ".") && text.utf8.first != UInt8(ascii: "-")
  }

  /// Whether `text` can be a version or a release: a dash would end it.
  package static func isVersion(_ text: String) -> Bool {
    isPart(text) && !text.utf8.contains(UInt8(ascii: "-"))
  }
}

extension NEVRA {
  /// What of it cannot be part of a file name, with the field of the header; empty
  /// where all is well.
  package var unusableNames: [String] {
    let fields = [
      ("name", name, PackageNames.isName(name)),
      ("version", evr.version, PackageNames.isVersion(evr.version)),
      ("release", evr.rpmRelease, PackageNames.isVersion(evr.rpmRelease)),
      ("architecture", arch.name, PackageNames.isPart(arch.name)),
    ]
    let unusable = fields.filter { !$0.2 }.map { "its \($0.0) is \($0.1.excerptForDisplay)" }
    if unusable.isEmpty, !RelativePath.isSafe(fileName) {
      return ["its file name would be \(fileName.excerptForDisplay), longer than 255 bytes"]
    }
    return unusable
  }
}

extension String {
  /// In quotation marks, shortened, with control characters made visible: for
  /// messages about names that are none.
  package var excerptForDisplay: String {
    let limit = 60
    guard unicodeScalars.count > limit else { return "'\(sanitizedForDisplay)'" }
    let beginning = String(String.UnicodeScalarView(unicodeScalars.prefix(limit)))
    return "'\(beginning.sanitizedForDisplay)…'"
  }
}
