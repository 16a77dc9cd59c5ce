/// A moment in the history of a build system: what is read at it is of one
/// piece.
package struct BuildSystemEvent: Hashable, Codable, Sendable {
  /// The build system's own number: Koji's events grow by one with each change.
  package let id: Int
  /// Seconds since 1970.
  package let time: Int

  /// An event as the build system named it.
  package init(id: Int, time: Int) {
    self.id = id
    self.time = time
  }
}
