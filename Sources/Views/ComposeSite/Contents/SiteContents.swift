/// Everything the site shows, gathered by the caller. The site is a function
/// of it: equal contents make the same bytes.
package struct SiteContents: Sendable {
  /// When it was gathered, as `YYYY-MM-DD HH:MM UTC`. Pages then differ from
  /// run to run, so that nil, which leaves it out, is what a mirror wants.
  package var generated: String?
  /// Title of the front page.
  package var title: String
  /// By major version.
  package var streams: [SiteStream]

  /// - Parameter title: of the front page.
  package init(
    generated: String? = nil, title: String = "EPEL releases", streams: [SiteStream]
  ) {
    self.generated = generated
    self.title = title
    self.streams = streams
  }
}
