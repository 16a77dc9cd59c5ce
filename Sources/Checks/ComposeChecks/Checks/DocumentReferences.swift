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
  private let groupReferences: GroupReferences?
  private let base: BaseOffers?

  /// - Parameters:
  ///   - all: what all repositories of the tree list.
  ///   - modules: what all repositories of the tree say of modules.
  ///   - base: nil where the policy names none.
  ///   - former: names of the RPMs that users have now.
  init(
    _ contents: RepositoryScan, at repository: RelativePath, among all: [ListedPackage],
    modules: ModuleDocument, _ arches: [Architecture], beside base: BaseOffers?,
    formerly former: Set<String>
  ) {
    self.contents = contents
    self.repository = repository
    self.arches = Set(arches + [.noarch])
    listed = Set(all.map(\.nevra))
    self.base = base
    sources = Dictionary(all.map { ($0.nevra.name, $0.package) }) { first, _ in first }
    // Groups install no source packages, and none that modules hide.
    let hidden = modules.undefaulted
    var names: Set<String> = []
    var streams: [String: String] = [:]
    for nevra in listed where !nevra.arch.isSource {
      if let stream = hidden.isEmpty ? nil : hidden[nevra.artifact] {
        streams[nevra.name] = stream
      } else {
        names.insert(nevra.name)
      }
    }
    groupReferences = (try? contents.groups?.get()).map {
      GroupReferences(
        $0, offering: names, streams: streams, beside: base, formerly: former)
    }
  }

  /// Names in groups that are taken for granted, because no base is named.
  var assumed: Set<String> { groupReferences?.assumed ?? [] }

  var findings: [Finding] { groups + advisories + modules }

  private var groups: [Finding] {
    // One document serves all architectures, and not every package is in each.
    checked(contents.groups, in: "comps") { _ in
      (groupReferences?.findings ?? []).map { finding in
        Finding(
          code: finding.code, message: "\(repository): \(finding.message)", remedy: finding.remedy,
          package: finding.package.map { sources[$0] ?? $0 })
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
    let names = contents.modules == nil ? [] : Set(listed.map(\.artifact))
    return checked(contents.modules, in: "modules") { document in
      ModuleReferences(document, having: names, arches: arches, beside: base?.modules)
        .absent.map { absent("module", $0.id, names: $0.what, package: nil) }
    }
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
