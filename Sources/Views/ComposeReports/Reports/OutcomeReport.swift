package import ReleaseModel

/// What a command did, or would do.
package struct OutcomeReport: Report, Encodable {
  package let command: OperationKind
  package let release: ReleaseID
  package let dryRun: Bool
  /// State of the release afterwards.
  package let state: ReleaseState
  /// One sentence each, in order.
  package let steps: [String]
  /// Target of each link afterwards, or null.
  package let links: [String: String?]
  /// What to do or to know next, one sentence each.
  package let next: [String]

  package init(
    command: OperationKind, release: ReleaseID, dryRun: Bool, state: ReleaseState, steps: [String],
    links: [String: String?], next: [String]
  ) {
    self.command = command
    self.release = release
    self.dryRun = dryRun
    self.state = state
    self.steps = steps
    self.links = links
    self.next = next
  }

  /// What was done, as the beginning of a sentence.
  private var done: String {
    switch command {
    case .compose: "Composed"
    case .publish: "Published"
    case .promote: "Promoted"
    case .update: "Updated"
    case .rollback: "Rolled back to"
    case .archive: "Archived"
    case .removeOriginal: "Removed the original of"
    case .abandon: "Abandoned"
    }
  }

  package func text(_ style: TextStyle) -> String {
    let title =
      dryRun
      ? "Dry run: \(command.rawValue) \(release) would make it \(state.rawValue)"
      : "\(done) \(release): it is \(state.rawValue)"
    var text = style.paint(title, dryRun ? .heading : .good) + "\n"
    if dryRun || style.isVerbose {
      var table = TextTable(["", ""])
      for (index, step) in steps.enumerated() { table.add(["\(index + 1).", step]) }
      text += table.text(style)
    }
    if !links.isEmpty {
      var table = TextTable(["", "", ""])
      for (path, target) in links.sorted(by: { $0.key < $1.key }) {
        table.add([path, "->", target ?? "(not there yet)"])
      }
      text += table.text(style)
    }
    for sentence in next { text += "Next: \(sentence)\n" }
    return text
  }
}
