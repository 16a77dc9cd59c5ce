package import ComposeExecution

/// Documents without templates.
package struct PlainDocuments: DocumentRendering {
  package func testRepository(_ context: TestRepositoryContext) throws -> String {
    context.repositories.map { "\($0.id) \($0.baseURL)\n" }.joined()
  }

  package func redirects(_ context: RedirectContext) throws -> [RedirectDocument] {
    [
      RedirectDocument(
        fileName: "plain.conf",
        text: context.trees.map { "\(context.publicPath)/\($0) \(context.archiveURL)/\($0)\n" }
          .joined())
    ]
  }
}
