package import ReleaseModel

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
  init(_ row: HubRow, taggedAt event: Int? = nil) throws(MalformedRow) {
    (nvr, epoch) = try row.nvr()
    id = try row.integer("build_id")
    volume = row.value["volume_name"].text ?? "DEFAULT"
    if let event { taggedAt = event } else { taggedAt = try row.integer("create_event") }
  }
}
