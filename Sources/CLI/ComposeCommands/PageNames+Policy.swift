import ComposePolicy
import ComposeReports

extension Policy {
  /// What titles of pages call the stream.
  var shortTitle: String { site.shortTitle ?? stream }
}

extension PageNames {
  /// As the policy of the stream has them.
  init(_ policy: Policy) {
    self.init(
      title: policy.title, shortTitle: policy.shortTitle,
      home: policy.site.url.map { "\($0)/\(policy.stream)/index.html" })
  }
}
