import ReleaseModel

extension SitePackage {
  /// Lines for a terminal: how users get it, and how they get the version that they had.
  ///
  /// - Parameter major: yum is the client of EL7 and before, dnf of all later ones.
  func commands(major: Int) -> [PackagePage.Command] {
    let subpackages = description?.subpackages ?? []
    guard isOffered,
      let main = subpackages.first(where: { $0.name == package }) ?? subpackages.first
    else { return [] }
    let client = major < 8 ? "yum" : "dnf"
    let name = main.name.shellWord
    var commands = [PackagePage.Command(purpose: "Install", line: "\(client) install \(name)")]
    // Clients go back to what the trees of the current release list; what earlier
    // releases had is in none of their repositories.
    if main.hasOlderVersion {
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
