/// The three documents of rpm-md that describe packages.
package enum MetadataKind: String, CaseIterable, Sendable {
  /// Types of their records in repomd.xml.
  case primary, filelists, other

  /// The document up to its first package, byte for byte as createrepo_c
  /// writes it.
  func opening(packageCount: Int) -> String {
    switch self {
    case .primary:
      return XMLEncoding.declaration
        + "<metadata xmlns=\"http://linux.duke.edu/metadata/common\" "
        + "xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\" packages=\"\(packageCount)\">\n"
    case .filelists:
      return XMLEncoding.declaration
        + "<filelists xmlns=\"http://linux.duke.edu/metadata/filelists\" "
        + "packages=\"\(packageCount)\">\n"
    case .other:
      return XMLEncoding.declaration
        + "<otherdata xmlns=\"http://linux.duke.edu/metadata/other\" "
        + "packages=\"\(packageCount)\">\n"
    }
  }

  var closing: String {
    switch self {
    case .primary: "</metadata>"
    case .filelists: "</filelists>"
    case .other: "</otherdata>"
    }
  }
}
