import Foundation

/// A terminal at which somebody sits and answers.
package enum PseudoTerminal {
  /// Waits for each prompt, then types the answer to it. "EOF" is the end of the input
  /// (Ctrl-D).
  private static let script = """
    import json, os, pty, select, sys
    answers, program, arguments = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3:]
    pid, terminal = pty.fork()
    if pid == 0: os.execv(program, [program] + arguments)
    text, seen = b"", 0
    while select.select([terminal], [], [], 60)[0]:
        try: data = os.read(terminal, 4096)
        except OSError: break
        if not data: break
        text += data
        if answers and answers[0][0].encode() in text[seen:]:
            seen, answer = len(text), answers.pop(0)[1]
            os.write(terminal, b"\\x04" if answer == "EOF" else answer.encode() + b"\\n")
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    sys.stdout.write(text.decode("utf-8", "replace").replace("\\r\\n", "\\n")); sys.exit(status)
    """

  /// Runs the program at a terminal of its own; its output is all that the terminal shows.
  ///
  /// - Parameters:
  ///   - answers: by the prompt that each is typed at, in order.
  ///   - directory: where it runs, and its home.
  package static func run(
    _ arguments: [String], answering answers: [(prompt: String, answer: String)],
    in directory: TemporaryDirectory
  ) throws -> Shell.Outcome {
    let list = try JSONEncoder().encode(answers.map { [$0.prompt, $0.answer] })
    return try Shell.run(
      Shell.python,
      ["-c", script, String(decoding: list, as: UTF8.self), Installation.program] + arguments,
      environment: ["HOME": directory.path, "TERM": "dumb", "PATH": "/usr/bin:/bin"],
      directory: directory.url)
  }
}
