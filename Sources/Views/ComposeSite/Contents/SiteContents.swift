/// Everything the site shows, gathered by the caller. The site is a function
/// of it: equal contents make the same bytes.
package struct SiteContents: Hashable, Sendable {
  /// When it was gathered, as `YYYY-MM-DD HH:MM UTC`. Pages then differ from
  /// run to run, so that nil, which leaves it out, is what a mirror wants.
  package var generated: String?
  /// Who mints the identifiers of the feeds: a domain and a date on which it
  /// was theirs, as RFC 4151 has it. Feed readers take an entry whose
  /// identifier changed for a new one.
  package var authority: String
  /// By major version.
  package var streams: [SiteStream]

  /// - Parameter authority: by default that of Fedora's own site.
  package init(
    generated: String? = nil, authority: String = "fedoraproject.org,2019",
    streams: [SiteStream]
  ) {
    self.generated = generated
    self.authority = authority
    self.streams = streams
  }
}
