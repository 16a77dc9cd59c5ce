import HeaderCache
import ReleaseModel

/// The header cache of the user, opened when it is first asked for: a command
/// that needs no RPM does not touch it.
///
/// Safe for any number of threads.
final class LazyHeaderCache: Sendable {
  private let open: @Sendable () -> HeaderCache?
  /// Nil until it is first needed.
  private let opened = Guarded<HeaderCache??>(nil)

  /// - Parameter open: nil to know nothing of earlier runs.
  init(_ open: @escaping @Sendable () -> HeaderCache?) { self.open = open }

  /// Nil where there is none.
  var cache: HeaderCache? {
    opened.withLock { opened in
      if let known = opened { return known }
      let cache = open()
      opened = .some(cache)
      return cache
    }
  }
}
