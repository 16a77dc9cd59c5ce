import Foundation
import ReleaseModel

/// One page of a list of updates, as Bodhi sends it.
///
/// Only what every version of Bodhi sends is required, and keys that are not
/// here are ignored.
struct BodhiReply: Decodable {
  let updates: [BodhiUpdate]
  let page: Int
  /// 0 for an empty list.
  let pages: Int
  /// Updates on all pages.
  let total: Int

  /// Decodes the body of a reply.
  ///
  /// - Parameters:
  ///   - source: server, release and page, for messages.
  ///   - server: its URL.
  init(_ body: [UInt8], from source: String, server: String) throws {
    // Proxies answer with pages of their own, and with status 200 as well.
    if Self.isWebPage(body) {
      throw ComposeError(
        .unavailable, source, "it is a web page, not an answer of Bodhi",
        remedy: "Open \(server.sanitizedForDisplay) to see what it says, then run the command again"
      )
    }
    do {
      self = try JSONDecoder().decode(BodhiReply.self, from: Data(body))
    } catch let error as DecodingError {
      if let failure = try? JSONDecoder().decode(BodhiFailure.self, from: Data(body)) {
        throw ComposeError(
          .unavailable, source, failure.cause,
          remedy: "Correct the name of the release if it is that, or run the command again later")
      }
      throw ComposeError(
        .badData, source, error.bodhiCause,
        remedy: "Check that the URL is that of a Bodhi server, then run the command again")
    }
  }

  private static func isWebPage(_ body: [UInt8]) -> Bool {
    body.first { ![0x20, 0x9, 0xA, 0xD, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "<")
  }
}

/// What Bodhi sends instead, of any status: a list of errors.
private struct BodhiFailure: Decodable {
  let errors: [Cause]

  struct Cause: Decodable {
    let name: String?
    let description: String?
  }

  /// One line. Bodhi tells the text of database errors as well, which is long.
  var cause: String {
    let causes = errors.map { $0.description ?? $0.name ?? "no reason given" }
    let text = causes.isEmpty ? "no reason given" : causes.joined(separator: "; ")
    return "Bodhi reports an error: \(text.mendedLine.prefix(300))".sanitizedForDisplay
  }
}

extension DecodingError {
  /// What is wrong with a reply, with the path to it.
  fileprivate var bodhiCause: String {
    func path(_ context: Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = context.codingPath + (last.map { [$0] } ?? [])
      let text = keys.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }
        .joined()
      return text.isEmpty
        ? "the answer" : "'\(text.hasPrefix(".") ? String(text.dropFirst()) : text)'"
    }
    return switch self {
    case .keyNotFound(let key, let context): "\(path(context, key)) is missing"
    case .valueNotFound(_, let context): "\(path(context)) is null"
    case .typeMismatch(_, let context): "\(path(context)) is not of the type that Bodhi gives it"
    default: "it is not JSON"
    }
  }
}
