import Digests
import Foundation
import ReleaseModel

/// The Content Security Policy (W3C, CSP Level 3) of a page: what a browser may load
/// and run in it. It is put into every page that is made, whatever its template has,
/// so that text that became markup in spite of all would do nothing.
package struct PagePolicy: Sendable {
  private let directives: String

  /// A page without anything from elsewhere: no script at all, and the one style
  /// sheet that it contains.
  ///
  /// - Parameter style: text between `<style>` and `</style>`; nil for a page that
  ///   has none.
  package static func standalone(style: String?) -> PagePolicy {
    let sources = style.map { text in
      "style-src 'sha256-\(Data(Checksum(of: Array(text.utf8)).bytes).base64EncodedString())'; "
    }
    return PagePolicy(
      directives: "default-src 'none'; \(sources ?? "")base-uri 'none'; form-action 'none'")
  }

  /// A page of the site: style sheet, scripts and pictures of the site, and pictures
  /// within the page.
  package static let site = PagePolicy(
    directives: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
      + "base-uri 'none'; form-action 'none'")

  /// `page` with the policy as the first of its head: what stands before it would not
  /// be bound by it. A text without a head is returned as it is.
  package func inserted(into page: String) -> String {
    guard let head = page.range(of: "<head>") else { return page }
    return page.replacingCharacters(
      in: head,
      with: "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"\(directives)\">")
  }
}
