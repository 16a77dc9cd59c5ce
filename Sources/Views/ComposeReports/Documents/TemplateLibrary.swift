import Foundation
import Mustache
import ReleaseModel

/// The Mustache templates of an installation: data that release engineers may
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

  /// Renders `name` with `object`, whose stored properties are the values.
  ///
  /// Throws `noInput` where no directory has the template, `badData` where it
  /// is not valid Mustache.
  func render(_ name: String, _ object: any Sendable) throws -> String {
    var templates = [name: try template("\(name).mustache")]
    if file(Self.style.file) != nil {
      templates[Self.style.name] = try template(Self.style.file)
    }
    return MustacheLibrary(templates: templates).render(object, withTemplate: name) ?? ""
  }

  private func file(_ name: String) -> String? {
    directories.map { "\($0)/\(name)" }
      .first { FileManager.default.isReadableFile(atPath: $0) }
  }

  private func template(_ name: String) throws -> MustacheTemplate {
    guard let path = file(name) else {
      throw ComposeError(
        .noInput, "template \(name)",
        "it is in none of \(directories.joined(separator: ", "))",
        remedy: "Put Templates beside the directory of policies, or install epel-compose")
    }
    guard let text = String(validating: try SmallFile.contents(of: path), as: UTF8.self) else {
      throw ComposeError(
        .badData, path.sanitizedForDisplay, "it is not UTF-8 text", remedy: "Correct the template")
    }
    do {
      return try MustacheTemplate(string: text)
    } catch {
      throw ComposeError(
        .badData, path.sanitizedForDisplay, "it is not a valid template: \(error)",
        remedy: "Correct the template")
    }
  }
}
