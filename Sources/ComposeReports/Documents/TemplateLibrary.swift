import Foundation
import Mustache
import ReleaseModel

/// The Mustache templates of an installation: data that release engineers may
/// edit, looked for in a list of directories.
package struct TemplateLibrary: Sendable {
  private let directories: [String]

  /// - Parameter directories: searched in order; the first file found counts.
  package init(directories: [String]) {
    self.directories = directories
  }

  /// Renders `name` with `object`, whose stored properties are the values.
  ///
  /// Throws `noInput` where no directory has the template, `badData` where it
  /// is not valid Mustache.
  func render(_ name: String, _ object: any Sendable) throws -> String {
    let fileName = "\(name).mustache"
    guard
      let path = directories.map({ "\($0)/\(fileName)" }).first(where: {
        FileManager.default.isReadableFile(atPath: $0)
      })
    else {
      throw ComposeError(
        .noInput, "template \(fileName)",
        "it is in none of \(directories.joined(separator: ", "))",
        remedy: "Put Templates beside the directory of policies, or install epel-compose")
    }
    let template: MustacheTemplate
    do {
      template = try MustacheTemplate(string: String(contentsOfFile: path, encoding: .utf8))
    } catch {
      throw ComposeError(
        .badData, path.sanitizedForDisplay, "it is not a valid template: \(error)",
        remedy: "Correct the template")
    }
    return template.render(object)
  }
}
