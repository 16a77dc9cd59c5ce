/// Whether documents can be made, before there is anything to tell in them.
extension ReleaseDocuments {
  private struct NoValues: Sendable {}

  /// Throws `noInput` where a template of a push is in none of the directories, `badData`
  /// where it is not valid.
  ///
  /// - Parameters:
  ///   - text: whether the text is wanted.
  ///   - page: whether the page is wanted.
  package func requirePushTemplates(text: Bool, page: Bool) throws {
    if text { _ = try library.render("push.txt", NoValues()) }
    if page { _ = try library.render("push.html", NoValues()) }
  }
}
