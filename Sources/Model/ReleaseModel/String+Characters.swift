extension StringProtocol {
  /// Whether there is something here, and nothing but ASCII letters, digits and the characters
  /// of `marks`: the form of most names that become part of paths, URLs and configuration.
  ///
  /// - Parameters:
  ///   - marks: characters of ASCII.
  ///   - first: those of them that it may begin with; all if nil.
  package func consistsOfAlphanumerics(and marks: StaticString, first: StaticString? = nil) -> Bool
  {
    func isAllowed(_ byte: UInt8, _ marks: StaticString) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: marks.withUTF8Buffer { $0.contains(byte) }
      }
    }
    guard let start = utf8.first, isAllowed(start, first ?? marks) else { return false }
    return utf8.allSatisfy { isAllowed($0, marks) }
  }
}
