import ReleaseModel

extension MirrorPolicy {
  /// What is valid, but worth a second look.
  ///
  /// - Parameter roots: those of the same policy.
  func concerns(roots: Policy.Roots) -> [Finding] {
    var concerns: [Finding] = []
    for module in modules {
      let last = module.path.split(separator: "/").last ?? ""
      if last != module.name.description {
        concerns.append(
          Finding(
            code: "module-name",
            message: "the module '\(module.name)' is the directory '\(module.path)': mirrors that "
              + "work by lists take one name for the other",
            remedy: "Give module and directory one name, or tell the mirrors"))
      }
    }
    if !modules.contains(where: { $0.holds(roots.archive) }) {
      concerns.append(
        Finding(
          code: "archive-in-no-module",
          message:
            "'roots.archive' (\(roots.archive)) is in no module of 'mirrors.modules': mirrors "
            + "would fetch again what is archived",
          remedy: "Name its module as well: hard links are seen only in lists of one publication"))
    }
    if let module = modules.first(where: { $0.holds(lock) }) {
      concerns.append(
        Finding(
          code: "lock-in-module",
          message: "'mirrors.lock' (\(lock)) is in the module '\(module.name)': mirrors copy it, "
            + "and lists name it",
          remedy: "Put it where no mirror looks, such as below 'roots.state'"))
    }
    let below =
      manager.directory.hasPrefix("pub/")
      ? String(manager.directory.dropFirst(4)) : manager.directory
    if !manager.archive.hasSuffix("/\(below)") {
      concerns.append(
        Finding(
          code: "archive-not-found",
          message: "'mirrors.manager.archive' (\(manager.archive)) does not end with '/\(below)': "
            + "MirrorManager's move-to-archive would not find archived trees",
          remedy: "Archive below a directory that ends so, or correct the name"))
    }
    return concerns
  }
}
