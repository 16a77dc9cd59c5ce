/// The name of an rsync module with file lists of its own, such as `epel`: its list is
/// `fullfiletimelist-epel`.
package struct ModuleName: Hashable, Sendable {
  /// ASCII letters, digits and `._-`; the first is a letter or a digit.
  package let description: String

  /// Nil where `text` cannot be such a name: it is part of names of files.
  package init?(_ text: String) {
    guard text.utf8.count <= 200, text.consistsOfAlphanumerics(and: "._-", first: "") else {
      return nil
    }
    description = text
  }
}

extension ModuleName: CustomStringConvertible {}

extension ModuleName: Comparable {
  /// In the order of bytes.
  package static func < (lhs: ModuleName, rhs: ModuleName) -> Bool {
    lhs.description.precedesByBytes(rhs.description)
  }
}
