import Foundation
import HeaderCache
import ReleaseModel

extension HeaderCache {
  /// The cache in `directory`. One that cannot be used is told through `warn`,
  /// and done without.
  static func open(
    _ directory: String, isDryRun: Bool, warn: (String) -> Void
  ) -> HeaderCache? {
    let cache = HeaderCache.open(directory: directory, access: isDryRun ? .reading : .writing)
    if cache == nil, !isDryRun {
      let cause = distrust(of: directory) ?? "it cannot be made or opened"
      warn("header cache \(directory): \(cause); every RPM is read (see --cache)")
    }
    return cache
  }

  /// Where options and environment say that the cache is: a directory of the
  /// user's own, because what is in it is believed, and outside the policy's
  /// roots, because it is no state of any stream. Nil for none.
  ///
  /// Throws `usage` for an empty name.
  static func directory(_ options: GlobalOptions) throws -> String? {
    let environment = ProcessInfo.processInfo.environment
    if let chosen = options.cache ?? environment["EPEL_COMPOSE_CACHE"] {
      guard !chosen.isEmpty else {
        throw ComposeError(
          .usage, "header cache", "its name is empty",
          remedy: "Name a directory with --cache or EPEL_COMPOSE_CACHE, or write 'off'")
      }
      return chosen == "off" ? nil : Context.absolute(chosen)
    }
    // XDG Base Directory Specification: a relative path is not heeded.
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
      return base + "/epel-compose"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.cache/epel-compose"
  }
}
