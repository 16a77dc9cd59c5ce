/// The name of a repository as MirrorManager, mirrorlists and metalinks know it, such as
/// `epel-7` or `epel-7.07.201908`.
///
/// Two kinds of names have this form: a *client name* is what clients ask for, whatever
/// release is current; a *release name* is that of one release's repository.
package struct RepositoryName: Hashable, Sendable {
  /// ASCII letters, digits and `._+-`; the first is a letter or a digit.
  package let description: String

  /// Nil where `text` cannot be such a name: it stands in URLs, SQL and configuration.
  package init?(_ text: String) {
    guard text.utf8.count <= 200, text.consistsOfAlphanumerics(and: "._+-", first: "") else {
      return nil
    }
    description = text
  }
}

extension RepositoryName: CustomStringConvertible {}

extension RepositoryName: Comparable {
  /// In the order of bytes.
  package static func < (lhs: RepositoryName, rhs: RepositoryName) -> Bool {
    lhs.description.precedesByBytes(rhs.description)
  }
}
