import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import ReleaseModel

/// Where a push is announced, as the command line says.
struct PushAnnouncements {
  let text: String?
  let page: String?
  private let context: Context
  private let names: PageNames
  private let documents: ReleaseDocuments

  /// What a file must contain to be replaced: announcements of this program do.
  private static let textMark = ", push "
  private static let pageMark = "content=\"epel-compose\""

  init(text: String?, page: String?, _ context: Context, _ entry: PolicySet.Entry) {
    self.text = text
    self.page = page
    self.context = context
    names = PageNames(entry.policy)
    documents = ReleaseDocuments(library: context.templates(entry))
  }

  /// Throws what ``write(_:)`` would, while nothing has happened yet.
  func require() throws {
    if let text { try OutputFile.require(text, replacing: Self.textMark) }
    if let page { try OutputFile.require(page, replacing: Self.pageMark) }
    try documents.requirePushTemplates(text: text != nil, page: page != nil)
  }

  /// Nothing was pushed: an older announcement that may be there stays.
  func tellNone() {
    for path in [text, page].compactMap({ $0 }) {
      context.activity.note("nothing to announce: \(path) was not written")
    }
  }

  func write(_ plan: PushPlan) throws {
    let date = CalendarDate(secondsSince1970: context.time.now).description
    if let text {
      let announcement = try documents.pushAnnouncement(plan, names: names, date: date)
      try OutputFile.write(Array(announcement.utf8), to: text, replacing: Self.textMark)
      context.activity.note("saved \(text)")
    }
    if let page {
      let announcement = try documents.pushPage(plan, names: names, date: date)
      try OutputFile.write(Array(announcement.utf8), to: page, replacing: Self.pageMark)
      context.activity.note("saved \(page)")
    }
  }
}
