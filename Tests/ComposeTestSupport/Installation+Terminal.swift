import Foundation
package import Testing

/// The program at a terminal of its own, as wide as a test wants it. It is told its places
/// relative to its directory: how lines are broken must not depend on where that is.
extension Installation {
  /// What a terminal of `columns` columns shows of a command, and its exit status.
  ///
  /// - Parameter pager: a program that the results are piped into; nil for none.
  package func atTerminal(
    _ arguments: [String], columns: Int, pager: String? = nil
  ) throws -> Shell.Outcome {
    let places = [
      "--root", "root", "--policies", URL(filePath: policies).lastPathComponent, "--cache", "cache",
      "--color", "never", "--no-progress",
    ]
    let command =
      pager.map { ["sh", "-c", "\"$@\" | \($0)", "sh", Self.program] } ?? [Self.program]
    return try Shell.run(
      Shell.python,
      ["-c", Self.terminal, "\(columns)"] + command + arguments
        + (arguments.first?.hasPrefix("help") == true ? [] : places),
      environment: ["TZ": "UTC", "TERM": "dumb", "COLUMNS": "", "PATH": "/usr/bin:/bin"],
      directory: scratch.url)
  }

  /// What a terminal shows of commands, each after its command line. All of it must have
  /// room: only what stands alone, for copying, may be wider.
  package func recording(
    of commands: [(arguments: [String], status: Int32)], columns: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    try commands.map { arguments, status in
      let outcome = try atTerminal(arguments, columns: columns)
      #expect(
        outcome.status == status, "\(arguments): \(outcome.output)", sourceLocation: sourceLocation)
      for line in outcome.output.split(separator: "\n") {
        let text = line.drop { " |".contains($0) }
        let isAlone =
          !text.contains(" ") || text.hasPrefix("epel-compose ")
          || text.hasPrefix("Paths are below")
        #expect(
          line.count <= columns || isAlone, "\(columns) columns: \(line)",
          sourceLocation: sourceLocation)
      }
      return "$ epel-compose \(arguments.joined(separator: " "))\n"
        + normalized(outcome.output, isAligned: true)
    }.joined(separator: "\n")
  }

  private static let terminal = """
    import fcntl, os, pty, struct, sys, termios
    columns, command = int(sys.argv[1]), sys.argv[2:]
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        os.environ.pop("COLUMNS", None)
        os.execvp(command[0], command)
    text = b""
    while True:
        try: data = os.read(terminal, 4096)
        except OSError: break
        if not data: break
        text += data
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    sys.stdout.write(text.decode("utf-8", "replace").replace("\\r\\n", "\\n"))
    sys.exit(status)
    """
}
