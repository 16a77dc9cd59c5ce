import ComposePlanning
import ComposeTrees
import DurableFiles
import ReleaseModel
import RepoMetadata

/// The documents of a push as they were judged, in a directory of their own: the push puts them
/// into the tree instead of making them a second time.
struct PreparedDocuments: Sendable {
  /// Builds that the tree then lists.
  let listed: [Build]
  /// What the tree then says of itself; nil where it says nothing.
  let identity: ComposeMetadata.Documents?
  /// Holds the directory until the push is done.
  private let scratch: ScratchDirectory
  private let directory: Directory
  private let contents: [RelativePath: [RelativePath: Checksum]]
  private let documents: [RelativePath: [MetadataRecord]]
  private let modified: [RelativePath: Int]

  /// - Parameter directory: in `scratch`; `written` is there.
  init(_ written: PushMetadata.Written, in directory: Directory, of scratch: ScratchDirectory) {
    self.scratch = scratch
    self.directory = directory
    contents = written.contents.repositories
    listed = written.listed
    identity = written.identity
    documents = written.documents
    modified = written.modified
  }

  /// Whether they are the documents of `contents`: no RPM is another, and none of those that the
  /// push brings has another time.
  func isOf(_ contents: TreeContents, modified: [RelativePath: Int]) -> Bool {
    contents.repositories == self.contents && modified == self.modified
  }

  /// Copies them into the tree of `metadata` under names that carry their checksum; nil where one
  /// of them is not what it was.
  func copy(by metadata: RepositoryMetadata) throws -> [RelativePath: [MetadataRecord]]? {
    try withExtendedLifetime(scratch) { try metadata.copy(documents, from: directory) }
  }
}
