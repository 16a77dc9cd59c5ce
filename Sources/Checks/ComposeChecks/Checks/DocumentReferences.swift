import ComposeStream
import ComposeTrees
import ReleaseModel
import RepoMetadata

/// Whether comps, updateinfo and modules are well-formed and name what is
/// there. Pure.
struct DocumentReferences {
  private let contents: RepositoryScan
  private let repository: RelativePath

  /// What the whole tree lists: documents name debug RPMs and those of other architectures in
  /// every repository.
  private let tree: ListedNames
  private let arches: Set<Architecture>
  private let groupReferences: GroupReferences?
  private let base: BaseOffers?

  /// What all repositories of a tree list, as documents name it.
  struct ListedNames {
    fileprivate let nevras: Set<NEVRA>
    /// Source packages by the names of their RPMs.
    fileprivate let sources: [String: String]
    /// Names of RPMs that users can install without choosing a module stream.
    fileprivate let names: Set<String>
    /// RPMs that a module stream has which is no default: the stream, by the name of the RPM.
    fileprivate let streams: [String: String]

    /// - Parameter modules: what all repositories of the tree say of modules.
    init(_ packages: [ListedPackage], modules: ModuleDocument) {
      nevras = Set(packages.map(\.nevra))
      sources = Dictionary(packages.map { ($0.nevra.name, $0.package) }) { first, _ in first }
      let hidden = modules.undefaulted
      var names: Set<String> = []
      var streams: [String: String] = [:]
      // Groups install no source packages, and none that modules hide.
      for nevra in nevras where !nevra.arch.isSource {
        if let stream = hidden.isEmpty ? nil : hidden[nevra.artifact] {
          streams[nevra.name] = stream
        } else {
          names.insert(nevra.name)
        }
      }
      self.names = names
      self.streams = streams
    }
  }

  /// - Parameters:
  ///   - tree: what the tree of the repository lists.
  ///   - base: nil where the policy names none.
  ///   - former: names of the RPMs that users have now.
  init(
    _ contents: RepositoryScan, at repository: RelativePath, among tree: ListedNames,
    _ arches: [Architecture], beside base: BaseOffers?, formerly former: Set<String>
  ) {
    self.contents = contents
    self.repository = repository
    self.arches = Set(arches + [.noarch])
    self.tree = tree
    self.base = base
    groupReferences = (try? contents.groups?.get()).map {
      GroupReferences(
        $0, offering: tree.names, streams: tree.streams, beside: base, formerly: former)
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
          package: finding.package.map { tree.sources[$0] ?? $0 })
      }
    }
  }

  private var advisories: [Finding] {
    checked(contents.advisories, in: "updateinfo") { advisories in
      duplicates(advisories.map(\.id), "advisory")
        + advisories.flatMap { advisory in
          advisory.rpms.filter { arches.contains($0.arch) && !tree.nevras.contains($0) }.map {
            rpm in
            absent("advisory", advisory.id, names: rpm.description, package: rpm.name)
          }
        }
    }
  }

  private var modules: [Finding] {
    let names = contents.modules == nil ? [] : Set(tree.nevras.map(\.artifact))
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
      package: package.map { tree.sources[$0] ?? $0 })
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
