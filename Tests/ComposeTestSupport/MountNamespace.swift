import Foundation
import Glibc

/// Mounts that nobody else sees, and that go away with the object.
package final class MountNamespace {
  private let holder: Process

  /// Whether this machine lets the tests have one.
  package static let isAvailable: Bool =
    getuid() == 0 && Shell.has("nsenter")
    && (try? Shell.run("unshare", ["--mount", "true"]))?.status == 0

  package init() throws {
    holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = ["unshare", "--mount", "--propagation", "private", "sleep", "300"]
    holder.standardInput = FileHandle.nullDevice
    try holder.run()
    // It is ready once it sleeps: before, nsenter would meet our own mounts.
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/mnt")
    let path = "/proc/\(holder.processIdentifier)/ns/mnt"
    let isReady = RunningProgram.wait {
      let theirs = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
      return theirs != nil && theirs != own
    }
    guard isReady else { throw Shell.Failure(description: "unshare does not start") }
  }

  deinit { kill(holder.processIdentifier, SIGKILL) }

  /// Where `path` of the namespace is to be seen from outside.
  package func outside(_ path: String) -> String {
    "/proc/\(holder.processIdentifier)/root\(path)"
  }

  /// `program` with its arguments, as a command line that runs it in there.
  package func entering(_ program: String, _ arguments: [String]) -> [String] {
    ["nsenter", "--target", "\(holder.processIdentifier)", "--mount", program] + arguments
  }

  /// Runs `mount ARGUMENTS` in there.
  package func mount(_ arguments: [String]) throws { try run("mount", arguments) }

  package func unmount(_ path: String) throws { try run("umount", [path]) }

  private func run(_ program: String, _ arguments: [String]) throws {
    try Shell.check("/usr/bin/env", entering(program, arguments))
  }
}
