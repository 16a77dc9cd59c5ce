package import ComposePlanning
import ReleaseModel

/// What differs between two releases.
package struct DifferenceReport: Report {
  private let difference: ReleaseDifference

  /// Text and JSON of `difference`.
  package init(_ difference: ReleaseDifference) { self.difference = difference }

  /// The ``ReleaseDifference``.
  package var value: any Encodable { difference }

  /// The two sides, then what went, came and changed.
  package func text(_ style: TextStyle) -> String {
    var sides = TextTable(["release", "state", "packages", "RPM files", "size", "tree"])
    for side in [difference.from, difference.to] {
      sides.add([
        side.release.description, side.state.rawValue, side.packages.grouped, side.rpms.grouped,
        ByteCount.text(side.bytes), side.tree,
      ])
    }
    let title = "From \(difference.from.release) to \(difference.to.release)"
    return style.paint(title, .heading) + "\n" + sides.text(style) + "\n"
      + removed(style) + added(style)
      + both("Updated", difference.updated, style)
      + both("Older than before", difference.downgraded, style)
      + both("Of one version, with other RPMs", difference.changed, style)
      + "\(difference.unchanged.counted("package is", "packages are")) the same.\n"
  }

  private func removed(_ style: TextStyle) -> String {
    section("Gone", difference.removed, ["package", "version", "size", "why"], style) {
      [$0.package, $0.from ?? "-", size($0.bytesFrom), $0.isRetired ? "retired" : "-"]
    }
  }

  private func added(_ style: TextStyle) -> String {
    section("Added", difference.added, ["package", "version", "size"], style) {
      [$0.package, $0.to ?? "-", size($0.bytesTo)]
    }
  }

  private func both(
    _ heading: String, _ entries: [ReleaseDifference.Entry], _ style: TextStyle
  ) -> String {
    section(heading, entries, ["package", "from", "to", "size", "change", "RPMs"], style) {
      [
        $0.package, $0.from ?? "-", $0.to ?? "-", size($0.bytesTo), $0.growth,
        ($0.rpmsAdded.map { "+\($0)" } + $0.rpmsRemoved.map { "-\($0)" }).joined(separator: " "),
      ]
    }
  }

  private func section(
    _ heading: String, _ entries: [ReleaseDifference.Entry], _ columns: [String],
    _ style: TextStyle, _ row: (ReleaseDifference.Entry) -> [String]
  ) -> String {
    guard !entries.isEmpty else { return "" }
    let rows = entries.map(row)
    // A column without a single value says nothing.
    let kept = columns.indices.filter { column in
      rows.contains { !["", "-"].contains($0[column]) }
    }
    var table = TextTable(kept.map { columns[$0] })
    for row in rows { table.add(kept.map { row[$0] }) }
    return style.paint("\(heading) (\(entries.count.grouped))", .heading) + "\n"
      + table.text(style) + "\n"
  }

  private func size(_ bytes: Int?) -> String { bytes.map(ByteCount.text) ?? "-" }
}

extension ReleaseDifference.Entry {
  /// How much larger it is now: `+1.2 KiB`, `-12 B`, `same`; empty for a package that only
  /// one release has.
  var growth: String {
    guard let bytesFrom, let bytesTo else { return "" }
    let (change, isOver) = bytesTo.subtractingReportingOverflow(bytesFrom)
    guard !isOver, change != 0 else { return "same" }
    return (change < 0 ? "-" : "+") + ByteCount.text(Int(clamping: change.magnitude))
  }
}
