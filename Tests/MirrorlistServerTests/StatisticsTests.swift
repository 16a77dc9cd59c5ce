import ComposeTestSupport
import Foundation
import MirrorlistTestSupport
import Testing

/// The lines about who asked for what.
@Suite struct StatisticsTests {
  @Test func `a line a request, as it was asked, and a new file on SIGHUP`() throws {
    let scratch = try TemporaryDirectory()
    let file = scratch.path("statistics")
    let responder = try Responder(["--statistics", file])
    _ = try responder.get("/metalink?repo=epel-7&arch=x86_64&ip=192.0.2.9")
    _ = try responder.get("/mirrorlist?repo=epel-7&arch=x86_64", headers: ["X-Forwarded-For: ::1"])
    _ = try responder.get("/mirrorlist?repo=nothing&arch=x86_64")
    func lines() -> [String] {
      ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(separator: "\n").map {
        String($0.replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}/, with: "YYYY-MM-DD"))
      }
    }
    #expect(RunningProgram.wait { lines().count == 2 })
    #expect(
      lines() == [
        "IP: 192.0.2.9; DATE: YYYY-MM-DD; COUNTRY: SE; REPO: epel-7; ARCH: x86_64",
        "IP: ::1; DATE: YYYY-MM-DD; COUNTRY: N/A; REPO: epel-7; ARCH: x86_64",
      ])
    #expect(rename(file, file + ".1") == 0)
    responder.process.signal(SIGHUP)
    #expect(
      RunningProgram.wait {
        _ = try? responder.get(Responder.metalink)
        return !lines().isEmpty
      })
    responder.process.signal(SIGTERM)
    #expect(responder.process.wait() == 0)
  }

  @Test func `a full disk costs lines, which are counted, and no request`() throws {
    let responder = try Responder(["--statistics", "/dev/full"])
    for _ in 0..<20 { #expect(try responder.get(Responder.metalink).status == 200) }
    #expect(
      RunningProgram.wait {
        (try? responder.get("/-/metrics").text.contains("statistics_dropped_total 20\n")) ?? false
      })
    #expect(responder.process.messages.components(separatedBy: "are lost").count == 2)
  }

  @Test func `a reader that reads nothing holds up nobody, not even the end`() throws {
    let scratch = try TemporaryDirectory()
    let pipe = scratch.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let responder = try Responder(["--statistics", pipe])
    for _ in 0..<50 { #expect(try responder.get(Responder.metalink).status == 200) }
    responder.process.signal(SIGTERM)
    #expect(responder.process.wait() == 0)
  }
}
