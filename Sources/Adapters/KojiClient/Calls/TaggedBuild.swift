package import ReleaseModel

/// A build in a tag.
package struct TaggedBuild: Hashable, Sendable {
  /// The hub's own number of the build.
  package let id: Int
  /// Made of the row's `name`, `version` and `release`.
  package let nvr: NVR
  /// 0 where the hub has none.
  package let epoch: Int
  /// `DEFAULT`, or the volume that holds its files.
  package let volume: String
  /// Whether it is a draft: not released, whatever it is tagged into.
  package let isDraft: Bool
  /// The event with which it was tagged.
  package let taggedAt: Int

  /// For comparing builds of one package.
  package var evr: EVR { EVR(epoch: epoch, version: nvr.version, rpmRelease: nvr.rpmRelease) }

  /// - Parameter taggedAt: the event, where the row does not have it.
  init(_ row: HubRow, taggedAt event: Int? = nil) throws(MalformedRow) {
    (nvr, epoch) = try row.nvr()
    id = try row.integer("build_id")
    volume = row.value["volume_name"].text ?? "DEFAULT"
    // Hubs before 1.34 have no drafts.
    isDraft = row.value["draft"].flag ?? false
    if let event { taggedAt = event } else { taggedAt = try row.integer("create_event") }
  }
}
