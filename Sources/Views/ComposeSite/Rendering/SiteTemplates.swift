import DocumentTemplates
import ReleaseModel

/// The templates of the site, read once.
struct SiteTemplates: Sendable {
  private let templates: TemplateSet
  let style: String
  let script: String

  /// All that pages are made of, partials among them.
  private static let names = [
    "head", "foot", "name", "index", "stream", "packages", "letter", "package", "next", "retired",
    "plan.body", "breaks", "names", "finding", "list.updated", "list.added", "timeline",
    "timeline.svg", "retirements.atom",
  ]

  /// - Parameter directories: searched in order for `site/NAME`; the first
  ///   file found counts.
  ///
  /// Throws `noInput` where no directory has one, `badData` where one is not
  /// valid.
  init(directories: [String]) throws {
    var files: [String: TemplateFile] = [:]
    for name in Self.names {
      files[name] = try TemplateFile("site/\(name).mustache", in: directories)
    }
    templates = try TemplateSet(files)
    style = try TemplateFile("site/site.css", in: directories).text
    script = try TemplateFile("site/site.js", in: directories).text
  }

  /// Renders the template `name` with the stored properties of `page`. All that the
  /// site has is markup; a page gets its ``PagePolicy``.
  func render(_ name: String, _ page: any Sendable) -> String {
    PagePolicy.site.inserted(into: templates.render(name, page, as: .markup))
  }
}
