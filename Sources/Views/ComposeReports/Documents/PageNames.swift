/// What pages call a stream, and where its site is.
package struct PageNames: Hashable, Sendable {
  /// What people call the stream, such as `Extra Packages for Enterprise Linux 7`.
  package let title: String
  /// The same for titles of pages, such as `EPEL 7`.
  package let shortTitle: String
  /// URL of the stream's page on the site, or of its public trees; nil where nobody says
  /// where these are.
  package let home: String?

  /// - Parameter home: where the page leads back to; nil where nobody knows a place.
  package init(title: String, shortTitle: String, home: String? = nil) {
    self.title = title
    self.shortTitle = shortTitle
    self.home = home
  }
}

/// The name of a package with the link to its page, where there is one.
package struct PackageName: Hashable, Sendable {
  /// Name of the source package.
  package let package: String
  /// As a reference from the page that shows it; nil for none.
  package let href: String?

  /// - Parameter href: nil where there is no page of it.
  package init(package: String, href: String?) {
    self.package = package
    self.href = href
  }
}

/// What a page says of a package, with the link to the page of it.
package struct Linked<Entry: Sendable>: Sendable {
  package let name: PackageName
  package let entry: Entry

  package init(name: PackageName, entry: Entry) {
    self.name = name
    self.entry = entry
  }
}
