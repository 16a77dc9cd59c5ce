import ReleaseModel
import Testing

@Suite struct PasswordTests {
  @Test(arguments: [
    ("https://user:pass@example.org/x", "https://***@example.org/x"),
    ("asking http://token@127.0.0.1:80: no", "asking http://***@127.0.0.1:80: no"),
    ("(http://a:b%40c@h) and https://d:e@i/", "(http://***@h) and https://***@i/"),
    ("http://a:b@c@h/", "http://***@h/"), ("https://example.org/a@b", "https://example.org/a@b"),
    ("https://example.org/?mail=a@b", "https://example.org/?mail=a@b"),
    ("ann@example.org", "ann@example.org"),
    ("?session-id=1&session-key=1-ab%2Fc&callnum=2", "?session-id=1&session-key=***&callnum=2"),
  ])
  func `what stands before the host is left out, and nothing else`(text: String, shown: String) {
    #expect(text.withoutPassword == shown)
  }

  @Test func `errors and findings quote no password`() {
    let url = "http://user:pass@example.org"
    let finding = Finding(code: "c", message: "at \(url)", remedy: "try \(url)")
    let error = ComposeError(.failed, url, "at \(url)", remedy: url, findings: [finding])
    #expect(!"\(error) \(finding)".contains("pass@"))
    #expect(error.thing == "http://***@example.org")
  }
}
