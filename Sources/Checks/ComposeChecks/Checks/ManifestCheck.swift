import ComposeTrees
import DurableFiles
import ReleaseModel

/// `manifest`: every file is as recorded, none is missing, none is unknown,
/// and none is a link or a special file; and modes are those of what is published.
struct ManifestCheck: TreeCheck {
  func findings(in scan: TreeScan, of release: CheckedRelease) -> [Finding] {
    let manifest: Manifest
    switch release.manifests[scan.tree.area] {
    case .success(let found)?: manifest = found
    case .failure(let error)?:
      return [
        Finding(code: "manifest", message: "\(error.thing): \(error.cause)", remedy: error.remedy)
      ]
    case nil: return []
    }
    // Nearly all files are right: only what is found is put in order.
    var findings: [RelativePath: Finding] = [:]
    for (path, status) in scan.files where !Manifest.isOwn(path) {
      if status.kind != .file {
        findings[path] = finding("not-regular", "\(path) is a link or a special file")
      } else if let expected = manifest.checksums[path] {
        let found = (try? scan.rpms[path]?.get().sha256) ?? scan.checksums[path]
        // A damaged RPM has no checksum here; the check of signatures names it.
        if let found, found != expected {
          findings[path] = finding("changed", "\(path) has changed")
        }
      } else {
        findings[path] = finding("unknown", "\(path) is in no record")
      }
    }
    let missing = manifest.checksums.keys.filter { scan.files[$0] == nil || Manifest.isOwn($0) }
    return findings.sorted { $0.key < $1.key }.map(\.value)
      + missing.sorted().map { finding("missing", "\($0) is missing") }
      + scan.modes.map { path, problem in
        Finding(
          code: "mode", message: "\(path?.description ?? "the directory of the tree") \(problem)",
          remedy: "Find out who changed it; files have mode 0644, directories 0755")
      }
  }

  private func finding(_ code: String, _ message: String) -> Finding {
    Finding(
      code: code, message: message, remedy: "Find out what changed the tree; compose again")
  }
}
