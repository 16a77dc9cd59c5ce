import ComposePlanning
package import ComposePolicy
package import DurableFiles
package import ReleaseModel

/// What a tree says of itself in the form that the ecosystem's tools read
/// (productmd 1.2): `metadata/composeinfo.json`, `metadata/rpms.json`,
/// `COMPOSE_ID` and `STATUS`.
package struct ComposeMetadata {
  let policy: Policy
  let tree: TreeName
  let identity: ComposeInfo.Identity
  /// Serial of the newest push that is in the tree; 0 for the cut.
  let push: Int

  /// - Parameter push: serial of the newest push in the tree; 0 for the cut.
  package init(policy: Policy, tree: TreeName, identity: ComposeInfo.Identity, push: Int) {
    self.policy = policy
    self.tree = tree
    self.identity = identity
    self.push = push
  }

  /// Directory of the documents, which productmd asks for.
  private static let directory = "metadata/"

  /// Their paths below the tree.
  package static let paths = [
    "STATUS", "COMPOSE_ID", directory + "composeinfo.json", directory + "rpms.json",
  ]

  static func isOurs(_ path: RelativePath) -> Bool { paths.contains(path.description) }

  /// The documents as bytes.
  package struct Documents: Sendable {
    /// What they were made from, besides the builds.
    fileprivate let identity: ComposeInfo.Identity
    fileprivate let push: Int
    /// By path below the tree.
    let contents: [(path: String, contents: [UInt8])]

    /// Whether they are also those of `metadata`, which is of the same tree, policy and builds.
    package func areOf(_ metadata: ComposeMetadata) -> Bool {
      identity == metadata.identity && push == metadata.push
    }

    /// Writes them into `directory`, and notes them in `manifest`.
    package func write(into directory: Directory, _ manifest: inout Manifest) throws {
      for (name, contents) in contents {
        let path = try RelativePath.of(name)
        try directory.replaceFile(path, with: contents)
        manifest[path] = try directory.openFile(path).sha256()
      }
    }
  }

  /// The documents of a tree that lists `builds`.
  package func documents(listing builds: [Build]) -> Documents {
    Documents(
      identity: identity, push: push,
      contents: [
        // Pungi's word for a complete compose. A tree gets its final name only when
        // it is complete, so no other status is ever seen.
        ("STATUS", Array("FINISHED\n".utf8)),
        ("COMPOSE_ID", Array(identity.composeID.utf8)),
        (Self.directory + "composeinfo.json", composeInfo),
        (Self.directory + "rpms.json", rpms(builds)),
      ])
  }

  /// Writes them into `directory`, and notes them in `manifest`.
  package func write(
    listing builds: [Build], into directory: Directory, _ manifest: inout Manifest
  ) throws {
    try documents(listing: builds).write(into: directory, &manifest)
  }

  // MARK: composeinfo.json

  private var composeInfo: [UInt8] {
    var json = ProductmdJSON()
    json.object {
      $0.header("productmd.composeinfo")
      $0.object("payload") {
        $0.object("compose") {
          $0.string("date", identity.date)
          // Every push makes a further compose with the same ID, so the label
          // tells them apart.
          if push > 0 { $0.literal("final", "true") }
          $0.string("id", identity.composeID)
          if push > 0 { $0.string("label", "Update-\(push).0") }
          $0.literal("respin", String(identity.respin))
          $0.string("type", "production")
        }
        $0.object("release") {
          $0.literal("internal", "false")
          $0.string("name", policy.title)
          $0.string("short", policy.stream)
          $0.string("type", releaseType)
          $0.string("version", tree.release.description)
        }
        $0.object("variants") { json in
          for variant in policy.variants { write(variant, to: &json) }
        }
      }
    }
    return json.bytes
  }

  /// In productmd's words.
  private var releaseType: String {
    switch tree.area {
    case .releases: "ga"
    case .updates: policy.areas[.releases] != nil ? "updates" : "ga"
    case .testing: "updates-testing"
    }
  }

  private func write(_ variant: Policy.Variant, to json: inout ProductmdJSON) {
    let arches = policy.arches
    json.object(variant.name) {
      $0.strings("arches", arches.map(\.name))
      $0.string("id", variant.name)
      $0.string("name", variant.name)
      $0.object("paths") {
        for (kind, path) in Self.paths(of: variant).sorted(by: { $0.key < $1.key }) {
          $0.object(kind) { for arch in arches { $0.string(arch.name, path(arch)) } }
        }
      }
      $0.string("type", "variant")
      $0.string("uid", variant.name)
    }
  }

  /// By the kinds that productmd knows.
  private static func paths(
    of variant: Policy.Variant
  ) -> [String: (Architecture) -> String] {
    var paths: [String: (Architecture) -> String] = [:]
    for (prefix, template) in [
      ("", variant.binary), ("debug_", variant.debug), ("source_", variant.source),
    ] {
      let path = { (arch: Architecture) in template.filled(arch: arch) }
      paths[prefix.isEmpty ? "os_tree" : prefix + "tree"] = path
      paths[prefix + "repository"] = path
      paths[prefix + "packages"] = { path($0) + "/Packages" }
    }
    return paths
  }

  // MARK: rpms.json

  private func rpms(_ builds: [Build]) -> [UInt8] {
    let assignment = RepositoryAssignment(policy: policy)
    let listed = Concurrently.map(Concurrently.shares(of: builds.count, size: 256)) { share in
      builds[share].map { ListedBuild($0, assignment) }
    }.joined().sorted { $0.name.precedesByBytes($1.name) }
    var json = ProductmdJSON()
    json.object {
      $0.header("productmd.rpms")
      $0.object("payload") {
        $0.object("compose") {
          $0.string("date", identity.date)
          $0.string("id", identity.composeID)
          $0.literal("respin", String(identity.respin))
          $0.string("type", "production")
        }
        $0.object("rpms") {
          for variant in policy.variants {
            $0.object(variant.name) { json in
              let parts = parts(of: json, variant, listed)
              json.append(parts)
            }
          }
        }
      }
    }
    return json.bytes
  }

  /// The RPMs of `variant`, by architecture.
  private func parts(
    of json: ProductmdJSON, _ variant: Policy.Variant, _ builds: [ListedBuild]
  ) -> [[UInt8]] {
    Concurrently.map(policy.arches) { arch in
      let repositories = Set(
        [variant.binary, variant.debug, variant.source].compactMap {
          RelativePath($0.filled(arch: arch))
        })
      return json.part(arch.name) { write(builds, in: repositories, to: &$0) }
    }
  }

  /// A build with what its entries say, which is the same in each architecture.
  private struct ListedBuild {
    struct Entry {
      /// `name-epoch:version-release.arch`.
      let name: String
      let category: RPMFile.Kind
      let repositories: [RelativePath]
      /// Path below a repository.
      let location: String
      /// The last eight digits of the key's id; nil where nobody signed it.
      let key: String?
    }

    /// `name-epoch:version-release.src`.
    let name: String
    let entries: [Entry]

    init(_ build: Build, _ assignment: RepositoryAssignment) {
      let source = build.rpms.first { $0.kind == .source }
      name =
        source?.nevra.withEpoch ?? "\(build.package)-\(build.evr.withEpoch).src"
      entries = build.rpms.map { rpm in
        Entry(
          name: rpm.nevra.withEpoch, category: rpm.kind,
          repositories: assignment.repositories(of: rpm),
          location: (try? rpm.location)?.description ?? rpm.fileName,
          key: rpm.signature.keyID.map { String($0.suffix(8)).lowercased() })
      }
      .sorted { $0.name.precedesByBytes($1.name) }
    }
  }

  private func write(
    _ builds: [ListedBuild], in repositories: Set<RelativePath>, to json: inout ProductmdJSON
  ) {
    for build in builds {
      let entries = build.entries.compactMap { entry in
        entry.repositories.first(where: repositories.contains).map { (entry, repository: $0) }
      }
      // productmd lists a build in an architecture only if a binary RPM of it is
      // there.
      guard entries.contains(where: { $0.0.category != .source }) || build.entries.count == 1
      else { continue }
      if entries.isEmpty { continue }
      json.object(build.name) {
        for (entry, repository) in entries {
          $0.object(entry.name) {
            $0.string("category", entry.category.rawValue)
            $0.string("path", "\(repository)/\(entry.location)")
            if let key = entry.key {
              $0.string("sigkey", key)
            } else {
              $0.literal("sigkey", "null")
            }
          }
        }
      }
    }
  }
}

extension EVR {
  /// With the epoch, whatever it is.
  fileprivate var withEpoch: String { "\(epoch):\(version)-\(rpmRelease)" }
}

extension NEVRA {
  fileprivate var withEpoch: String { "\(name)-\(evr.withEpoch).\(arch)" }
}
