import ComposePolicy
import ComposeReports

extension Policy {
  /// What titles of pages call the stream.
  var shortTitle: String { site.shortTitle ?? stream }
}

extension PageNames {
  /// As the policy of the stream has them; where nobody says where its site is, its
  /// home are its public trees.
  init(_ policy: Policy) {
    self.init(
      title: policy.title, shortTitle: policy.shortTitle,
      home: policy.site.url.map { "\($0)/\(policy.stream)/index.html" }
        ?? policy.urls.public.map { "\($0)/" })
  }

  /// Of a page about two streams, or twice the same; its home is that of the second.
  init(of first: Policy, and second: Policy) {
    let names = PageNames(second)
    guard first.stream != second.stream else {
      self = names
      return
    }
    self.init(
      title: "\(first.title) and \(second.title)",
      shortTitle: "\(first.shortTitle) and \(second.shortTitle)", home: names.home)
  }
}
