import ComposeTestSupport
import Foundation

/// Says which of many documents are no XML, by the parser of Python.
final class XMLJudge {
  private let scratch: TemporaryDirectory
  private var count = 0

  init() throws { scratch = try TemporaryDirectory() }

  func add(_ document: [UInt8], name: String) {
    try? Data(document).write(to: scratch.url.appending(path: "\(count).xml"))
    try? Data(name.utf8).write(to: scratch.url.appending(path: "\(count).name"))
    count += 1
  }

  /// Names of documents that are none, with the reason; empty where all are.
  func malformed() throws -> String {
    let program = """
      import sys, xml.dom.minidom as m
      for n in range(int(sys.argv[2])):
          p = f"{sys.argv[1]}/{n}"
          try: m.parse(p + ".xml")
          except Exception as e: print(open(p + ".name", "rb").read(), e)
      """
    return try Shell.run(Shell.python, ["-c", program, scratch.path, "\(count)"]).output
  }
}
