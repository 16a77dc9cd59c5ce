/// The preview of a stream's next release.
struct NextPage: Sendable {
  let frame: PageFrame
  let title: String
  let plan: PlanRows?

  init(_ stream: StreamSite) {
    let plan = stream.contents.plan
    title = stream.contents.title
    frame = PageFrame(
      title: plan.map { "Next release of \(stream.contents.title): \($0.release)" }
        ?? "Next release of \(stream.contents.title)",
      stream: stream, here: .next, data: "next.json")
    self.plan = plan.map { PlanRows($0) { stream.name($0) } }
  }
}
