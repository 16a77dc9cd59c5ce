import ReleaseModel

extension SitePackage {
  /// Lines for a terminal: how users get it, and how they get the version that they had.
  ///
  /// - Parameter major: yum is the client of EL7 and before, dnf of all later ones.
  func commands(major: Int) -> [PackagePage.Command] {
    guard isOffered, let names = description?.subpackages.map(\.name), !names.isEmpty else {
      return []
    }
    let client = major < 8 ? "yum" : "dnf"
    let name = (names.contains(package) ? package : names[0]).shellWord
    var commands = [PackagePage.Command(purpose: "Install", line: "\(client) install \(name)")]
    // The one before is in the updates tree while the release serves.
    if let newest = newestServed,
      history.contains(where: {
        $0.kind != .retired && $0.nvr != newest.nvr && !$0.nvr.isEmpty
      })
    {
      commands.append(
        PackagePage.Command(
          purpose: "Back to the version before", line: "\(client) downgrade \(name)"))
    }
    return commands
  }

  /// What its packager is committed to, in a sentence; nil where nobody knows.
  var commitment: String? {
    guard let until = status.committedUntil else { return nil }
    let rule = status.rule.map { " (\($0))" } ?? ""
    if status.isCommitmentOver {
      let ended = "The commitment of its packager ended \(until)\(rule)"
      return switch state {
      case .live: "\(ended); it may retire with the next release."
      case .retiring: "\(ended); it leaves with the next release."
      case .retired, .blocked, .unknown: "\(ended)."
      }
    }
    let since = status.committedSince.map { "since \($0), and " } ?? ""
    return "Its packager is committed \(since)until \(until)\(rule)."
  }
}
