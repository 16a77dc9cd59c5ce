/// One file of the site.
package struct SiteFile: Hashable, Sendable {
  /// Below the directory of the site, such as `epel-7/package/alpha.html`.
  package let path: String
  /// Text is UTF-8.
  package let contents: [UInt8]

  init(_ path: String, _ contents: [UInt8]) {
    self.path = path
    self.contents = contents
  }

  init(_ path: String, _ text: String) {
    self.init(path, Array(text.utf8))
  }
}
