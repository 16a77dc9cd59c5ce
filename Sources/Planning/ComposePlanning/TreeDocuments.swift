import Digests
package import Foundation
package import ReleaseModel

/// What repositories have beside their lists of packages, as it was when the
/// command began: groups, modules, advisories.
package struct TreeDocuments: Hashable, Codable, Sendable {
  /// comps.xml; nil where the policy names none.
  package var comps: Data?
  /// modules.yaml by the name of the architecture.
  package var modules: [String: Data] = [:]
  /// Those of builds that the tree lists, with the dates that users were told
  /// first.
  package var advisories: [Advisory] = []

  /// For a stream whose policy names no documents.
  package static let none = TreeDocuments()

  /// - Parameter modules: by the name of the architecture.
  package init(comps: Data? = nil, modules: [String: Data] = [:], advisories: [Advisory] = []) {
    self.comps = comps
    self.modules = modules
    self.advisories = advisories
  }

  /// What a plan says of them: whoever applies it must have the same.
  package var planned: [PlannedDocument] {
    var planned: [PlannedDocument] = []
    if let comps {
      planned.append(PlannedDocument(type: "group", arch: nil, sha256: Self.sum(comps), id: nil))
    }
    planned += modules.sorted { $0.key < $1.key }.map {
      PlannedDocument(type: "modules", arch: $0.key, sha256: Self.sum($0.value), id: nil)
    }
    planned += advisories.map {
      PlannedDocument(type: "advisory", arch: nil, sha256: Self.digest(of: $0), id: $0.id)
    }
    return planned
  }

  /// As they are where documents that were taken back are left as they were
  /// before: those whose sources still say what was taken back.
  ///
  /// What users had before may have been taken back as well: then they go on with
  /// what they had before that.
  package func holding(_ holds: [DocumentChange]) -> TreeDocuments {
    var documents = self
    for _ in holds {
      let before = documents
      documents.hold(holds)
      if documents == before { break }
    }
    return documents
  }

  private mutating func hold(_ holds: [DocumentChange]) {
    for hold in holds {
      switch hold.kind {
      case .groups where comps.map(Self.sum) == hold.digest: comps = hold.former
      case .modules where modules[hold.key].map(Self.sum) == hold.digest:
        modules[hold.key] = hold.former
      case .advisory:
        advisories = advisories.compactMap { advisory in
          guard advisory.id == hold.key, Self.digest(of: advisory) == hold.digest else {
            return advisory
          }
          return hold.former.flatMap { try? JSONDecoder().decode(Advisory.self, from: $0) }
        }
      default: break
      }
    }
  }

  /// What `change` to an advisory means for who wants to take it back.
  ///
  /// - Parameter former: as users were told it before; nil where they were not.
  package static func change(_ advisory: Advisory, from former: Advisory?) -> DocumentChange {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return DocumentChange(
      kind: .advisory, key: advisory.id, digest: digest(of: advisory),
      former: former.flatMap { try? encoder.encode($0) })
  }

  private static func sum(_ data: Data) -> Checksum { Checksum(of: Array(data)) }

  /// Names all that users are told of an advisory.
  private static func digest(of advisory: Advisory) -> Checksum {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // Its fields are texts and numbers: there is nothing that cannot be encoded.
    return Checksum(of: Array((try? encoder.encode(advisory)) ?? Data(advisory.id.utf8)))
  }
}
