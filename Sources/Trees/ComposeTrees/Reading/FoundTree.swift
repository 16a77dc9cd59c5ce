package import ComposePolicy
package import ComposeStream
package import DurableFiles
package import ReleaseLedger
package import ReleaseModel
import RepoMetadata

/// A tree that says that it is one.
package struct FoundTree: Sendable {
  /// Area and path, which say whose tree it is.
  package let name: TreeName
  /// Below which root it was found.
  package let place: TreeRecord.Place
  /// What it says of itself.
  package let info: ComposeInfo.Identity
  /// As it was found.
  package let directory: Directory

  /// Nil where the directory is not a tree of this stream and area.
  init?(
    at path: RelativePath, in root: Directory, place: TreeRecord.Place, area: Area,
    policy: Policy
  ) throws {
    let directory = try root.open(path)
    let file = try RelativePath.of(ComposeInfo.fileName)
    guard try directory.status(of: file)?.kind == .file,
      let info = ComposeInfo.Identity(
        contents: try directory.openFile(file).contents(limit: 1 << 16)),
      info.stream == policy.stream, let name = policy.tree(area, of: info.release),
      name.path == path
    else { return nil }
    self.name = name
    self.place = place
    self.info = info
    self.directory = directory
  }

  /// The trees that say they are of this stream, by root; only their names and
  /// `.composeinfo` are read.
  package static func all(
    of policy: Policy, at locations: Locations
  ) throws -> [FoundTree] {
    var found: [FoundTree] = []
    for (place, path) in locations.roots {
      guard let root = try Directory.openIfPresent(root: path) else { continue }
      for (area, areaPolicy) in policy.areas.sorted(by: { $0.key < $1.key }) {
        let components = areaPolicy.path.description.split(separator: "/").map(String.init)
        let paths = try root.directories(like: components[...], below: nil) { name in
          (try? ReleaseID(name)).map { (try? policy.check($0)) != nil } ?? false
        }
        for path in paths {
          guard
            let tree = try FoundTree(at: path, in: root, place: place, area: area, policy: policy)
          else { continue }
          found.append(tree)
        }
      }
    }
    return found
  }

  /// The largest revision of its repositories.
  package func revision() throws -> Int {
    try directory.manifest().manifest.repositories.map {
      try directory.repomd(of: $0).revision
    }.max() ?? 0
  }
}

extension Directory {
  /// Directories whose path has the form of a template: a component with
  /// `{release}` matches names that `isRelease` takes, any other placeholder
  /// matches every name. What does not match is not even opened.
  package func directories(
    like components: ArraySlice<String>, below path: RelativePath?,
    _ isRelease: (String) -> Bool
  ) throws -> [RelativePath] {
    guard let component = components.first else { return path.map { [$0] } ?? [] }
    let here = try path.map { try open($0) } ?? self
    let names =
      component.contains("{") ? try here.names(skippingOdd: true) : [component]
    return try names.filter { Self.matches($0, in: component, where: isRelease) }.flatMap { name in
      let child = try RelativePath.of(name)
      guard try here.status(of: child)?.kind == .directory else { return [RelativePath]() }
      return try directories(
        like: components.dropFirst(), below: path.map { $0.appending(child) } ?? child, isRelease)
    }
  }

  /// Whether a name has the form of one component of a template.
  package static func matches(
    _ name: String, in component: String, where isRelease: (String) -> Bool
  ) -> Bool {
    if name.hasPrefix(temporaryPrefix) { return false }
    guard let placeholder = component.firstRange(of: "{release}") else { return true }
    let (before, after) = (
      component[..<placeholder.lowerBound], component[placeholder.upperBound...]
    )
    guard name.hasPrefix(before), name.hasSuffix(after),
      name.count > before.count + after.count
    else { return false }
    return isRelease(String(name.dropFirst(before.count).dropLast(after.count)))
  }
}
