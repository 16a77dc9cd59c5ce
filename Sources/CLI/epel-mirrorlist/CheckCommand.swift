import ArgumentParser
import Glibc
import MirrorlistServer
import MirrorlistSnapshot
import ReleaseModel

/// Loads everything and says what there is.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Load all files, and say what is in them.",
    discussion: "Ends with 65 and the reason where 'serve' would refuse them.")

  @OptionGroup var input: InputOptions

  func run() throws {
    var began = timespec()
    clock_gettime(CLOCK_MONOTONIC, &began)
    let loaded = try input.inputs.load(after: OverlayMemory(), rules: input.rules)
    var ended = timespec()
    clock_gettime(CLOCK_MONOTONIC, &ended)
    for note in loaded.notes { ServerLog.write(note) }
    if let refusal = input.rules.refusal(of: loaded.snapshot, after: nil) {
      throw ComposeError(
        .badData, input.cache.sanitizedForDisplay, refusal.description,
        remedy: "Have MirrorManager write it again")
    }
    let counts = loaded.snapshot.counts
    let milliseconds =
      (ended.tv_sec - began.tv_sec) * 1000 + (ended.tv_nsec - began.tv_nsec) / 1_000_000
    let text = """
      made          \(Moment(Int(clamping: loaded.snapshot.time)))
      repositories  \(counts.repositories)
      directories   \(counts.directories)
      hosts         \(counts.hosts)
      networks      \(counts.networks)
      loaded in     \(milliseconds) ms

      """
    try StandardOutput.write(Array(text.utf8))
  }
}
