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
    } catch let error as MustacheTemplate.ParserError {
      // The line in front of the text counts as well; the end of the text may be one more.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: true).count
      let line = min(max(1, error.context.lineNumber - 1), max(1, lines))
      throw problem("line \(line): \(Self.words(error.error))")
    } catch {
      throw problem("\(error)")
    }
  }

  private func problem(_ cause: String) -> ComposeError {
    ComposeError(
      .badData, path.sanitizedForDisplay,
      "it is not a valid template: \(cause.sanitizedForDisplay)", remedy: "Correct the template")
  }

  private static func words(_ error: any Error) -> String {
    switch error as? MustacheTemplate.Error {
    case .sectionCloseNameIncorrect: "a section is closed by another name than it was opened by"
    case .unfinishedName: "a tag is not finished"
    case .expectedSectionEnd: "a section is not closed"
    case .invalidSetDelimiter: "a tag that sets delimiters is not finished"
    case let other?: "Mustache does not take it (\(other))"
    // The parser has come to the end of the text.
    case nil: "a section or a tag is not closed"
    }
  }
}
