import Foundation
import Mustache
import ReleaseModel

/// The templates of the site, read once.
struct SiteTemplates: Sendable {
  private let library: MustacheLibrary
  let style: String
  let script: String

  /// All that pages are made of, partials among them.
  private static let names = [
    "head", "foot", "name", "index", "stream", "packages", "letter", "package", "next", "retired",
    "plan.body", "breaks", "timeline", "timeline.svg", "retirements.atom",
  ]

  /// - Parameter directories: searched in order for `site/NAME`; the first
  ///   file found counts.
  ///
  /// Throws `noInput` where no directory has one, `badData` where one is not
  /// valid.
  init(directories: [String]) throws {
    var templates: [String: MustacheTemplate] = [:]
    for name in Self.names {
      let (path, text) = try Self.read("site/\(name).mustache", directories)
      do {
        templates[name] = try MustacheTemplate(string: text)
      } catch {
        throw ComposeError(
          .badData, path.sanitizedForDisplay, "it is not a valid template: \(error)",
          remedy: "Correct the template")
      }
    }
    library = MustacheLibrary(templates: templates)
    style = try Self.read("site/site.css", directories).text
    script = try Self.read("site/site.js", directories).text
  }

  /// Renders the template `name` with the stored properties of `page`.
  func render(_ name: String, _ page: any Sendable) -> String {
    library.render(PageValue(page), withTemplate: name) ?? ""
  }

  private static func read(
    _ name: String, _ directories: [String]
  ) throws -> (path: String, text: String) {
    let paths = directories.map { "\($0)/\(name)" }
    guard let path = paths.first(where: FileManager.default.isReadableFile(atPath:)) else {
      throw ComposeError(
        .noInput, "template \(name)", "it is in none of \(directories.joined(separator: ", "))",
        remedy: "Put Templates beside the directory of policies, or install epel-compose")
    }
    guard let text = String(validating: try SmallFile.contents(of: path), as: UTF8.self) else {
      throw ComposeError(
        .badData, path.sanitizedForDisplay, "it is not UTF-8 text", remedy: "Correct the file")
    }
    return (path, text)
  }
}
