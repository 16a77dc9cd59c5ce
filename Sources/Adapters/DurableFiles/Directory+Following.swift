package import ReleaseModel

extension Directory {
  /// As many links one after the other are followed as the kernel follows.
  private static let mostLinks = 40

  /// What `path` leads to when links are followed, none of them out of this directory; nil
  /// where that is nothing, or where a link leads out, is absolute, or goes round in circles.
  package func statusFollowing(_ path: RelativePath) throws -> FileStatus? {
    var done: [String] = []
    var rest = Array(path.components.reversed())
    var links = 0
    while let component = rest.popLast() {
      if component == ".." {
        guard done.popLast() != nil else { return nil }
        continue
      }
      done.append(component)
      guard let here = RelativePath(done.joined(separator: "/")),
        let found = try status(of: here)
      else { return nil }
      switch found.kind {
      case .link:
        links += 1
        guard links <= Self.mostLinks, let target = try linkTarget(of: here),
          !target.hasPrefix("/")
        else { return nil }
        done.removeLast()
        rest += target.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
      case .directory:
        if rest.isEmpty { return found }
      case .file, .special:
        // A file has nothing below it.
        return rest.isEmpty ? found : nil
      }
    }
    // The directory itself, by links that lead back to it.
    return done.isEmpty
      ? try status()
      : try RelativePath(done.joined(separator: "/"))
        .flatMap { try status(of: $0) }
  }
}
