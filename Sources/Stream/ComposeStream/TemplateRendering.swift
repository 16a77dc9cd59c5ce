package import ReleaseModel

/// Renders the files that operations write from templates, which people may edit.
/// Stream and Lifecycle know the values; a floor above knows how to render.
package protocol TemplateRendering: Sendable {
  /// The .repo file for testing a staged release.
  func testRepository(_ file: TestRepositoryFile) throws -> String

  /// Redirects for trees that moved to the archive, one file a web server.
  func redirects(_ redirects: ArchiveRedirects) throws -> [ArchiveRedirects.File]

  /// The index page of the archive.
  func archive(_ page: ArchivePage) throws -> String

  /// What users read of a stream that ended.
  func ended(_ notice: EndNotice) throws -> String

  /// Where links lead, for web servers that do not know them: a text map, and the
  /// configuration of each server that uses it or has the same.
  func current(_ trees: CurrentTrees) throws -> [ArchiveRedirects.File]
}
