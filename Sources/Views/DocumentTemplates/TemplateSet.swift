import Mustache
import ReleaseModel

/// Templates that include each other, parsed once. Every document that is made from
/// a template is made here.
package struct TemplateSet: Sendable {
  private let library: MustacheLibrary

  /// - Parameter templates: file and text of each, by its name.
  ///
  /// Throws `badData` where one is not valid Mustache.
  package init(_ templates: [String: TemplateFile]) throws {
    library = MustacheLibrary(templates: try templates.mapValues { try $0.parsed() })
  }

  /// The document of the template `name`.
  ///
  /// - Parameters:
  ///   - object: its stored properties are the values.
  ///   - form: how values stand in it.
  package func render(_ name: String, _ object: any Sendable, as form: DocumentForm) -> String {
    library.render(TemplateValue(object, form), withTemplate: name) ?? ""
  }
}

extension TemplateFile {
  /// Values have their form before they get into a template, so that nothing in it
  /// is left to escape. Each partial begins anew with escaping, so each says it.
  fileprivate func parsed() throws -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: "{{% CONTENT_TYPE: TEXT}}\n" + text)
    } catch {
      throw ComposeError(
        .badData, path.sanitizedForDisplay,
        "it is not a valid template: \("\(error)".sanitizedForDisplay)",
        remedy: "Correct the template")
    }
  }
}
