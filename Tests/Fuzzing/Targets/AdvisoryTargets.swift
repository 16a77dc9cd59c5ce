import Advisories
import ComposeTestSupport
import Foundation
import ReleaseModel

/// Pages of Bodhi: whatever is asked, the same answer comes.
struct BodhiTarget: FuzzTarget {
  static let name = "bodhi"
  static let words = ["null", "{}", "[]", "\"alias\": ", "2019-02-29 25:00:00", "\\ud800", "[[[["]

  init() {}

  func seeds() throws -> [[UInt8]] {
    let directory = "\(Fixtures.checkout)/Tests/Fixtures/bodhi"
    return try ["page-1.json", "empty.json", "unknown-release.json"].map {
      Array(try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\($0)")))
    }
  }

  func run(_ input: [UInt8]) throws {
    _ = try BodhiAdvisories(server: "https://bodhi.example.com", fetching: Page(body: input))
      .advisories(ofReleases: ["EPEL-7"])
  }

  private struct Page: AdvisoryFetching {
    let body: [UInt8]

    func get(_ path: String, query: [(String, String)]) -> [UInt8] { body }
  }
}

/// A file of advisories.
struct AdvisoryTarget: FuzzTarget {
  static let name = "advisory"
  static let words = [
    "*a", "&a ", "<<: ", "? ", "- ", "[", "{", "\\ud83d\\ude00", "\\ud800", "|\n", "\n---\n",
    "2024-02-30", "!!binary ",
  ]
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func seeds() throws -> [[UInt8]] {
    [
      Array(
        """
        - id: EPEL-2024-1
          type: security
          severity: important
          title: An update of beta
          description: |
            It mends something.
          issued: 2024-02-29 16:04:00
          updated: 2024-03-01
          builds: [beta-1.0-1.el7]
          bugs: [2271001, {id: 2271002, title: A bug, url: "https://example.com/2"}]
          cves: [CVE-2024-31234]
          references: ["https://example.com/3", {id: a, title: "b\\U0001F600", url: "https://e.org"}]
          suggest: reboot
        """.utf8)
    ]
  }

  func run(_ input: [UInt8]) throws {
    try scratch.write(input, as: "advisories.yaml")
    _ = try AdvisoryDirectory(directory: scratch.path)
  }
}
