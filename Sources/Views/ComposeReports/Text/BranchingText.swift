import ReleaseModel

/// Tags and targets of a minor release that is branched, and of the one before.
enum BranchingText {
  /// Two tables; empty where nothing is branched, or no hub was asked.
  static func section(_ branching: Branching?, in style: TextStyle) -> String {
    guard let branching, !branching.tags.isEmpty else { return "" }
    var tags = TextTable(["release", "tag", "for", "packages"])
    for tag in branching.tags {
      tags.add([
        tag.release.description, tag.tag, tag.role.rawValue,
        tag.packages.map(\.grouped) ?? "there is no such tag",
      ])
    }
    var text = style.paint("Tags", .heading) + "\n" + tags.text(style) + "\n"
    guard !branching.targets.isEmpty else { return text }
    var targets = TextTable(["target", "builds in", "then in"])
    for target in branching.targets {
      targets.add([target.name, target.buildTag, target.destinationTag])
    }
    text += style.paint("Targets", .heading) + "\n" + targets.text(style) + "\n"
    return text
  }
}
