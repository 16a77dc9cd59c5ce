import ComposeStream
import ComposeTrees
import ReleaseModel
import RepoMetadata

/// Whether comps, updateinfo and modules are well-formed and name what is
/// there. Pure.
struct DocumentReferences {
  private let contents: RepositoryScan
  private let repository: RelativePath

  /// RPMs of the whole tree: documents name debug RPMs and those of other
  /// architectures in every repository.
  private let listed: Set<NEVRA>
  private let arches: Set<Architecture>
  /// Source packages by the names of their RPMs.
  private let sources: [String: String]

  init(
    _ contents: RepositoryScan, at repository: RelativePath, among all: [ListedPackage],
    _ arches: [Architecture]
  ) {
    self.contents = contents
    self.repository = repository
    self.arches = Set(arches + [.noarch])
    listed = Set(all.map(\.nevra))
    sources = Dictionary(all.map { ($0.nevra.name, $0.package) }) { first, _ in first }
  }

  var findings: [Finding] { groups + advisories + modules }

  private var groups: [Finding] {
    // One document serves all architectures, and not every package is in each.
    return checked(contents.groups, in: "comps") { groups in
      duplicates(groups.map(\.id), "group")
        + groups.flatMap { group in
          group.packages.filter { sources[$0] == nil }.map { name in
            absent("group", group.id, names: name, package: name)
          }
        }
    }
  }

  private var advisories: [Finding] {
    checked(contents.advisories, in: "updateinfo") { advisories in
      duplicates(advisories.map(\.id), "advisory")
        + advisories.flatMap { advisory in
          advisory.rpms.filter { arches.contains($0.arch) && !listed.contains($0) }.map { rpm in
            absent("advisory", advisory.id, names: rpm.description, package: rpm.name)
          }
        }
    }
  }

  private var modules: [Finding] {
    // Modules always write the epoch.
    let names = Set(
      listed.map { nevra in
        "\(nevra.name)-\(nevra.evr.epoch):\(nevra.evr.version)-\(nevra.evr.rpmRelease).\(nevra.arch)"
      })
    return checked(contents.modules, in: "modules") { streams in
      streams.flatMap { stream in
        stream.artifacts.filter { isOurs($0) && !names.contains($0) }.map { rpm in
          absent("module", stream.id, names: rpm, package: nil)
        }
      }
    }
  }

  /// Whether an artifact is for an architecture that the tree has.
  private func isOurs(_ artifact: String) -> Bool {
    artifact.split(separator: ".").last.map { arches.contains(Architecture(String($0))) } ?? false
  }

  private func checked<Value>(
    _ result: Result<Value, ComposeError>?, in document: String, _ body: (Value) -> [Finding]
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

  private func absent(
    _ kind: String, _ id: String, names what: String, package: String?
  ) -> Finding {
    Finding(
      code: "\(kind)-names-absent",
      message: "\(repository): the \(kind) \(id.sanitizedForDisplay) names "
        + "\(what.sanitizedForDisplay), which is not there",
      remedy: "Take it out of the \(kind), or find out why it left",
      package: package.map { sources[$0] ?? $0 })
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
