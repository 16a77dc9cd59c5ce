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
    var unseen = manifest.checksums
    var findings: [Finding] = []
    for path in scan.files.keys.sorted() where !Manifest.isOwn(path) {
      guard let status = scan.files[path] else { continue }
      let expected = unseen.removeValue(forKey: path)
      if status.kind != .file {
        findings.append(finding("not-regular", "\(path) is a link or a special file"))
      } else if let expected {
        let found = (try? scan.rpms[path]?.get().sha256) ?? scan.checksums[path]
        // A damaged RPM has no checksum here; the check of signatures names it.
        if let found, found != expected {
          findings.append(finding("changed", "\(path) has changed"))
        }
      } else {
        findings.append(finding("unknown", "\(path) is in no record"))
      }
    }
    return findings + unseen.keys.sorted().map { finding("missing", "\($0) is missing") }
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
