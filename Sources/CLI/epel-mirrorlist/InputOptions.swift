import ArgumentParser
import MirrorlistSnapshot
import ReleaseModel

/// The files that answers are made from, and what they must be like.
struct InputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("MirrorManager's mirrorlist_cache.proto.", valueName: "file"))
  var cache: String

  @Option(
    help: ArgumentHelp("A stream's overlay; may be repeated.", valueName: "file"))
  var overlay: [String] = []

  @Option(
    help: ArgumentHelp(
      "Lines 'PREFIX ASN'; without it, nobody is answered by network.", valueName: "file"))
  var netblocks: String?

  @Option(
    help: ArgumentHelp(
      "country_continent.csv; without it, nobody is answered by continent.", valueName: "file"))
  var continents: String?

  @Option(
    help: ArgumentHelp(
      "Database of countries (mmdb); without it, countries are unknown.", valueName: "file"))
  var geoip: String?

  @Option(
    help: ArgumentHelp("Below that many mirrors, global ones are added.", valueName: "n"))
  var minimum = 5

  @Option(
    help: ArgumentHelp(
      "What a snapshot must answer with --minimum mirrors; may be repeated.",
      valueName: "repo+arch"))
  var require: [String] = []

  @Option(
    help: ArgumentHelp(
      "A snapshot that lost more repositories, hosts or directories is refused.",
      valueName: "percent"))
  var shrink = 10

  func validate() throws {
    guard (0...1_000_000).contains(minimum) else {
      throw ValidationError("--minimum \(minimum): it must be 0 or more")
    }
    guard (0...100).contains(shrink) else {
      throw ValidationError("--shrink \(shrink): it must be 0 to 100")
    }
    for key in require where !key.dropFirst().dropLast().contains("+") {
      throw ValidationError("--require \(key.sanitizedForDisplay): write it as epel-7+x86_64")
    }
  }

  var inputs: SnapshotInputs {
    SnapshotInputs(
      cache: cache, overlays: overlay, netblocks: netblocks, continents: continents, geoip: geoip)
  }

  var rules: SnapshotRules { SnapshotRules(minimum: minimum, required: require, shrink: shrink) }
}
