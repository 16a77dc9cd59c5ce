import ReleaseModel
import Yams

/// `arches`: the architectures that get a repository.
enum Arches: PolicySection {
  static let keys: [PolicyKeys.Key] = [
    .init("arches", "architectures that get a repository, a list")
  ]

  /// Decodes `arches`; sorted.
  static func decode(_ node: PolicyNode) throws -> [Architecture] {
    var arches: Set<Architecture> = []
    for item in try node.list() {
      let name = try item.text()
      guard RelativePath.isSafe(name), !["noarch", "src", "nosrc"].contains(name) else {
        throw item.problem(
          "'\(name)' is not an architecture with a repository of its own",
          remedy: "Name machines such as x86_64; noarch goes into each, src into the source one")
      }
      guard arches.insert(Architecture(name)).inserted else {
        throw item.problem("'\(name)' is there twice", remedy: "Remove one of the two")
      }
    }
    guard !arches.isEmpty else {
      throw node.problem("'arches' is empty", remedy: "Name at least one architecture")
    }
    return arches.sorted()
  }

  static func node(_ arches: [Architecture]) -> Node { .list(arches.map(\.name)) }
}
