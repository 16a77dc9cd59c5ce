package import ReleaseModel

/// What the operator of MirrorManager is handed after, or before, a change: the database
/// and its programs belong to others, so that nothing of it is run here.
package struct Handover: Sendable {
  /// What has changed, or must not wait.
  package enum Occasion: String, CaseIterable, Sendable {
    /// Links, and with them clients, go to a release.
    case promote
    /// They go back to one.
    case rollback
    /// A release moves to the archive.
    case archive
    /// Clients are to get the newest metadata now.
    case urgent
  }

  /// How MirrorManager's scanner finds the names of one area's repositories.
  package struct Mapping: Hashable, Sendable {
    /// Regular expression of directories.
    package let pattern: String
    /// What names begin with; the scanner appends kind and version itself.
    package let prefix: String

    /// - Parameter pattern: as Rust's crate `regex` has it.
    package init(pattern: String, prefix: String) {
      self.pattern = pattern
      self.prefix = prefix
    }
  }

  /// Name of the stream, such as `epel-7`.
  package let stream: String
  /// The release that links lead to, that is archived, or whose metadata is urgent.
  package let release: ReleaseID
  /// The link that moves alone, which has moments of its own; nil for those that lead to the leading
  /// release.
  package let link: String?
  /// What it is for.
  package let occasion: Occasion
  /// Name of the product in MirrorManager.
  package let product: String
  /// Repositories of the release's updates tree, in the order in which they are written.
  package let repositories: [MirrorRepository]
  /// Client names, and the release names that they are to lead to.
  package let redirects: [Overlay.Redirect]
  /// Release names of the release that clients are led away from; none before the first.
  package let former: [String]
  /// Where MirrorManager's scanner sees the public root.
  package let files: String
  /// Where the SQL is written; nil where it is not.
  package let sqlFile: String?
  /// URL that asks whether the archive is known; nil where no server is named.
  package let question: String?
  /// Whether the original of an archived release is gone.
  package let isOriginalGone: Bool
  /// For a scanner that does not know the stream; none later.
  package let mappings: [Mapping]
  /// Command lines that show whether it took effect, and that remove the original.
  package let commands: (status: String, removal: String)

  /// - Parameters:
  ///   - link: nil for what leads to the leading release.
  ///   - files: absolute path of the public root on MirrorManager's machine.
  ///   - question: for ``Occasion/archive``.
  ///   - isOriginalGone: likewise.
  ///   - commands: of this program, as people type them.
  package init(
    stream: String, release: ReleaseID, link: String? = nil, occasion: Occasion, product: String,
    repositories: [MirrorRepository], redirects: [Overlay.Redirect], former: [String],
    files: String,
    sqlFile: String?, question: String?, isOriginalGone: Bool = false, mappings: [Mapping],
    commands: (status: String, removal: String)
  ) {
    self.stream = stream
    self.release = release
    self.link = link
    self.occasion = occasion
    self.product = product
    self.repositories = repositories
    self.redirects = redirects
    self.former = former
    self.files = files
    self.sqlFile = sqlFile
    self.question = question
    self.isOriginalGone = isOriginalGone
    self.mappings = mappings
    self.commands = commands
  }
}
