package import ReleaseModel

/// What a command did, or would do.
package struct OutcomeReport: Report, Encodable {
  /// The operation that the command carried out.
  package let command: OperationKind
  /// The release that it was for.
  package let release: ReleaseID
  /// Whether nothing was changed.
  package let dryRun: Bool
  /// State of the release afterwards.
  package let state: ReleaseState
  /// One sentence each, in order.
  package let steps: [String]
  /// Target of each link afterwards, or null.
  package let links: [String: String?]
  /// What to do or to know next, one sentence each.
  package let next: [String]

  /// - Parameters:
  ///   - steps: what the operation's plan says, in order.
  ///   - links: by path below the public root.
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
    case .prepare: "Prepared"
    case .promote: "Promoted"
    case .update: "Updated"
    case .beginTesting: "Began testing of"
    case .testing: "Brought testing up to date of"
    case .rollback: "Rolled back to"
    case .archive: "Archived"
    case .removeOriginal: "Removed the original of"
    case .restore: "Restored"
    case .repair: "Repaired the archive of"
    case .linkArchive: "Linked equal files of the archived"
    case .abandon: "Abandoned"
    case .moveLink: "Moved a link to"
    case .end: "Ended"
    case .undoEnd: "Took back the end of"
    case .removeEnded: "Removed the originals of the ended"
    }
  }

  /// Whether the release stays what it is.
  private var keepsState: Bool {
    switch command {
    case .prepare, .moveLink, .repair, .linkArchive, .beginTesting, .testing: true
    case .compose, .publish, .promote, .update, .rollback, .archive, .removeOriginal, .restore,
      .abandon, .end, .undoEnd, .removeEnded:
      false
    }
  }

  /// One headline, steps where they are asked for, links, and what to do next.
  package func text(_ style: TextStyle) -> String {
    let title =
      dryRun
      ? "Dry run: \(command.rawValue) \(release) "
        + (keepsState ? "would leave it \(state.rawValue)" : "would make it \(state.rawValue)")
      : "\(done) \(release): it is \(state.rawValue)"
    var text = style.paint(title, dryRun ? .heading : .good) + "\n"
    if dryRun || style.isVerbose {
      text += StepsText.table(of: steps, in: style)
    }
    text += LinksText.table(of: links, absent: "(not there yet)", in: style)
    return text + NextText.lines(next, in: style)
  }
}
