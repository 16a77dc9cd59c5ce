package import ReleaseModel

/// A tree that is not what the ledger recorded.
package struct TreeDeviation: Sendable {
  /// Which of both is the newer.
  package enum Cause: Sendable {
    /// The tree was changed by the program after the ledger was written: the
    /// ledger is an older copy.
    case treeIsAhead
    /// The ledger knows more than the tree has: the tree is an older copy.
    case ledgerIsAhead
    /// Neither: something else changed the tree.
    case damaged
    /// It is nowhere.
    case missing
  }

  /// Path of the tree, below whichever root.
  package let path: RelativePath
  /// Whose tree it is.
  package let release: ReleaseID
  package let cause: Cause
  /// What differs, and what to do about it.
  package let finding: Finding
}

extension Finding {
  /// A few names, then how many more there are.
  static func some(_ names: some Collection<String>, limit: Int = 5) -> String {
    let shown = names.prefix(limit).joined(separator: ", ")
    return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
  }
}
