import ComposeStream
package import ReleaseModel

/// Files of operations without templates.
package struct PlainDocuments: TemplateRendering {
  package init() {}

  package func testRepository(_ file: TestRepositoryFile) throws -> String {
    file.repositories.map { "\($0.id) \($0.baseURL)\n" }.joined()
  }

  package func redirects(_ redirects: ArchiveRedirects) throws -> [ArchiveRedirects.File] {
    [
      ArchiveRedirects.File(
        fileName: "plain.conf",
        text: redirects.trees.map {
          "\(redirects.publicPath)/\($0) \(redirects.archiveURL)/\($0)\n"
        }
        .joined() + redirects.ended.map { "\($0.path): \($0.text)\n" }.joined())
    ]
  }

  package func archive(_ page: ArchivePage) throws -> String {
    page.releases.flatMap(\.trees).map { "\($0.path) \($0.sha256)\n" }.joined()
  }

  package func ended(_ notice: EndNotice) throws -> String {
    "\(notice.title) ended on \(notice.day), until \(notice.until ?? "then")\n"
  }

  package func current(_ trees: CurrentTrees) throws -> [ArchiveRedirects.File] {
    [
      ArchiveRedirects.File(
        fileName: "current.txt",
        text: trees.links.map { "\($0.path) \($0.tree?.description ?? "")\n" }.joined())
    ]
  }
}
