/// A tag of the hub, as `getTag` describes it.
package struct HubTag: Hashable, Sendable {
  /// The hub's own number of the tag.
  package let id: Int
  /// What people call it, such as `epel7`.
  package let name: String
  /// Architectures that repositories of the tag are made for.
  package let arches: [String]
  /// Whether only an administrator of the hub may tag builds into it.
  package let isLocked: Bool
  /// The permission that the tag asks of whoever changes its builds; nil where it
  /// asks for none.
  package let permission: String?
}
