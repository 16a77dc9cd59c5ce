/// A moment in the history of a build system: what is read at it is of one
/// piece.
package struct BuildSystemEvent: Hashable, Codable, Sendable {
  package let id: Int
  /// Seconds since 1970.
  package let time: Int

  package init(id: Int, time: Int) {
    self.id = id
    self.time = time
  }
}
