import Foundation

/// The policy of a test stream with an area for what waits to become stable.
package enum TestingArea {
  /// `text`, a policy of EPEL 7 or 10, with the area, and the tag for it.
  ///
  /// - Parameter isLinked: whether a link leads testers to the leading release.
  package static func added(to text: String, isLinked: Bool = false) -> String {
    let major = text.contains("major: 10") ? "10" : "7"
    let link = "  testing/\(major): \"{release}\"\n"
    return text.replacing(
      "    begins: release\n",
      with: "    begins: release\n  testing:\n    path: testing/{release}\n"
    ).replacing(/liveTag: .*/) { "\($0.output)\n  testingTag: epel\(major)-testing" }
      .replacing("\nlinks:\n", with: "\nlinks:\n" + (isLinked ? link : ""))
  }
}
