import ReleaseModel

extension TextStyle {
  /// What of a list is shown: all of it, or at a terminal the first `limit`.
  ///
  /// - Returns: `rest` says how many more there are; nil where all are shown.
  func excerpt<Element>(
    of list: [Element], upTo limit: Int = TextStyle.listLimit
  ) -> (shown: ArraySlice<Element>, rest: String?) {
    guard !isWhole, list.count > limit + Self.listSlack else { return (list[...], nil) }
    return (list.prefix(limit), Self.more(list.count - limit))
  }

  /// A list of more entries ends, at a terminal, with how many more there are.
  static let listLimit = 40
  /// A line that counts so few is no shorter than they are.
  private static let listSlack = 1

  /// `… and 3,990 more (--all)`.
  static func more(_ count: Int, _ what: String = "more") -> String {
    "… and \(count.grouped) \(what) (--all)"
  }
}
