package import ReleaseModel
package import RepoMetadata

/// What the base repositories of a policy offer, as far as groups name it.
package struct BaseOffers: Hashable, Sendable {
  /// Names of the RPMs that users can install from them without choosing a module
  /// stream.
  package var names: Set<String>
  /// Ids of their groups.
  package var groups: Set<String>
  /// Their module streams, as `module:stream`.
  package var modules: Set<String>

  /// - Parameter names: of RPMs.
  package init(
    names: Set<String> = [], groups: Set<String> = [], modules: Set<String> = []
  ) {
    self.names = names
    self.groups = groups
    self.modules = modules
  }
}

/// Whether groups, environments and categories can be used, and name what clients
/// find. Pure.
package struct GroupReferences {
  private let document: CompsDocument
  private let names: Set<String>
  private let streams: [String: String]
  private let base: BaseOffers?
  private let former: Set<String>

  /// - Parameters:
  ///   - names: names of the RPMs of the release that users can install without
  ///     choosing a module stream.
  ///   - streams: a module stream that has an RPM, by the name of the RPM, for those
  ///     that only streams have that are no default.
  ///   - base: nil where the policy names no base: then what the stream never had is
  ///     taken for granted.
  ///   - former: names of the RPMs that users have now.
  package init(
    _ document: CompsDocument, offering names: Set<String>, streams: [String: String],
    beside base: BaseOffers?, formerly former: Set<String>
  ) {
    self.document = document
    self.names = names
    self.streams = streams
    self.base = base
    self.former = former
  }

  /// Names that only a base could have, and no base says.
  package var assumed: Set<String> {
    guard base == nil else { return [] }
    var assumed: Set<String> = []
    for group in document.groups {
      assumed.formUnion(
        group.packages.filter { !names.contains($0) && streams[$0] == nil && !former.contains($0) })
    }
    let known = Set(document.groups.map(\.id))
    for collection in document.collections {
      assumed.formUnion(collection.groups.filter { !known.contains($0) })
    }
    return assumed
  }

  /// What is wrong, in the document's order.
  package var findings: [Finding] {
    document.groups.flatMap(findings) + document.collections.flatMap(findings)
      + duplicates(document.groups.map(\.id), "group")
      + [CompsCollection.Kind.environment, .category].flatMap { kind in
        duplicates(document.collections.filter { $0.kind == kind }.map(\.id), kind.rawValue)
      }
  }

  private func findings(of group: CompsGroup) -> [Finding] {
    nameless(group.id, "group")
      + group.packages.compactMap { name in
        guard !names.contains(name) else { return nil }
        if let stream = streams[name] {
          return absent(
            "group", group.id, names: name, package: name,
            why: "which only the module stream \(stream.sanitizedForDisplay) has: it is no default",
            remedy: "Take it out of the group, or make the stream the default one")
        }
        guard let base else {
          guard former.contains(name) else { return nil }
          return absent("group", group.id, names: name, package: name)
        }
        return base.names.contains(name)
          ? nil
          : absent(
            "group", group.id, names: name, package: name, why: "which is neither there nor in base"
          )
      }
  }

  private func findings(of collection: CompsCollection) -> [Finding] {
    let kind = collection.kind.rawValue
    let known = Set(document.groups.map(\.id)).union(base?.groups ?? [])
    return nameless(collection.id, kind)
      + collection.groups.compactMap { id in
        guard base != nil, !known.contains(id) else { return nil }
        return absent(
          kind, collection.id, names: "the group \(id)", package: nil,
          why: "which is neither there nor in base")
      }
  }

  /// dnf ends with an error of its own for every use of groups where one has no id.
  private func nameless(_ id: String, _ kind: String) -> [Finding] {
    guard id.allSatisfy(\.isWhitespace) else { return [] }
    return [
      Finding(
        code: "\(kind)-without-id",
        message: "there is a \(kind) without an id: no client can use it",
        remedy: "Give it an id")
    ]
  }

  private func absent(
    _ kind: String, _ id: String, names what: String, package: String?,
    why: String = "which is not there", remedy: String? = nil
  ) -> Finding {
    Finding(
      code: "\(kind)-names-absent",
      message: "the \(kind) \(id.sanitizedForDisplay) names \(what.sanitizedForDisplay), \(why)",
      remedy: remedy ?? "Take it out of the \(kind), or find out why it left", package: package)
  }

  private func duplicates(_ ids: [String], _ kind: String) -> [Finding] {
    Dictionary(grouping: ids) { $0 }.filter { $1.count > 1 }.keys.sorted().map { id in
      Finding(
        code: "\(kind)-twice",
        message: "there are two of the \(kind) \(id.sanitizedForDisplay)",
        remedy: "Keep one of them")
    }
  }
}

extension ModuleDocument {
  /// What is hidden from clients that chose no stream: a stream that has an RPM, by
  /// the RPM as documents of modules write it, for those that no default stream has.
  package var undefaulted: [String: String] {
    var hidden: [String: String] = [:]
    var shown: Set<String> = []
    for stream in streams {
      if defaults[stream.module]?.stream == stream.stream {
        shown.formUnion(stream.artifacts)
      } else {
        for artifact in stream.artifacts { hidden[artifact] = stream.id }
      }
    }
    return hidden.filter { !shown.contains($0.key) }
  }
}

extension Finding {
  /// An RPM that says it belongs to a module, though no module has it.
  ///
  /// dnf installs no such RPM: its fail-safe takes it for one whose module metadata
  /// got lost.
  ///
  /// - Parameter place: where no module lists it.
  package static func modularWithoutModule(
    _ nevra: NEVRA, package: String, in place: String
  ) -> Finding {
    Finding(
      code: "modular-without-module",
      message: "\(nevra) has a ModularityLabel, but no module of \(place) lists it: dnf refuses "
        + "to install it",
      remedy: "Put it into the artifacts of its module in the file of 'metadata.modules', or build "
        + "it without the label", package: package, rpms: [nevra.description])
  }
}
