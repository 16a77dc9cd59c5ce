package import DurableFiles
import Foundation
package import ReleaseLedger
package import ReleaseModel
import RepoMetadata

/// How far a tree has come: everything that grows whenever the program changes
/// what a tree lists. Of two copies of a tree, the one with more is the newer.
package struct TreeGeneration: Hashable, Sendable {
  /// How often its release was composed before; nil where the tree does not say.
  package var respin: Int?
  /// Serial of the newest push in it; nil where the tree does not say, and for
  /// trees that get no pushes.
  package var push: Int?
  /// `<revision>` of its repositories.
  package var revision: Int

  /// - Parameters:
  ///   - respin: nil where it is not known.
  ///   - push: nil where it is not known, or there are no pushes.
  package init(respin: Int?, push: Int?, revision: Int) {
    self.respin = respin
    self.push = push
    self.revision = revision
  }

  /// As the ledger has it.
  package init(of tree: TreeRecord, in release: ReleaseRecord) {
    self.init(
      respin: release.respin, push: tree.name.area == .updates ? release.pushes : nil,
      revision: tree.revision)
  }

  /// As the tree says itself: `.composeinfo`, the label of
  /// `metadata/composeinfo.json`, repomd.xml.
  ///
  /// Throws `badData` or `noInput` where a repository cannot be read.
  package init(of directory: Directory, area: Area) throws {
    let manifest = try directory.manifest().manifest
    self.init(
      respin: try directory.identity()?.respin,
      push: area == .updates ? try ComposeMetadata.push(in: directory) : nil,
      revision: try manifest.repositories.map { try directory.repomd(of: $0).revision }.max() ?? 0)
  }

  /// Whether it is newer than `other`; nil where neither is, as far as both know.
  package func isAhead(of other: TreeGeneration) -> Bool? {
    for (mine, others) in [(respin, other.respin), (push, other.push)] {
      if let mine, let others, mine != others { return mine > others }
    }
    return revision == other.revision ? nil : revision > other.revision
  }

  /// Such as `push 2, revision 1561000000`.
  package var sentence: String {
    ((respin ?? 0) > 0 ? "respin \(respin ?? 0), " : "")
      + (push.map { "push \($0), " } ?? "") + "revision \(revision)"
  }
}

extension ComposeMetadata {
  /// Serial of the newest push in the tree `directory`, by its label; 0 for a cut,
  /// nil where it has no such document.
  static func push(in directory: Directory) throws -> Int? {
    let path = try RelativePath.of("metadata/composeinfo.json")
    guard try directory.status(of: path)?.kind == .file else { return nil }
    let contents = try directory.openFile(path).contents(limit: 1 << 24)
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(contents)) else {
      return nil
    }
    guard let label = document.payload.compose.label else { return 0 }
    return label.wholeMatch(of: /Update-([0-9]+)\.0/).flatMap { Int($0.1) }
      .flatMap { NumberFromOutside.counts.contains($0) ? $0 : nil }
  }

  private struct Document: Decodable {
    struct Payload: Decodable {
      struct Compose: Decodable { let label: String? }
      let compose: Compose
    }
    let payload: Payload
  }
}
