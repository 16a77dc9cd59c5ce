import ComposeStream
import ComposeReports
import ReleaseModel

/// Joins what operations write with the templates it is made from.
struct TemplateDocuments: TemplateRendering {
  private let documents: ReleaseDocuments

  init(_ documents: ReleaseDocuments) {
    self.documents = documents
  }

  func testRepository(_ context: TestRepositoryContext) throws -> String {
    try documents.testRepository(
      title: context.title, release: context.release.description, keyURLs: context.keyURLs,
      repositories: context.repositories.map {
        .init(id: $0.id, name: $0.name, baseURL: $0.baseURL, isEnabled: $0.isEnabled)
      })
  }

  func redirects(_ context: RedirectContext) throws -> [RedirectFile] {
    try ["apache", "nginx"].map { server in
      RedirectFile(
        fileName: "\(server).conf",
        text: try documents.redirects(
          for: server, publicPath: context.publicPath, archiveURL: context.archiveURL,
          trees: context.trees.map(\.description)))
    }
  }
}
