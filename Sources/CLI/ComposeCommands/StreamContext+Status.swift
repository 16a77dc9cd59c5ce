import ComposeStream
import ReleaseLedger
import ReleaseModel

extension StreamContext {
  /// `record` as commands and pages show it.
  ///
  /// - Parameter path: how the path of a tree is shown.
  func status(
    of record: ReleaseRecord, path: (String) -> String = { $0 }
  ) throws -> ReleaseStatus {
    try ReleaseStatus(
      release: record.id.description, state: record.state,
      since: Moment(record.since), clock: clock(of: record), pushes: record.pushes,
      trees: record.trees.map { tree in
        TreeStatus(
          area: tree.name.area, path: locations.path(of: tree).map(path),
          archive: tree.isArchived ? path("\(locations.archive)/\(tree.name.path)") : nil,
          packages: tree.packages, revision: tree.revision)
      })
  }
}
