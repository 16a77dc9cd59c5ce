package import ReleaseModel

extension Policy {
  /// What is valid, but worth a second look.
  package var concerns: [Finding] {
    var concerns: [Finding] = []
    // Those with moments of their own are meant to lead elsewhere.
    let moving = links.filter { $0.moves && $0.rule == .leading }
    if moving.count > 1 {
      concerns.append(
        Finding(
          code: "several-moving-links",
          message: "\(moving.map(\.path.description).joined(separator: " and ")) move one after "
            + "the other: for an instant a reader can see a mixed pair",
          remedy: "Let one link move, and point the others to it"))
    }
    if gate.signing.keyFiles.isEmpty {
      concerns.append(
        Finding(
          code: "no-signing-keys",
          message: "no key is trusted: every compose needs --allow-unsigned",
          remedy: "Name the public keys in signing.keys"))
    }
    let silenced = CheckName.allCases.filter { gate.level(of: $0) == .off }
    if !silenced.isEmpty {
      concerns.append(
        Finding(
          code: "checks-off",
          message: "these checks never run: \(silenced.map(\.rawValue).joined(separator: ", "))",
          remedy: "Let them warn at least"))
    }
    if gate.base.isEmpty, gate.level(of: .closure) != .off {
      concerns.append(
        Finding(
          code: "no-base",
          message: "no base: the check of the closure takes for granted what no release of the "
            + "stream ever provided",
          remedy: "Name the repositories that users have as well in 'base'"))
    }
    if calendar.isEmpty {
      concerns.append(
        Finding(
          code: "no-calendar", message: "lifetimes end by months alone",
          remedy: "Add the dates of the minor releases to 'calendar'"))
    }
    if let mirrors { concerns += mirrors.concerns(roots: roots) }
    return concerns
  }
}
