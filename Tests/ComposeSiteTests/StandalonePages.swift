import ComposeReports
import ComposeSite
import ReleaseModel

@testable import ComposePlanning

extension Sample {
  /// The page of a plan and that of a push, by their file names.
  static func standalonePages() throws -> [String: String] {
    let documents = ReleaseDocuments(library: TemplateLibrary(directories: [templates]))
    let names = PageNames(
      title: "Extra Packages for Enterprise Linux 7", shortTitle: "EPEL 7",
      home: "https://releases.example.org/epel-7/index.html")
    return [
      "plan.html": try documents.planPage(plan.plan, names: names, acknowledged: []),
      "push.html": try documents.pushPage(push, names: names, date: "2020-04-02"),
    ]
  }

  /// A push with something in each part of its page.
  private static var push: PushPlan {
    PushPlan(
      stream: "epel-7", release: plan.plan.release, serial: 3, kind: .update,
      reason: "It broke logins", undoes: 2, buildSystem: "directory", allowUnsigned: false,
      updated: plan.plan.updated, added: plan.plan.added, retiring: plan.plan.retired,
      returning: [], unlisted: [], relisted: plan.plan.added, skipped: [], lifted: [], left: [],
      advisories: [], changes: ["groups: + logins"], refusals: [], warnings: [],
      steps: [], builds: [], revision: 1_500_000_000)
  }
}
