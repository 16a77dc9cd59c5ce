/// How many calls go into one request to the hub. A reply that is lost costs a
/// reading of the tag; larger batches are no faster.
package struct TaggingBatches: Sendable {
  /// `packageListAdd` calls in one request.
  package var packages = 400
  /// `tagBuildBypass` calls in one request.
  package var builds = 200

  /// The numbers that the program uses.
  package init() {}

  /// Bound by a test for the calls of its own task; nothing in the program
  /// binds it.
  @TaskLocal package static var current = TaggingBatches()
}
