import ArgumentParser
import Glibc
import MirrorlistAnswers
import MirrorlistServer
import MirrorlistSnapshot
import ReleaseModel

/// Answers one request.
struct AskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "Answer one request on standard output.",
    discussion: "Ends with 1 where the answer is an error: the status is on standard error.")

  @OptionGroup var input: InputOptions

  @Argument(help: ArgumentHelp("Such as 'metalink?repo=epel-7&arch=x86_64'."))
  var request: String

  @Option(help: ArgumentHelp("Address of the client.", valueName: "address"))
  var ip: String?

  @Option(help: ArgumentHelp("Makes the order of mirrors the same each time.", valueName: "n"))
  var seed: UInt64?

  func validate() throws {
    if let ip, IPAddress(ip) == nil {
      throw ValidationError("--ip \(ip.sanitizedForDisplay): it is no address")
    }
  }

  func run() throws {
    guard let question = MirrorQuestion(target: request.hasPrefix("/") ? request : "/" + request)
    else {
      throw ComposeError(
        .usage, request.sanitizedForDisplay, "it asks for neither mirrorlist nor metalink",
        remedy: "Write it as 'metalink?repo=epel-7&arch=x86_64'")
    }
    let loaded = try input.inputs.load(after: OverlayMemory(), rules: input.rules)
    for note in loaded.notes { ServerLog.write(note) }
    var random = AnswerRandom(seed: seed ?? .random(in: .min ... .max))
    let answer = Answering(minimum: input.minimum).answer(
      question, client: MirrorClient(address: ip.flatMap { IPAddress($0) }),
      from: loaded.snapshot, now: time(nil), random: &random)
    if let location = answer.location { try StandardOutput.write(Array((location + "\n").utf8)) }
    try StandardOutput.write(answer.body)
    guard answer.status < 400 else {
      ServerLog.write("status \(answer.status)")
      throw ExitCode(1)
    }
  }
}
