import ReleaseModel

// Values that keys of several sections have.

extension Policy {
  static let releasePlaceholders = ["release", "major", "minor", "month"]

  /// A template whose text is a safe relative path.
  static func path(
    _ node: PolicyNode, needing placeholder: String?, allowing allowed: [String]
  ) throws -> PathTemplate {
    let template = try template(node, allowing: allowed)
    guard RelativePath(template.description) != nil else {
      throw node.problem(
        "'\(template)' could lead out of its directory",
        remedy: "Write a relative path without '..' and without slashes at its ends")
    }
    if let placeholder, !template.placeholders.contains(placeholder) {
      throw node.problem(
        "'\(template)' lacks '{\(placeholder)}'", remedy: "Put '{\(placeholder)}' into it")
    }
    return template
  }

  static func template(_ node: PolicyNode, allowing allowed: [String]) throws -> PathTemplate {
    let text = try node.text()
    let template: PathTemplate
    do {
      template = try PathTemplate(text)
    } catch {
      throw node.problem(
        error.cause, remedy: "Use \(allowed.map { "{\($0)}" }.joined(separator: ", "))")
    }
    if let unknown = template.placeholders.first(where: { !allowed.contains($0) }) {
      throw node.problem(
        "'{\(unknown)}' has no value here",
        remedy: "Use \(allowed.map { "{\($0)}" }.joined(separator: ", "))")
    }
    return template
  }

  /// A file or directory that the policy names: absolute, or relative to it.
  static func filePath(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    let relative = text.hasPrefix("/") ? String(text.dropFirst()) : text
    guard RelativePath(relative) != nil else {
      throw node.problem("'\(text)' is not a plain path", remedy: "Write it without '..'")
    }
    return text
  }

  /// A directory or file that `--root` goes in front of.
  static func absolutePath(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    guard text.hasPrefix("/"), RelativePath(String(text.dropFirst())) != nil else {
      throw node.problem(
        "'\(text)' is not a plain absolute directory",
        remedy: "Write it from / on, without '..', '//' or a slash at the end")
    }
    return text
  }

  static func wait(_ node: PolicyNode?) throws -> WaitingTime? {
    guard let node else { return nil }
    guard let time = WaitingTime(try node.text()) else {
      throw node.problem(
        "'\(try node.text())' is not a time to wait", remedy: "Write '3 days' or '12 hours'")
    }
    return time
  }
}
