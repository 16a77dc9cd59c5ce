import ComposePolicy
package import ComposeStream
import DurableFiles
import MirrorDocuments
package import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// Addresses of trees in the archive; paths below its root where the policy has no URL.
  private func archiveAddresses(of trees: [TreeName]) -> [String] {
    trees.map { tree in
      policy.urls.archive.map { "\($0)/\(tree.path.description.percentEncodedPath)" }
        ?? "\(policy.roots.archive)/\(tree.path)"
    }
  }

  /// What a web server answers to those who ask for something that is not there any more: one
  /// line.
  func endText(of ending: EndOfLife, trees: [TreeName]) -> String {
    "\(title(of: ending)) ended on \(ending.day): there are no updates any more. Its last packages "
      + "are in the archive: " + archiveAddresses(of: trees).joined(separator: " ")
  }

  private func title(of ending: EndOfLife) -> String {
    policy.title + (ending.subject.map { ", release \($0)" } ?? "")
  }

  /// What users are told of an end.
  ///
  /// - Parameters:
  ///   - release: the last one of the stream, or the one that ends.
  ///   - at: when it was carried out, seconds since 1970; nil for now.
  ///   - isClosed: whether the grace time is over and the originals are gone.
  package func endNotice(
    of ending: EndOfLife, _ release: ReleaseRecord, at: Int? = nil, isClosed: Bool = false
  ) -> EndNotice {
    let end = (at ?? time.now).addingClamped(policy.clocks.endGrace.seconds)
    let trees = release.trees.map(\.name)
    return EndNotice(
      title: title(of: ending), day: ending.day.description, release: release.id.description,
      archive: archiveAddresses(of: trees),
      until: isClosed ? nil : Moment(end).day.description,
      paths: (ending.subject == nil ? policy.linkPaths : trees.map(\.path)).map(\.description)
        .sorted())
  }

  /// Below the public root: what users read who look why nothing comes any more.
  package var endNoticeName: String { Self.endNoticeName(of: policy.stream) }

  /// The same of the stream called `stream`.
  static func endNoticeName(of stream: String) -> String { "\(stream).ended.txt" }

  /// The file that says that the stream has ended, as it should be; one that should not be
  /// there goes.
  ///
  /// - Parameter endings: as they will be.
  func endNoticeSteps(_ endings: [EndOfLife]) throws -> [any Step] {
    let path = try RelativePath.of(endNoticeName)
    guard let ending = endings.first(where: { $0.subject == nil }), let done = ending.done else {
      return [RemoveDocument(root: locations.public, path: path)]
    }
    let notice = try endNotice(
      of: ending, release(done.release), at: done.at, isClosed: done.isClosed)
    return [
      WriteDocument(
        root: locations.public, path: path, contents: Array(try templates.ended(notice).utf8))
    ]
  }

  /// Removes what the archive says of ends: it is no more true. Of what stays ended it is written
  /// again with the other documents of the archive.
  func endsRemoval() throws -> RemoveDocument {
    RemoveDocument(
      root: locations.archive, path: try RelativePath.of(EndsDocument.name(of: policy.stream)))
  }

  /// The ledger's ends of life with `ending` in the place of the one of its subject.
  func endings(with ending: EndOfLife) throws -> [EndOfLife] {
    try ledger.endings().filter { $0.subject != ending.subject } + [ending]
  }
}
