import ComposeReports
import ComposeSite
import ReleaseModel

@testable import ComposePlanning

extension Sample {
  /// The pages of a plan, a push and a comparison, by their file names.
  static func standalonePages() throws -> [String: String] {
    let documents = ReleaseDocuments(library: TemplateLibrary(directories: [templates]))
    let names = PageNames(
      title: "Extra Packages for Enterprise Linux 7", shortTitle: "EPEL 7",
      home: "https://releases.example.org/epel-7/index.html")
    return [
      "plan.html": try documents.planPage(
        plan.plan, names: names, acknowledged: [], date: "2020-04-02"),
      "push.html": try documents.pushPage(push, names: names, date: "2020-04-02"),
      "diff.html": try documents.differencePage(difference, names: names, date: "2020-04-02"),
    ]
  }

  /// Two releases with something in each part of the page of what differs between them.
  private static var difference: ReleaseDifference {
    let order = VersionOrder {
      $0.version == $1.version ? 0 : $0.version < $1.version ? -1 : 1
    }
    func contents(_ rpms: [(name: String, version: String, package: String)]) -> ReleaseContents {
      ReleaseContents(
        listed: rpms.map { rpm in
          ReleaseContents.ListedRPM(
            nevra: NEVRA(
              name: rpm.name, evr: EVR(epoch: 0, version: rpm.version, rpmRelease: "1.el7"),
              arch: Architecture("x86_64")), package: rpm.package, bytes: 1_500_000)
        }, order: order)
    }
    let old = contents([
      ("alpha", "1.0", "alpha"), ("beta_lib", "2.0", "beta_lib"), ("gone", "1.0", "gone"),
      ("perl-Module-Name-That-Is-Long", "1.0.20190314", "perl-Module-Name-That-Is-Long"),
      ("split", "1.0", "split"), ("split-of-the-former-times", "1.0", "split"),
    ])
    let new = contents([
      ("alpha", "1.1", "alpha"), ("beta_lib", "1.0", "beta_lib"), ("novel", "1.0", "novel"),
      ("perl-Module-Name-That-Is-Long", "1.0.20200401", "perl-Module-Name-That-Is-Long"),
      ("split", "1.0", "split"), ("split-devel", "1.0", "split"), ("split-libs", "1.0", "split"),
    ])
    return ReleaseDifference(
      from: .init(
        release: plan.plan.previous ?? plan.plan.release, state: .superseded, tree: "a",
        contents: old), old,
      to: .init(release: plan.plan.release, state: .current, tree: "b", contents: new), new,
      retired: ["gone"], order: order)
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
