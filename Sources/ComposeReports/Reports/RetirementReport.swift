package import ComposePlanning
import ReleaseModel

/// State and lifetime of packages.
package struct RetirementReport: Report, Encodable {
  package let major: Int
  package let packages: [PackageStatus]

  package init(major: Int, packages: [PackageStatus]) {
    self.major = major
    self.packages = packages
  }

  package func text(_ style: TextStyle) -> String {
    guard !packages.isEmpty else { return "No package is known yet.\n" }
    var table = TextTable(["package", "state", "since", "committed until", "last tree"])
    for status in packages {
      table.add([
        status.package, status.state.rawValue, status.since ?? "-", status.committedUntil ?? "-",
        status.lastTree ?? "-",
      ])
    }
    var text = table.text(style)
    for status in packages {
      if let contradiction = status.contradiction {
        text += "\n" + "! \(contradiction)".indented("  ", to: style.width)
      }
      guard let words = status.text, !words.isEmpty else { continue }
      text += "\n" + "\(status.package) (\(status.marker ?? ""))".indented("  ", to: style.width)
      text += words.trimmingEnd.indented("    | ", to: style.width)
    }
    return text
  }
}
