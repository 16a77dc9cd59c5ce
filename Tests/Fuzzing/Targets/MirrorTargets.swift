import Digests
import MirrorDocuments
import ReleaseModel

/// The answer of a metalink server.
struct MetalinkTarget: FuzzTarget {
  static let name = "metalink"
  static let words = [
    "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&#0;", "<![CDATA[", "]]>", "mm0:", "xmlns:mm0=\"",
    "<a><a><a><a>", "encoding=\"UTF-16\"", "<?", "\u{FEFF}", "99999999999999999999",
  ]

  init() {}

  func seeds() throws -> [[UInt8]] {
    [
      Array(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <metalink version="3.0" xmlns="http://www.metalinker.org/" xmlns:mm0="http://fedorahosted.org/mirrormanager">
         <files>
          <file name="repomd.xml">
           <mm0:timestamp>1567166399</mm0:timestamp>
           <size>4123</size>
           <verification><hash type="sha256">\(String(repeating: "ab", count: 32))</hash></verification>
           <mm0:alternates>
            <mm0:alternate><mm0:timestamp>1567000000</mm0:timestamp><size>4000</size></mm0:alternate>
           </mm0:alternates>
           <resources maxconnections="1">
            <url protocol="https" location="SE" mm0:private="True">https://u@a.example.org/?b&amp;c</url>
           </resources>
          </file>
         </files>
        </metalink>
        """.utf8)
    ]
  }

  func run(_ input: [UInt8]) throws {
    let metalink = try Metalink(input, from: "fuzz")
    _ = metalink.listedHosts
    _ = metalink.mirrors.map(\.repositoryURL)
  }
}

/// What a stream tells programs that answer clients, its end made to fit: else nothing
/// behind that would be read.
struct OverlayTarget: FuzzTarget {
  static let name = "overlay"
  static let words = [
    "\t", "redirect\t", "link\t", "repomd\t", "archived\t", "ended\tname\t", "ended\tpath\t", "../",
    "-1", "\nend\t",
  ]

  init() {}

  func seeds() throws -> [[UInt8]] {
    let digests = try FileDigests(of: [])
    let overlay = Overlay(
      stream: "epel-7", time: 1_567_166_400,
      redirects: [.init(client: "epel-7", release: "epel-7.07.201908")],
      links: [.init(path: try .of("pub/epel/updates/7"), target: try .of("pub/epel/updates/7.07"))],
      indexes: [
        .init(
          directory: try .of("pub/epel/updates/7.07/repodata"), timestamp: 1, size: 0,
          digests: digests)
      ],
      archived: [.init(path: try .of("pub/epel/a"), archive: try .of("pub/archives/epel/a"))])
    let ended = Overlay(
      stream: "epel-6", time: 1_567_166_400, redirects: [], links: [], indexes: [],
      archived: overlay.archived,
      ended: [
        .init(.name("epel-6"), text: "EPEL 6 ended"),
        .init(.path(try .of("pub/epel/updates/6")), text: "EPEL 6 ended"),
      ])
    return [overlay.bytes, ended.bytes]
  }

  func run(_ input: [UInt8]) throws {
    let newline = UInt8(ascii: "\n")
    var lines = input.split(separator: newline, omittingEmptySubsequences: false)
    // What follows the last newline is no line.
    if lines.last?.isEmpty == true { lines.removeLast() }
    let body = lines.filter { !$0.starts(with: Array("end\t".utf8)) }
      .flatMap { Array($0) + [newline] }
    let end = Array("end\t\(Checksum(of: body))\n".utf8)
    _ = try? Overlay(input, from: "fuzz")
    let overlay = try Overlay(body + end, from: "fuzz")
    // What was read is written in one form, and read as the same.
    let again = try Overlay(overlay.bytes, from: "fuzz")
    precondition(again.bytes == overlay.bytes)
  }
}

/// Which repomd.xml were published.
struct IndexHistoryTarget: FuzzTarget {
  static let name = "indexes"
  static let words = ["\t", "epel-compose indexes 1", "-99999999999999999999", "../"]

  init() {}

  func seeds() throws -> [[UInt8]] {
    let hex = String(repeating: "ab", count: 32)
    return [Array("epel-compose indexes 1\n1567166400\t\(hex)\tpub/epel/a/repodata\n".utf8)]
  }

  func run(_ input: [UInt8]) throws {
    var history = try IndexHistory(input, from: "fuzz")
    history.note([], now: 0)
    _ = history.bytes
  }
}

/// What the archive says of ends of life.
struct EndsTarget: FuzzTarget {
  static let name = "ends"
  static let words = [
    "\"subject\"", "null", "\"2024-06-30\"", "-99999999999999999999", "\"7.07.201908\"",
  ]

  init() {}

  func seeds() throws -> [[UInt8]] {
    let release = try ReleaseID("7.07.201908")
    let day = CalendarDate(secondsSince1970: 1_719_705_600)
    let done = EndOfLife.Done(release: release, at: 1_719_705_600, isClosed: true)
    return [
      try EndsDocument(
        stream: "epel-7",
        ends: [
          EndOfLife(subject: nil, day: day, decided: 1_719_705_600, done: done),
          EndOfLife(subject: release, day: day, decided: 1_719_705_600, done: done),
        ]
      ).bytes()
    ]
  }

  func run(_ input: [UInt8]) throws {
    guard let document = EndsDocument(input) else { return }
    // What was read is written in one form, and read as the same.
    let again = try EndsDocument(document.bytes())
    precondition(again == document)
  }
}
