package import ReleaseModel

/// Tests write the builds that they expect as text.
extension NVR: ExpressibleByStringLiteral {
  /// Text that names no build stands in all three parts, so that it is equal to
  /// no build.
  package init(stringLiteral text: String) {
    let parts = text.split(separator: "-").map(String.init)
    guard parts.count >= 3 else {
      self.init(name: text, version: text, rpmRelease: text)
      return
    }
    self.init(
      name: parts.dropLast(2).joined(separator: "-"), version: parts[parts.count - 2],
      rpmRelease: parts[parts.count - 1])
  }
}
