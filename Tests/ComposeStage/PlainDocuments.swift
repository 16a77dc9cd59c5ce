package import ComposeStream
import ComposeTrees
import ComposeChecks
import ComposeLifecycle

/// Documents without templates.
package struct PlainDocuments: TemplateRendering {
  package func testRepository(_ context: TestRepositoryContext) throws -> String {
    context.repositories.map { "\($0.id) \($0.baseURL)\n" }.joined()
  }

  package func redirects(_ context: RedirectContext) throws -> [RedirectFile] {
    [
      RedirectFile(
        fileName: "plain.conf",
        text: context.trees.map { "\(context.publicPath)/\($0) \(context.archiveURL)/\($0)\n" }
          .joined())
    ]
  }
}
