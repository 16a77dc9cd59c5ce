import ArgumentParser
import ReleaseModel

/// Who may not change the real trees often only wants to try something.
enum RootSuggestion {
  /// The error with `--root` in its remedy, where a path may not be used and none was given.
  static func added(to error: ComposeError) -> ComposeError {
    guard error.kind == .permission, error.thing.hasPrefix("/"), !isRootGiven,
      !error.remedy.contains("--root")
    else { return error }
    return ComposeError(
      error.kind, error.thing, error.cause,
      remedy: error.remedy + "; or try it out in a directory of your own, with --root DIR",
      findings: error.findings)
  }

  private static var isRootGiven: Bool {
    CommandLine.arguments.contains { $0 == "--root" || $0.hasPrefix("--root=") }
      || (try? GlobalOptions.parse([]).rootPlace) != nil
  }
}
