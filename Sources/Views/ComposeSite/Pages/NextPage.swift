import ComposeReports

/// The preview of a stream's next release.
struct NextPage: Sendable {
  let frame: PageFrame
  let plan: PlanPage?

  init(_ stream: StreamSite) {
    let contents = stream.contents
    let next = contents.plan
    frame = PageFrame(
      title: next.map { "Plan of \($0.release) · \(contents.shortTitle)" }
        ?? "Next release · \(contents.shortTitle)",
      stream: stream, here: .next, data: "next.json")
    let names = PageNames(title: contents.title, shortTitle: contents.shortTitle)
    plan = next.map { next in
      PlanPage(
        next.plan, names: names, acknowledged: next.acknowledged, asOf: contents.asOf
      ) { stream.name($0) }
    }
  }
}
