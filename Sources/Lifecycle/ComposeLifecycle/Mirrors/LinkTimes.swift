import ComposeStream
import DurableFiles
import MirrorDocuments
import ReleaseModel

/// Gives links that moved a time in the near future.
///
/// Mirrors of an older kind take only entries that are newer than the beginning of their last
/// run. One that began before the list is there must still find the link newer; see
/// Docs/Mirrors.md, "What a flip looks like".
struct LinkTimes {
  let stream: StreamContext
  /// How far ahead, in seconds.
  let margin: Int

  static let margin = 120

  /// Sets the times of the links of `places` in `root` whose rows are not in `former`.
  ///
  /// Returns the earliest time that was set; nil where no link has moved.
  func set(
    _ places: ModulePlaces, in root: Directory, notIn former: FileListing?
  ) throws -> Int? {
    var earliest: Int?
    for path in places.links {
      guard let status = try root.status(of: path), status.kind == .link else { continue }
      let row = former?.row(of: path.description)
      if let row, row.time == status.newestSecond, row.size == status.size, row.type == "l" {
        continue
      }
      // Never before what mirrors have of it.
      let time = max(
        stream.time.now.addingClamped(margin), row.map { $0.time.addingClamped(1) } ?? 0)
      try root.setLinkTime(path, to: time)
      earliest = min(earliest ?? time, time)
    }
    return earliest
  }
}
