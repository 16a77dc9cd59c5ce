package import ReleaseModel

package struct HubTag: Hashable, Sendable {
  package let id: Int
  package let name: String
  package let arches: [String]
  package let isLocked: Bool
}

/// A build in a tag.
package struct TaggedBuild: Hashable, Sendable {
  package let id: Int
  package let nvr: NVR
  package let epoch: Int
  /// `DEFAULT`, or the volume that holds its files.
  package let volume: String
  /// The event with which it was tagged.
  package let taggedAt: Int

  package var evr: EVR { EVR(epoch: epoch, version: nvr.version, rpmRelease: nvr.rpmRelease) }

  /// - Parameter taggedAt: the event, where the row does not have it.
  init(_ row: HubRow, taggedAt event: Int? = nil) throws(StrangeRow) {
    (nvr, epoch) = try row.nvr()
    id = try row.integer("build_id")
    volume = row.value["volume_name"].text ?? "DEFAULT"
    if let event { taggedAt = event } else { taggedAt = try row.integer("create_event") }
  }
}

/// A package on a tag's list.
package struct ListedPackage: Hashable, Sendable {
  package let name: String
  package let owner: String
  package let isBlocked: Bool
  /// Empty, or architectures separated by spaces.
  package let extraArches: String

  init(_ row: HubRow) throws(StrangeRow) {
    name = try row.text("package_name")
    owner = try row.text("owner_name")
    isBlocked = try row.flag("blocked")
    extraArches = row.value["extra_arches"].text ?? ""
  }
}

/// An RPM of a tagged build, with the keys that the hub knows signatures by.
package struct TaggedRPM: Hashable, Sendable {
  package let id: Int
  package let buildID: Int
  package let nevra: NEVRA
  /// 8 hexadecimal digits each.
  package var keys: Set<String> = []

  /// Nil for what has no file: RPMs of content generators that only describe.
  init?(_ row: HubRow) throws(StrangeRow) {
    if row.value["metadata_only"].flag ?? false { return nil }
    let (nvr, epoch) = try row.nvr()
    id = try row.integer("id")
    buildID = try row.integer("build_id")
    nevra = NEVRA(
      name: nvr.name,
      evr: EVR(epoch: epoch, version: nvr.version, rpmRelease: nvr.rpmRelease),
      arch: Architecture(try row.text("arch")))
    if let key = row.value["sigkey"].text, !key.isEmpty { keys = [key] }
  }
}
