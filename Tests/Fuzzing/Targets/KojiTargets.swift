import ComposeTestSupport
import Foundation
import KojiClient
import ReleaseModel

/// Replies of a hub, in pieces as the network brings them.
struct XMLRPCTarget: FuzzTarget {
  static let name = "xml-rpc"
  static let words = [
    "<value>", "</value>", "<array><data>", "</data></array>", "<struct>", "<member>", "<int>",
    "<double>", "<nil/>", "<fault>", "&#x10FFFF;", "&#0;", "&#x110000;", "<!-- -->", "<i8>",
  ]

  init() {}

  func seeds() throws -> [[UInt8]] {
    // The bodies of what real hubs answered.
    let directory = "\(Fixtures.checkout)/Tests/Fixtures/koji"
    return try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
      .flatMap { name -> [[UInt8]] in
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)"))
        let text = String(decoding: data, as: UTF8.self)
        return text.matches(of: /<\?xml(?:(?!<\?xml).)*<\/methodResponse>/.dotMatchesNewlines())
          .map { Array(String($0.output).utf8) }.filter { $0.count < 8192 }
      }
  }

  func run(_ input: [UInt8]) throws {
    for depth in [nil, 1, 2] {
      var rows: [XMLRPCValue] = []
      var reader = XMLRPCReader(rowDepth: depth) { _, value in rows.append(value) }
      for start in stride(from: 0, to: input.count, by: 61) {
        try input[start..<min(start + 61, input.count)].withUnsafeBytes { try reader.feed($0) }
      }
      switch try reader.finish() {
      case .value(let value): rows.append(value)
      case .fault(let fault): _ = (fault.summary, fault.neededRight, fault.isPassing)
      }
      for row in rows { _ = (row.seconds, row["ts"].seconds, row.integer) }
    }
  }
}

/// Configuration files of the koji command.
struct KojiProfileTarget: FuzzTarget {
  static let name = "koji-profile"
  static let words = [
    "[koji]", "[DEFAULT]", "%(server)s", "%(cert)s%(cert)s", "%%", "\n ", "=", ":",
  ]
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func seeds() throws -> [[UInt8]] {
    [
      Array(
        """
        [DEFAULT]
        top = /srv
        [koji]
        server = https://hub.example.com/kojihub
        cert = %(top)s/client.pem
        serverca = %(top)s/ca.pem
        authtype = ssl
         ignored
        # comment
        principal: a@EXAMPLE
        """.utf8)
    ]
  }

  func run(_ input: [UInt8]) throws {
    try scratch.write(input, as: "koji.conf")
    _ = try KojiProfile(named: "koji", home: "\(scratch.path)/none", system: scratch.path)
  }
}
