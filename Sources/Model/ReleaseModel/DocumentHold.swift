/// A document that an undo took back: while its source says the same, users go on
/// with what they had before.
package struct DocumentHold: Hashable, Sendable {
  /// What must not come again, and what users have in its place.
  package let document: DocumentChange
  /// When it was taken back, in seconds since 1970.
  package let at: Int

  /// - Parameter at: when it was taken back, in seconds since 1970.
  package init(document: DocumentChange, at: Int) {
    self.document = document
    self.at = at
  }
}
