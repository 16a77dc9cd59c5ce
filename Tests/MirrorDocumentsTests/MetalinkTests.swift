import Foundation
import MirrorDocuments
import ReleaseModel
import Testing

@Suite struct MetalinkTests {
  private static let sha256 = String(repeating: "ab", count: 32)

  /// As MirrorManager answers, with another prefix of its own namespace where it is asked.
  private func document(prefix: String = "mm0", inner: String = "") -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <metalink version="3.0" xmlns="http://www.metalinker.org/" type="dynamic" \
    pubdate="Sun, 29 Nov 2026 01:58:57 GMT" generator="mirrormanager" \
    xmlns:\(prefix)="http://fedorahosted.org/mirrormanager">
     <files>
      <file name="other.xml"><size>1</size></file>
      <file name="repomd.xml">
       <\(prefix):timestamp>1567166399</\(prefix):timestamp>
       <size>4123</size>
       <verification>
        <hash type="md5">900150983cd24fb0d6963f7d28e17f72</hash>
        <hash type="sha256">\(Self.sha256.uppercased())</hash>
       </verification>
       <\(prefix):alternates>
        <\(prefix):alternate>
         <\(prefix):timestamp>1567000000</\(prefix):timestamp>
         <size>4000</size>
         <verification><hash type="sha256">\(String(repeating: "cd", count: 32))</hash></verification>
        </\(prefix):alternate>
        <\(prefix):alternate><size>3900</size></\(prefix):alternate>
       </\(prefix):alternates>
       <resources maxconnections="1">
        <url protocol="https" type="https" location="SE" preference="100">
          https://One.example.org/epel/repodata/repomd.xml?a=1&amp;b=2</url>
        <url protocol="rsync" type="rsync">rsync://one.example.org/epel/repodata/repomd.xml</url>
        <url protocol="http" \(prefix):private="True">http://two.example.org:8080/repomd.xml</url>
       </resources>\(inner)
      </file>
     </files>
    </metalink>
    """
  }

  @Test(arguments: ["mm0", "mm"])
  func `what MirrorManager answers is understood`(prefix: String) throws {
    let metalink = try Metalink(Array(document(prefix: prefix).utf8), from: "x")
    #expect(metalink.current.timestamp == 1_567_166_399)
    #expect(metalink.current.size == 4123)
    #expect(metalink.current.checksum?.hex == Self.sha256)
    #expect(metalink.alternates.map(\.size) == [4000, 3900])
    #expect(metalink.alternates.map(\.timestamp) == [1_567_000_000, nil])
    #expect(
      metalink.mirrors.map(\.url) == [
        "https://One.example.org/epel/repodata/repomd.xml?a=1&b=2",
        "rsync://one.example.org/epel/repodata/repomd.xml",
        "http://two.example.org:8080/repomd.xml",
      ])
    #expect(metalink.mirrors.map(\.method) == ["https", "rsync", "http"])
    // One host by two URLs, and one for its own network alone.
    #expect(metalink.listedHosts == 1)
  }

  @Test func `librepo goes by the prefix alone, and so does the reader`() throws {
    let text = document().replacing(
      " xmlns:mm0=\"http://fedorahosted.org/mirrormanager\"", with: "")
    // Without its declaration, a prefix is no namespace: libxml2 calls that not well formed
    // or goes on, by its version; both are an answer.
    if let metalink = try? Metalink(Array(text.utf8), from: "x") {
      #expect(metalink.current.timestamp == 1_567_166_399)
    }
  }

  @Test(arguments: [
    "", "not XML", "<metalink>", "<metalink/>", "<html><body>503</body></html>",
    "<metalink><files><file name=\"primary.xml\"/></files></metalink>",
    "<!DOCTYPE m [<!ENTITY a \"b\">]><metalink><files><file name=\"repomd.xml\"/></files></metalink>",
    "<!DOCTYPE m SYSTEM \"file:///etc/passwd\"><metalink><files><file name=\"repomd.xml\"/></files></metalink>",
    "<metalink><files><file name=\"repomd.xml\">&undeclared;</file></files></metalink>",
  ])
  func `everything else is refused`(text: String) throws {
    let error = try #require(throws: ComposeError.self) {
      try Metalink(Array(text.utf8), from: "x")
    }
    #expect(error.kind == .badData)
  }

  @Test func `depth and size have limits`() throws {
    let deep = String(repeating: "<a>", count: 5000) + String(repeating: "</a>", count: 5000)
    #expect(throws: ComposeError.self) {
      try Metalink(Array(document(inner: deep).utf8), from: "x")
    }
    let large = document() + String(repeating: " ", count: Metalink.limit)
    let error = try #require(throws: ComposeError.self) {
      try Metalink(Array(large.utf8), from: "x")
    }
    #expect(error.cause.contains("1 MiB"))
  }

  @Test func `numbers beyond all bounds are none`() throws {
    let text = document().replacing("1567166399", with: "99999999999999999999")
      .replacing("4123", with: "-1")
    let metalink = try Metalink(Array(text.utf8), from: "x")
    #expect(metalink.current.timestamp == nil)
    #expect(metalink.current.size == nil)
  }
}
