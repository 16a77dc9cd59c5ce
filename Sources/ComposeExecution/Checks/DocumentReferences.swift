import ReleaseModel
import RepoMetadata

/// Whether comps, updateinfo and modules are well-formed and name what is
/// there. Pure.
struct DocumentReferences {
  private let contents: RepositoryScan
  private let repository: RelativePath

  init(_ contents: RepositoryScan, at repository: RelativePath) {
    self.contents = contents
    self.repository = repository
  }

  var findings: [Finding] { groups + advisories + modules }

  private var groups: [Finding] {
    let names = Set(contents.packages.map(\.nevra.name))
    return judged(contents.groups, "comps") { groups in
      duplicates(groups.map(\.id), "group")
        + groups.flatMap { group in
          group.packages.filter { !names.contains($0) }.map { name in
            absent("group", group.id, name, package: name)
          }
        }
    }
  }

  private var advisories: [Finding] {
    let listed = Set(contents.packages.map(\.nevra))
    return judged(contents.advisories, "updateinfo") { advisories in
      duplicates(advisories.map(\.id), "advisory")
        + advisories.flatMap { advisory in
          advisory.rpms.filter { !listed.contains($0) }.map { rpm in
            absent("advisory", advisory.id, rpm.description, package: rpm.name)
          }
        }
    }
  }

  private var modules: [Finding] {
    // Modules always write the epoch, and name sources too.
    let listed = Set(
      contents.packages.map { package in
        let (nevra, evr) = (package.nevra, package.nevra.evr)
        return "\(nevra.name)-\(evr.epoch):\(evr.version)-\(evr.rpmRelease).\(nevra.arch)"
      })
    return judged(contents.modules, "modules") { streams in
      streams.flatMap { stream in
        stream.artifacts.filter { !$0.hasSuffix(".src") && !listed.contains($0) }.map { rpm in
          absent("module", stream.id, rpm, package: nil)
        }
      }
    }
  }

  private func judged<Value>(
    _ result: Result<Value, ComposeError>?, _ document: String, _ body: (Value) -> [Finding]
  ) -> [Finding] {
    switch result {
    case .success(let value)?: return body(value)
    case .failure(let error)?:
      return [
        Finding(
          code: "unreadable-\(document)", message: "\(error.thing): \(error.cause)",
          remedy: "Mend the document it was made from, and make it anew")
      ]
    case nil: return []
    }
  }

  private func absent(_ kind: String, _ id: String, _ what: String, package: String?) -> Finding {
    Finding(
      code: "\(kind)-names-absent",
      message: "\(repository): the \(kind) \(id.sanitizedForDisplay) names "
        + "\(what.sanitizedForDisplay), which is not there",
      remedy: "Take it out of the \(kind), or find out why it left", package: package)
  }

  private func duplicates(_ ids: [String], _ kind: String) -> [Finding] {
    Dictionary(grouping: ids) { $0 }.filter { $1.count > 1 }.keys.sorted().map { id in
      Finding(
        code: "\(kind)-twice",
        message: "\(repository): there are two of the \(kind) \(id.sanitizedForDisplay)",
        remedy: "Keep one of them")
    }
  }
}
