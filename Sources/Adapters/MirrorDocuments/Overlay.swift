package import Digests
package import ReleaseModel

/// What a stream knows of its repositories and a cache of mirrors does not know yet: the
/// file `STREAM.overlay`, for programs that answer clients.
package struct Overlay: Hashable, Sendable {
  /// Name of the stream, such as `epel-7`.
  package let stream: String
  /// When it was written, seconds since 1970.
  package let time: Int
  /// Where names that clients ask for lead; none while no release is current.
  package let redirects: [Redirect]
  /// Links below the public root, and the trees that they lead to in the end.
  package let links: [Link]
  /// The index of each repository that is public or in the archive.
  package let indexes: [Index]
  /// Trees whose original is gone, or will be after the grace time of an end.
  package let archived: [Archived]
  /// What ended for good, and is answered with a text.
  package let ended: [Ended]

  /// - Parameter time: seconds since 1970.
  package init(
    stream: String, time: Int, redirects: [Redirect], links: [Link], indexes: [Index],
    archived: [Archived], ended: [Ended] = []
  ) {
    self.stream = stream
    self.time = time
    self.redirects = redirects
    self.links = links
    self.indexes = indexes
    self.archived = archived
    self.ended = ended
  }

  /// One client name, such as `epel-7`, and the release name that it stands for.
  package struct Redirect: Hashable, Sendable {
    /// What clients ask for.
    package let client: String
    /// What they get, such as `epel-7.07.201908`.
    package let release: String

    /// Both are names of repositories, see ``Overlay/isName(_:)``.
    package init(client: String, release: String) {
      self.client = client
      self.release = release
    }
  }

  /// One link. Paths are as MirrorManager writes directories: `pub/epel/updates/7`.
  package struct Link: Hashable, Sendable {
    /// The link itself.
    package let path: RelativePath
    /// The tree, no link.
    package let target: RelativePath

    /// - Parameter target: as ``target`` has it.
    package init(path: RelativePath, target: RelativePath) {
      self.path = path
      self.target = target
    }
  }

  /// One repomd.xml as it is now.
  package struct Index: Hashable, Sendable {
    /// Its directory, which ends with `repodata`.
    package let directory: RelativePath
    /// Largest `<data><timestamp>` in it, seconds since 1970: what metalinks call its
    /// timestamp.
    package let timestamp: Int
    /// Bytes.
    package let size: Int
    /// Of its bytes.
    package let digests: FileDigests

    /// - Parameter directory: as ``directory`` has it.
    package init(directory: RelativePath, timestamp: Int, size: Int, digests: FileDigests) {
      self.directory = directory
      self.timestamp = timestamp
      self.size = size
      self.digests = digests
    }
  }

  /// One tree that is in the archive alone.
  package struct Archived: Hashable, Sendable {
    /// Where it was.
    package let path: RelativePath
    /// Where it is.
    package let archive: RelativePath

    /// Both as MirrorManager writes directories.
    package init(path: RelativePath, archive: RelativePath) {
      self.path = path
      self.archive = archive
    }
  }

  /// A name or path that nothing comes by any more, and what those are told who ask for it.
  package struct Ended: Hashable, Sendable {
    /// What it is about.
    package enum Subject: Hashable, Sendable {
      /// A name that clients ask for, or a release name.
      case name(String)
      /// A link or tree, as MirrorManager writes directories, with all below it.
      case path(RelativePath)
    }

    /// What ended.
    package let subject: Subject
    /// One line, see ``Overlay/isText(_:)``.
    package let text: String

    /// - Parameter text: is cut and made one line of characters that can be seen.
    package init(_ subject: Subject, text: String) {
      self.subject = subject
      var line = text.sanitizedForDisplay
      while line.utf8.count > Overlay.longestText { line.removeLast() }
      self.text = line
    }
  }

  /// Bytes of the longest text of ``Ended``.
  private static let longestText = 2000

  /// Whether `text` can be told to those who ask for what ended: one line, not empty, without
  /// characters that hide, and short enough for an answer.
  package static func isText(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= longestText && text == text.sanitizedForDisplay
  }

  /// Whether `text` can be the name of a repository: letters and digits of ASCII and
  /// `._+-`, at most 255, at least one.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 255
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "._+-".utf8.contains(byte)
      }
  }

  /// First lines that are read, by the number of the form. What only the second has is `ended`.
  static let heads = ["epel-mirrorlist overlay 1", "epel-mirrorlist overlay 2"]

  /// First line. The second form is written only where it is needed: responders of before know the
  /// first alone.
  private var head: String { Self.heads[ended.isEmpty ? 0 : 1] }

  /// The file: a line each, fields separated by TAB, each kind sorted, so that equal
  /// values give equal bytes. The last line has the SHA-256 of all before it.
  package var bytes: [UInt8] {
    var lines = [head, "stream\t\(stream)", "time\t\(time)"]
    lines += redirects.map { "redirect\t\($0.client)\t\($0.release)" }.inOrder
    lines += links.map { "link\t\($0.path)\t\($0.target)" }.inOrder
    lines +=
      indexes.map { index in
        let digests = index.digests
        return "repomd\t\(index.directory)\t\(index.timestamp)\t\(index.size)\t\(digests.md5)"
          + "\t\(digests.sha1)\t\(digests.sha256)\t\(digests.sha512)"
      }.inOrder
    lines += archived.map { "archived\t\($0.path)\t\($0.archive)" }.inOrder
    lines +=
      ended.map { ended in
        switch ended.subject {
        case .name(let name): "ended\tname\t\(name)\t\(ended.text)"
        case .path(let path): "ended\tpath\t\(path)\t\(ended.text)"
        }
      }.inOrder
    let text = lines.map { $0 + "\n" }.joined()
    return Array("\(text)end\t\(Checksum(of: Array(text.utf8)))\n".utf8)
  }
}

extension [String] {
  /// Sorted by bytes, as `LC_ALL=C sort` has it.
  fileprivate var inOrder: [String] { sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}
