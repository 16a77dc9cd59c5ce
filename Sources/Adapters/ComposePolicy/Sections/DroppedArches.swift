package import ReleaseModel
import Yams

/// `droppedArches`: architectures that users had, and from when on they are gone.
enum DroppedArches: PolicySection {
  static let keys: [PolicyKeys.Key] = [
    .init(
      "droppedArches", "architectures that leave, and are not in `arches` any more", or: "none"),
    .init(
      "droppedArches.*",
      "the minor release from which on it is gone, such as `\"7.7\"`; earlier ones still have it"),
  ]

  /// Decodes `droppedArches`.
  ///
  /// - Parameter arches: those that stay.
  static func decode(
    _ node: PolicyNode?, major: Int, arches: [Architecture]
  ) throws -> [Architecture: MinorRelease] {
    var dropped: [Architecture: MinorRelease] = [:]
    for (name, value) in try node?.members() ?? [] {
      guard RelativePath.isSafe(name), !["noarch", "src", "nosrc"].contains(name) else {
        throw value.problem(
          "'\(name)' is not an architecture with a repository of its own",
          remedy: "Name machines such as ppc64")
      }
      guard !arches.contains(Architecture(name)) else {
        throw value.problem(
          "'\(name)' is in 'arches' as well",
          remedy: "Take it out of 'arches': releases before \(try value.text()) keep it")
      }
      guard let id = try? ReleaseID(value.text()), id.month == nil, id.major == major else {
        throw value.problem(
          "'\(try value.text())' is not a minor release of \(major)",
          remedy: "Write the first one without '\(name)', as \"\(major).7\"")
      }
      dropped[Architecture(name)] = id.minorRelease
    }
    return dropped
  }

  static func node(_ dropped: [Architecture: MinorRelease]) -> Node {
    Node(dropped.sorted { $0.key < $1.key }.map { pair($0.key.name, Node($0.value.description)) })
  }
}

extension Policy {
  /// The policy as it is for `release`: with the architectures that leave only
  /// with a later one.
  package func asOf(_ release: ReleaseID) -> Policy {
    let staying = droppedArches.filter { release.minorRelease < $0.value }.keys
    var policy = self
    policy.arches = (arches.filter { droppedArches[$0] == nil } + staying).sorted()
    return policy
  }

  /// Whether it is decided that `release` has no repositories of `arch`.
  package func hasDropped(_ arch: Architecture, in release: ReleaseID) -> Bool {
    droppedArches[arch].map { release.minorRelease >= $0 } ?? false
  }
}
