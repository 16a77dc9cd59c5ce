import ComposePolicy
import ComposeTrees
import ReleaseModel
import RepoMetadata

/// What the clients of a major version can read: `metadata.clients` of the
/// policy, and what yum of EL7 and before wants of comps.
struct ClientRules {
  let policy: Policy

  func findings(_ repomd: Repomd, at repository: RelativePath) -> [Finding] {
    let containers = policy.metadata.clients.map(\.rawValue)
    var findings = repomd.records.compactMap { record -> Finding? in
      guard let container = Self.container(of: record.fileName), !containers.contains(container)
      else { return nil }
      return Finding(
        code: "unreadable-compression",
        message: "\(repository)/repodata/\(record.fileName) is compressed by \(container), which "
          + "clients of \(policy.stream) do not read",
        remedy: "Compress it by \(containers.joined(separator: " or "))")
    }
    // yum of EL7 opens `group` as it is; `group_gz` is for those that do not.
    if policy.major <= 7, let group = repomd.records.first(where: { $0.type == "group" }),
      let container = Self.container(of: group.fileName)
    {
      findings.append(
        Finding(
          code: "compressed-comps",
          message: "\(repository)/repodata/\(group.fileName) is 'group', but compressed by "
            + "\(container)",
          remedy: "Give the plain document as 'group' and the compressed one as 'group_gz'"))
    }
    return findings
  }

  /// As in ``Policy/MetadataPolicy/Container``; nil for a plain document.
  private static func container(of file: String) -> String? {
    switch file.split(separator: ".").last {
    case "gz": "gz"
    case "bz2": "bz2"
    case "xz": "xz"
    case "zst", "zstd", "zck": "zstd"
    default: nil
    }
  }
}
