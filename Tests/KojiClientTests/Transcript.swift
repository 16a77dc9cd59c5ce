import ComposeTestSupport
import Foundation

/// A request and its reply as they went between a real hub and a client.
struct Transcript {
  let request: String
  let reply: String

  /// - Parameter name: how the file's name begins, such as `11`.
  init(_ name: String) throws {
    let directory = "\(Fixtures.checkout)/Tests/Fixtures/koji"
    let files = try FileManager.default.contentsOfDirectory(atPath: directory)
    guard let file = files.first(where: { $0.hasPrefix(name) }) else {
      throw Shell.Failure(description: "no transcript \(name)")
    }
    let text = try String(contentsOfFile: "\(directory)/\(file)", encoding: .utf8)
    let halves = text.components(separatedBy: "<<< ")
    request = Self.body(halves[0])
    reply = Self.body(halves.last ?? "")
  }

  private static func body(_ message: String) -> String {
    message.components(separatedBy: "\n\n").dropFirst().joined(separator: "\n\n")
      .trimmingCharacters(in: .whitespacesAndNewlines) + "\n"
  }
}
