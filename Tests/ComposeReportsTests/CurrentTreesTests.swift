import ComposeReports
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// Maps of links for web servers that do not know them.
@Suite(.waiting) struct CurrentTreesTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    // Servers give up the rights of root.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: scratch.path)
  }

  private func documents(
    leadingTo tree: String?, links: [String] = ["releases/7", "updates/7"],
    publicPath: String = "/pub/epel"
  ) throws -> [String: String] {
    let trees = CurrentTrees(
      stream: "epel-7", publicPath: publicPath, map: scratch.path("epel-7-current.txt"),
      links: try links.map { .init(path: try .of($0), tree: try tree.map(RelativePath.of)) })
    let documents = try ReleaseDocuments(
      library: TemplateLibrary(directories: ["\(Fixtures.checkout)/Templates"])
    ).current(trees)
    for document in documents {
      try scratch.write(document.text, to: "epel-7-\(document.fileName)")
    }
    return Dictionary(documents.map { ($0.fileName, $0.text) }) { first, _ in first }
  }

  @Test func `maps say where links lead`() throws {
    let documents = try documents(leadingTo: "updates/7.07.201908")
    #expect(
      documents["current.txt"]
        == "releases/7 updates/7.07.201908\nupdates/7 updates/7.07.201908\n")
    #expect(
      documents.keys.sorted() == ["current.apache.conf", "current.nginx.conf", "current.txt"])
    let before = try self.documents(leadingTo: nil)
    #expect(before["current.txt"] == "")
    // What uses the map is the same all the time.
    #expect(before["current.apache.conf"] == documents["current.apache.conf"])
  }

  @Test(arguments: ["a b", "a$b", "a#b", "é", "a\"b"])
  func `what cannot stand in a map is refused`(name: String) throws {
    let link = try #require(throws: ComposeError.self) {
      try documents(leadingTo: "updates/7.07.201908", links: [name])
    }
    #expect(link.kind == .badData)
    #expect(throws: ComposeError.self) { try documents(leadingTo: name) }
  }

  /// Two trees, and no link to them.
  private func trees(below publicPath: String) throws {
    for release in ["7.06.201903", "7.07.201908"] {
      try scratch.write(
        release, to: "root\(publicPath)/updates/\(release)/Everything/x86_64/repodata/repomd.xml")
      try scratch.write("rpm", to: "root\(publicPath)/updates/\(release)/Packages/a b+c%.rpm")
    }
  }

  @Test(arguments: WebServerProgram.Kind.allCases, ["/pub/epel", "/a.b+(c)"])
  func `a real server follows them`(kind: WebServerProgram.Kind, publicPath: String) throws {
    guard kind.isAvailable else {
      print("\(kind) is not installed: its map is not tried")
      return
    }
    try trees(below: publicPath)
    _ = try documents(leadingTo: "updates/7.07.201908", publicPath: publicPath)
    let name = "epel_7_current"
    let server = try WebServerProgram(
      kind, serving: scratch.path("root"),
      including: scratch.path("epel-7-current.\(kind.rawValue).conf"),
      server: "if ($\(name)) { rewrite ^ $\(name) last; }")
    let index = "Everything/x86_64/repodata/repomd.xml"
    for link in ["releases/7", "updates/7"] {
      let found = try server.get("\(publicPath)/\(link)/\(index)")
      #expect(found.status == 200 && found.body == "7.07.201908", "\(link): \(found)")
      let odd = try server.get("\(publicPath)/\(link)/Packages/a%20b%2Bc%25.rpm")
      #expect(odd.status == 200 && odd.body == "rpm", "\(link): \(odd)")
    }
    // A tree by its own name is no link, and neither is a name that only begins like one.
    #expect(try server.get("\(publicPath)/updates/7.06.201903/\(index)").body == "7.06.201903")
    #expect(try server.get("\(publicPath)/updates/70/\(index)").status == 404)
    #expect(try server.get("/x\(publicPath)/updates/7/\(index)").status == 404)
    #expect(try server.get("\(publicPath)/updates/7/nothing").status == 404)
    if kind == .apache {
      // Its map is read anew without a reload.
      _ = try documents(leadingTo: "updates/7.06.201903", publicPath: publicPath)
      #expect(
        RunningProgram.wait(seconds: 20) {
          (try? server.get("\(publicPath)/updates/7/\(index)").body) == "7.06.201903"
        })
    }
  }
}
