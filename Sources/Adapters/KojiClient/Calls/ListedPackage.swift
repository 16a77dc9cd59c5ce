/// A package on a tag's list.
package struct ListedPackage: Hashable, Sendable {
  /// Name of the source package.
  package let name: String
  /// The hub's user who answers for it.
  package let owner: String
  /// Whether the tag hides its builds.
  package let isBlocked: Bool
  /// Empty, or architectures separated by spaces.
  package let extraArches: String

  init(_ row: HubRow) throws(MalformedRow) {
    name = try row.text("package_name")
    owner = try row.text("owner_name")
    isBlocked = try row.flag("blocked")
    extraArches = row.value["extra_arches"].text ?? ""
  }
}
