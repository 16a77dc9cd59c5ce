package import ReleaseModel

/// What the operator of MirrorManager is handed, printed.
package struct HandoverReport: Report, Encodable {
  /// Name of the stream, such as `epel-7`.
  package let stream: String
  /// ID of the release.
  package let release: String
  /// The link that moves alone; left out for those that lead to the leading release.
  package let link: String?
  /// `promote`, `rollback`, `archive` or `urgent`.
  package let `for`: String
  /// SQL for MirrorManager's database; null on occasions that need none.
  @OrNull package var sql: String?
  /// What to do in which order.
  package let steps: String

  /// - Parameters:
  ///   - link: nil for what leads to the leading release.
  ///   - occasion: as ``for`` has it.
  package init(
    stream: String, release: ReleaseID, link: String? = nil, occasion: String, sql: String?,
    steps: String
  ) {
    self.stream = stream
    self.release = release.description
    self.link = link
    self.for = occasion
    self.sql = sql
    self.steps = steps
  }

  /// The steps; where there is SQL, they are comments in front of it, and the whole can be
  /// given to psql.
  package func text(_ style: TextStyle) -> String {
    guard let sql else { return steps }
    let comments = steps.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { $0.isEmpty ? "--\n" : "-- \($0)\n" }
    return comments.joined() + "\n" + sql
  }
}
