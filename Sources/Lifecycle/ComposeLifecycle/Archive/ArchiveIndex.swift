import ComposePolicy
package import ComposeStream
import ComposeTrees
import DocumentSigning
import DurableFiles
import MirrorDocuments
import ReleaseLedger
import ReleaseModel

/// The documents at the top of the archive root: SHA-256 of the manifest of every archived tree,
/// its signature, a page, and what has ended. They follow from the ledger, so they are made anew whenever
/// they differ, and belong to no operation.
package struct ArchiveIndex {
  private let stream: StreamContext
  /// Names, and what they should have. The signature is not among them.
  private let documents: [(name: String, contents: [UInt8])]
  private let manifest: (name: String, contents: [UInt8])
  /// The name of a document that should not be there, because nothing has ended.
  private let unwanted: String?

  /// Nil where nothing is archived.
  ///
  /// Throws what the template does.
  package init?(_ stream: StreamContext) throws {
    self.stream = stream
    let name = stream.policy.stream
    let archived = try stream.ledger.releases().filter { !$0.archivedTrees.isEmpty }
      .sorted { $0.id < $1.id }
    guard !archived.isEmpty else { return nil }
    let file = try RelativePath.of(Manifest.fileName)
    let checksums = Manifest(
      files: archived.flatMap(\.archivedTrees).map {
        (path: $0.name.path.appending(file), checksum: $0.manifest)
      })
    manifest = (Self.manifestName(of: name), checksums.contents)
    let page = ArchivePage(
      title: stream.policy.title, manifest: manifest.name,
      signature: stream.signer == nil ? nil : Self.signatureName(of: name),
      releases: archived.reversed().map { record in
        ArchivePage.Release(
          release: record.id.description,
          archived: record.state == .archived
            ? "\(CalendarDate(secondsSince1970: record.since))" : nil,
          trees: record.archivedTrees.map {
            ArchivePage.Tree(path: $0.name.path, packages: $0.packages, sha256: $0.manifest)
          })
      })
    let ends = EndsDocument(stream: name, ends: try stream.ledger.endings())
    let endsName = EndsDocument.name(of: name)
    unwanted = ends.ends.isEmpty ? endsName : nil
    documents =
      [(Self.pageName(of: name), Array(try stream.templates.archive(page).utf8))]
      + (ends.ends.isEmpty ? [] : [(endsName, try ends.bytes())]) + [manifest]
  }

  /// Below the archive root, which several streams may share.
  package static func manifestName(of stream: String) -> String { "\(stream).MANIFEST.sha256" }
  /// Beside it.
  package static func signatureName(of stream: String) -> String {
    manifestName(of: stream) + ".asc"
  }
  /// Of the page.
  package static func pageName(of stream: String) -> String { "\(stream).archive.html" }

  /// Bytes of the largest of these documents: a tree takes some hundred.
  private static let limit = 1 << 26

  /// Names of the documents that are not what they should be.
  ///
  /// Throws `cannotCreate` where something else than a file has their name.
  package func differences() throws -> [String] {
    guard let root = try Directory.openIfPresent(root: stream.locations.archive) else {
      return documents.map(\.name)
    }
    var different = try documents.filter {
      try contents(of: $0.name, in: root) != $0.contents
    }.map(\.name)
    let name = Self.signatureName(of: stream.policy.stream)
    let signature = try contents(of: name, in: root)
    if try !isRight(signature) { different.append(name) }
    if let unwanted, try contents(of: unwanted, in: root) != nil { different.append(unwanted) }
    return different
  }

  private func contents(of name: String, in root: Directory) throws -> [UInt8]? {
    let path = try RelativePath.of(name)
    guard let status = try root.status(of: path) else { return nil }
    guard status.kind == .file else {
      throw ComposeError(
        .cannotCreate, "\(root.path)/\(name)", "it is not a regular file",
        remedy: "Look at it, and move it away")
    }
    guard status.size <= Self.limit else { return [] }
    return try root.openFile(path).contents(limit: Self.limit)
  }

  /// Whether the signature is over what the manifest should be, by the policy's key. Where
  /// nothing is signed, none is left.
  private func isRight(_ signature: [UInt8]?) throws -> Bool {
    guard let signer = stream.signer else { return signature == nil }
    guard let signature,
      let verified = try? signer.verifier().verify(signature, over: manifest.contents)
    else { return false }
    return verified.isBy(signer.settings.key)
  }

  /// Writes what differs, the manifest last, right after its signature. Returns the names.
  ///
  /// Throws what signing does, with nothing changed.
  @discardableResult
  package func renew() throws -> [String] {
    let different = try differences()
    guard !different.isEmpty else { return [] }
    let name = Self.signatureName(of: stream.policy.stream)
    let root = try Directory.create(root: stream.locations.archive)
    var files = documents
    if let signer = stream.signer {
      let text = try signer.signature(of: manifest.contents, named: manifest.name)
      files.insert((name, Array(text.utf8)), at: files.count - 1)
    } else {
      try root.removeFile(name)
    }
    try root.replaceFiles(files)
    if let unwanted { try root.removeFile(unwanted) }
    try stream.ledger.commit { change in
      try change.owe(
        stream.moduleNames, by: "archive index \(stream.policy.major)", at: stream.time.now)
    }
    return different
  }
}
