import ReleaseModel

/// Findings of one kind as a page shows them: one sentence, and the rest for who opens
/// it.
struct FindingGroup: Sendable {
  /// The stable word of their kind.
  let code: String
  /// The first of them.
  let first: Finding
  /// How many more there are.
  let others: Int
  /// The same as people read numbers.
  let othersText: String
  /// Sentences of all but the first.
  let more: PageList<String>

  /// In the order in which the kinds come.
  ///
  /// - Parameters:
  ///   - limit: how many rows the page has room for, in all groups together.
  ///   - bytes: how many bytes of lines, likewise.
  static func groups(_ findings: [Finding], limit: Int, bytes: Int) -> [FindingGroup] {
    var order: [String] = []
    var byCode: [String: [Finding]] = [:]
    for finding in findings {
      if byCode[finding.code] == nil { order.append(finding.code) }
      byCode[finding.code, default: []].append(finding)
    }
    var (room, bytes) = (limit, bytes)
    return order.compactMap { code in
      guard let all = byCode[code], let first = all.first else { return nil }
      let group = FindingGroup(
        code: code, first: first, Array(all.dropFirst()), limit: room, bytes: bytes)
      room -= group.more.rows.count
      bytes -= group.more.lines.utf8.count
      return group
    }
  }

  private init(code: String, first: Finding, _ rest: [Finding], limit: Int, bytes: Int) {
    self.code = code
    self.first = first
    others = rest.count
    othersText = rest.count.grouped
    // What helps is said once where it is the same for all.
    func sentence(_ finding: Finding) -> String {
      finding.message + "." + (finding.remedy == first.remedy ? "" : " \(finding.remedy).")
    }
    more = PageList(rest, limit: limit, bytes: bytes, row: sentence, line: sentence)
  }
}
