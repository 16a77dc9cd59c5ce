package import ReleaseModel

/// Renders the files that operations write from templates, which people may edit.
/// Stream and Lifecycle know the values; a floor above knows how to render.
package protocol TemplateRendering: Sendable {
  /// The .repo file for testing a staged release.
  func testRepository(_ file: TestRepositoryFile) throws -> String

  /// Redirects for trees that moved to the archive, one file a web server.
  func redirects(_ redirects: ArchiveRedirects) throws -> [ArchiveRedirects.File]
}
