import ArgumentParser
import ReleaseModel

/// Who may not change the real trees often only wants to try something.
enum RootSuggestion {
  /// The error with `--root` in its remedy, where a path may not be used that
  /// a root would move: of the policy, not of the command line.
  static func added(to error: ComposeError) -> ComposeError {
    guard error.kind == .permission, error.thing.hasPrefix("/"), !isRootGiven,
      !Invocation.names(error.thing.prefix { $0 != ":" }.description),
      !error.remedy.contains("--root")
    else { return error }
    return ComposeError(
      error.kind, error.thing, error.cause,
      remedy: error.remedy + "; or try it out in a directory of your own, with --root DIR",
      findings: error.findings)
  }

  private static var isRootGiven: Bool {
    Invocation.places.root != nil
  }
}
