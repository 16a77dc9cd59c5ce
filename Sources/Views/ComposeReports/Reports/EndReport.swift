package import ReleaseModel

/// What `end` did, or would do.
package struct EndReport: Report, Encodable {
  /// The operation that the command carried out.
  package let command: OperationKind
  /// Name of the stream.
  package let stream: String
  /// The release that goes to the archive: of a stream, its last one.
  package let release: ReleaseID
  /// Whether the whole stream ends.
  package let isWholeStream: Bool
  /// Whether nothing was changed.
  package let dryRun: Bool
  /// How the end is afterwards; null where nothing ends.
  @OrNull package var end: EndStatus?
  /// One sentence each, in order.
  package let steps: [String]
  /// Target of each link afterwards, or null.
  package let links: [String: String?]
  /// What to do or to know next, one sentence each.
  package let next: [String]

  /// - Parameters:
  ///   - end: nil where nothing ends.
  ///   - steps: what the operation's plan says, in order.
  ///   - links: by path below the public root.
  package init(
    command: OperationKind, stream: String, release: ReleaseID, isWholeStream: Bool, dryRun: Bool,
    end: EndStatus?, steps: [String], links: [String: String?], next: [String]
  ) {
    self.command = command
    self.stream = stream
    self.release = release
    self.isWholeStream = isWholeStream
    self.dryRun = dryRun
    self.end = end
    self.steps = steps
    self.links = links
    self.next = next
  }

  /// One headline, steps where they are asked for, links, and what to do next.
  package func text(_ style: TextStyle) -> String {
    let subject = isWholeStream ? stream : release.description
    let words = end?.words ?? "goes on: its end was taken back"
    let title = (dryRun ? "Dry run: then " : "") + "\(subject) \(words)"
    var text = style.paint(title, dryRun ? .heading : .good) + "\n"
    if dryRun || style.isVerbose, !steps.isEmpty {
      text += StepsText.table(of: steps, in: style)
    }
    text += LinksText.table(of: links, absent: "(not there)", in: style)
    return text + NextText.lines(next, in: style)
  }
}
