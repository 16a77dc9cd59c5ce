import DocumentTemplates
import Foundation
import ReleaseModel

/// The templates of an installation: data that release engineers may
/// edit, looked for in a list of directories.
package struct TemplateLibrary: Sendable {
  /// Searched in order; they need not exist.
  package let directories: [String]

  /// - Parameter directories: searched in order; the first file found counts.
  package init(directories: [String]) {
    self.directories = directories
  }

  /// The look of all pages: templates include it by `{{> style}}`.
  private static let style = (name: "style", file: "site/site.css")
  /// The style sheet of the template, without the page around it.
  private static let styleOfPage = "style of page"

  /// Renders `name` with `object`, whose stored properties are the values. A page
  /// gets its ``PagePolicy``.
  ///
  /// Throws `noInput` where no directory has the template, `badData` where it
  /// is not valid Mustache.
  func render(_ name: String, _ object: any Sendable) throws -> String {
    let template = try TemplateFile("\(name).mustache", in: directories)
    var files = [name: template]
    try addParts(of: template, to: &files)
    guard name.hasSuffix(".html") else {
      return try TemplateSet(files).render(name, object, as: DocumentForm(ofTemplate: name))
    }
    let sheet = template.text.firstRange(of: "<style>").flatMap { opening in
      template.text[opening.upperBound...].firstRange(of: "</style>").map { closing in
        String(template.text[opening.upperBound..<closing.lowerBound])
      }
    }
    files[Self.styleOfPage] = sheet.map { TemplateFile(path: template.path, text: $0) }
    let templates = try TemplateSet(files)
    let page = templates.render(name, object, as: .markup)
    // Without values: no text can be taken for part of the style sheet.
    let style = sheet.map { _ in templates.render(Self.styleOfPage, NoValues(), as: .markup) }
    return PagePolicy.standalone(style: style).inserted(into: page)
  }

  /// Adds what `template` includes, and what that includes: parts that pages of the
  /// site have as well.
  private func addParts(of template: TemplateFile, to files: inout [String: TemplateFile]) throws {
    for match in template.text.matches(of: /\{\{\s*>\s*([A-Za-z.]+)\s*\}\}/) {
      let part = String(match.output.1)
      guard files[part] == nil else { continue }
      if part == Self.style.name {
        guard TemplateFile.path(of: Self.style.file, in: directories) != nil else { continue }
        files[part] = try TemplateFile(Self.style.file, in: directories)
        continue
      }
      let file = try TemplateFile("site/\(part).mustache", in: directories)
      files[part] = file
      try addParts(of: file, to: &files)
    }
  }

  private struct NoValues: Sendable {}
}
