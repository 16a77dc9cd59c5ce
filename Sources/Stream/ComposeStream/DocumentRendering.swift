package import ReleaseModel

/// Texts that operations write and people may edit: made from templates by
/// the layer that knows how to render.
package protocol DocumentRendering: Sendable {
  /// The .repo file for testing a staged release.
  func testRepository(_ file: TestRepositoryFile) throws -> String

  /// Redirects for trees that moved to the archive, one file a web server.
  func redirects(_ redirects: ArchiveRedirects) throws -> [ArchiveRedirects.File]
}
