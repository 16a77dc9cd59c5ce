import ArgumentParser
import Digests
import Glibc
import MirrorlistServer
import ReleaseModel

/// The whole command line of the responder.
struct EpelMirrorlist: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epel-mirrorlist",
    abstract: "Tell clients of EPEL which mirrors have what they ask for.",
    discussion: """
      Answers /mirrorlist and /metalink from memory, over the files that MirrorManager writes \
      and the overlays that epel-compose writes. New files are taken over while it answers; \
      files that are damaged or have lost too much are not.

      Exit status: 0 done, 1 failed, 64 usage, 65 bad data, 66 input does not exist, \
      69 the address is taken or a file does not keep still, 74 I/O error, 77 permission.
      """,
    version: "0.1.0",
    subcommands: [ServeCommand.self, CheckCommand.self, AskCommand.self])

  /// Runs the command that the arguments name, and ends with its status.
  static func main() {
    do {
      try MessageDigest.requireAlgorithms()
      var command = try parseAsRoot()
      try command.run()
    } catch let error as ComposeError {
      ServerLog.write("\(error)")
      Glibc.exit(error.kind.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}
