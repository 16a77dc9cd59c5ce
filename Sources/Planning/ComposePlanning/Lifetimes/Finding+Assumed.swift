package import ReleaseModel

extension Finding {
  /// What a resolution of dependencies without base repositories does not cover; nil
  /// where it covers everything.
  ///
  /// - Parameter count: how many names were taken for granted.
  package static func assumed(_ count: Int) -> Finding? {
    guard count > 0 else { return nil }
    return Finding(
      code: "no-base",
      message: "no base: \(count.counted("name is", "names are")) taken for granted",
      remedy: "Name the repositories that users have as well in 'base' of the policy")
  }
}
