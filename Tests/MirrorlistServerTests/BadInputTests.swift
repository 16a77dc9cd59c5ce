import ComposeTestSupport
import Foundation
import MirrorlistTestSupport
import TestRandom
import Testing

/// Bad files while it serves: the old answers stay, and the reason is told.
@Suite struct BadInputTests {
  @Test func `what is bad is refused with its reason, and what was there answers on`() throws {
    let responder = try Responder(["--require", "epel-7+x86_64"])
    let good = responder.cache.nextBytes()
    let path = "\(responder.scratch.path)/cache.proto"
    let before = try responder.get(Responder.metalink + "&netblock=0").status
    #expect(before == 200)
    var refusals = 0
    func expectRefusal(_ reason: String, _ text: String, _ prepare: () throws -> Void) throws {
      try prepare()
      refusals += 1
      responder.process.signal(SIGHUP)
      try responder.process.waitFor("kept the cache of", count: refusals)
      let last = responder.process.messages.split(separator: "\n").last ?? ""
      #expect(text.isEmpty || last.contains(text), "\(last)")
      #expect(try responder.get(Responder.metalink).status == 200)
      #expect(
        try responder.get("/-/metrics").text.contains("refusals_total{reason=\"\(reason)\"}"))
    }
    var random = SeededRandom(state: 5)
    for _ in 0..<8 {
      let end = random.below(good.count)
      try expectRefusal("bad-file", "") { try responder.cache.put(Array(good[..<end])) }
    }
    try expectRefusal("bad-file", "lacks its field 1") { try responder.cache.put([]) }
    try expectRefusal("bad-file", "cache.proto") {
      try responder.cache.put((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 37) })
    }
    try expectRefusal("older", "seconds before the one in use") {
      var old = WireWriter()
      old.integer(1, 1_567_000_000)
      try responder.cache.put(old.bytes + good.dropFirst(6))
    }
    try expectRefusal("shrunk", "were 40") {
      var cache = GeneratedCache(.small, release: .newer).cache
      cache.repositories.removeLast(20)
      cache.time += 100
      try responder.cache.put(cache.bytes)
    }
    try expectRefusal("required", "epel-7+x86_64 has 0 mirrors") {
      var cache = GeneratedCache(.small, release: .newer).cache
      cache.redirects = []
      cache.time += 100
      try responder.cache.put(cache.bytes)
    }
    try expectRefusal("no-repository", "no repository") {
      var cache = MirrorCache()
      cache.time += 100_000
      try responder.cache.put(cache.bytes)
    }
    try expectRefusal("bad-file", "cannot be read") {
      try FileManager.default.removeItem(atPath: path)
    }
    try expectRefusal("bad-file", "it is not a file") {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
    try FileManager.default.removeItem(atPath: path)
    // Overwritten in place, and cut off while it is: nothing is mapped.
    try Data(good).write(to: URL(fileURLWithPath: path))
    try expectRefusal("bad-file", "") { truncate(path, 1000) }
    #expect(responder.process.messages.contains("swapped to") == false)
    try responder.swap()
    #expect(try responder.get(Responder.metalink).status == 200)
  }
}
