package import ReleaseModel

extension Policy {
  /// Whether a base repository of another policy is the tree or link at `path` of this stream, or
  /// lies below it: as a directory below the public root, or by its URL.
  ///
  /// A placeholder fits whatever stands in its place, but for `{major}`, which is that of the
  /// other policy.
  package func isBase(_ base: BaseRepository, of other: Policy, at path: RelativePath) -> Bool {
    guard let root = base.isURL ? urls.public : roots.public else { return false }
    let location = base.location.description.replacing("{major}", with: "\(other.major)")
    let (wanted, found) = ("\(root)/\(path)".split(separator: "/"), location.split(separator: "/"))
    return found.count >= wanted.count
      && zip(wanted, found).allSatisfy { Self.fits(String($0), in: String($1)) }
  }

  private static func fits(_ name: String, in component: String) -> Bool {
    guard let open = component.firstIndex(of: "{"), let close = component.lastIndex(of: "}") else {
      return name == component
    }
    let (prefix, suffix) = (component[..<open], component[component.index(after: close)...])
    return name.hasPrefix(prefix) && name.hasSuffix(suffix)
      && name.count >= prefix.count + suffix.count
  }
}
