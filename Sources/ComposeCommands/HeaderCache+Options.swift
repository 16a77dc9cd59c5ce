import Foundation
import HeaderCache

extension HeaderCache {
  /// The cache that options and environment name: a directory of the user's
  /// own, because what is in it is believed, and outside the policy's roots,
  /// because it is no state of any stream. Nil for none.
  static func open(_ options: GlobalOptions, isDryRun: Bool) -> HeaderCache? {
    guard let directory = directory(options, ProcessInfo.processInfo.environment) else {
      return nil
    }
    return HeaderCache.open(directory: directory, access: isDryRun ? .reading : .writing)
  }

  private static func directory(
    _ options: GlobalOptions, _ environment: [String: String]
  ) -> String? {
    if let chosen = options.cache ?? environment["EPEL_COMPOSE_CACHE"] {
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
