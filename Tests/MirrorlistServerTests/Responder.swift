import ComposeTestSupport
import Foundation
import MirrorlistTestSupport

/// A responder over a cache that can be swapped, with what is needed around it.
struct Responder {
  let scratch: TemporaryDirectory
  let cache: SwappingCache
  let process: ResponderProcess
  let port: UInt16

  init(_ options: [String] = []) throws {
    scratch = try TemporaryDirectory()
    cache = try SwappingCache(in: scratch.path)
    process = try ResponderProcess(
      cache.options + ["--listen", "127.0.0.1:0"] + options, log: scratch.path("log"))
    port = try process.port()
  }

  /// Puts the next cache there, and waits until it answers.
  func swap() throws {
    let before = process.messages.components(separatedBy: "swapped to").count - 1
    try cache.next()
    process.signal(SIGHUP)
    try process.waitFor("swapped to", count: before + 1)
  }

  func get(_ target: String, headers: [String] = []) throws -> PlainClient.Response {
    try PlainClient(port: port).get(target, headers: headers)
  }

  static let metalink = "/metalink?repo=epel-7&arch=x86_64"

  /// How much a test does: `make test-mirrorlist` asks for far more than the suite.
  static let requests =
    ProcessInfo.processInfo.environment["EPEL_MIRRORLIST_REQUESTS"].flatMap { Int($0) } ?? 0
}
