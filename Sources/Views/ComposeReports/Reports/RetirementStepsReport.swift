package import ComposePlanning
import ReleaseModel

/// How to retire a package, step by step.
package struct RetirementStepsReport: Report, Encodable {
  let package: String
  let announcement: String
  @OrNull var spec: String?
  /// NVR of the build with the marker that users have.
  @OrNull var arrived: String?
  @OrNull var request: String?
  @OrNull var acknowledged: String?
  let isEarly: Bool

  /// - Parameter documents: the rendered templates of `steps`.
  package init(_ steps: RetirementSteps, documents: RetirementDocuments) {
    package = steps.package
    announcement = documents.announcement
    isEarly = steps.isEarly
    spec = documents.spec
    arrived = steps.arrived
    request = documents.request
    acknowledged = steps.acknowledged
  }

  /// The steps with numbers, each document quoted below its step.
  package func text(_ style: TextStyle) -> String {
    func quoted(_ text: String) -> String {
      text.trimmingEnd.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "   |\n" : "   | \($0)\n" }.joined()
    }
    guard let spec, let request else {
      return style.paint("Announce it to epel-devel", .heading) + "\n" + quoted(announcement)
    }
    return style.paint("1. Announce it to epel-devel", .heading) + "\n" + quoted(announcement)
      + "\n"
      + style.paint("2. Put the marker into %doc, and build it", .heading) + "\n" + quoted(spec)
      + "\n" + style.paint("3. Let that build reach updates", .heading) + "\n"
      + (arrived.map { "   Done: \($0) is there.\n" } ?? "   Not yet.\n") + "\n"
      + style.paint("4. Tell the release manager", .heading) + "\n" + quoted(request)
      + (acknowledged.map { "   Acknowledged by \($0).\n" } ?? "   Not acknowledged yet.\n")
  }
}
