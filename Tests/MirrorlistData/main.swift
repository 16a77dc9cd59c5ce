import Foundation
import MirrorlistTestSupport

// epel-mirrorlist-data DIRECTORY [small]: writes what a benchmark or a long test needs.
let arguments = CommandLine.arguments.dropFirst()
guard let directory = arguments.first else {
  FileHandle.standardError.write(Data("usage: epel-mirrorlist-data DIRECTORY [small]\n".utf8))
  exit(64)
}
let size: GeneratedCache.Size = arguments.contains("small") ? .small : .whole
func write(_ bytes: some Sequence<UInt8>, _ name: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
}
do {
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  try write(GeneratedCache(size, release: .older).cache.bytes, "older.proto")
  try write(GeneratedCache(size, release: .newer).cache.bytes, "newer.proto")
  try write(GeneratedCache.continents.utf8, "country_continent.csv")
  try write(
    CountryDatabaseWriter.bytes([
      (0xC633_6400, 24, "DE"), (0xCB00_7100, 24, "US"), (0x0A00_0000, 8, "FR"),
    ]), "country.mmdb")
  var netblocks = ""
  for index in 0..<1200 {
    netblocks += "10.\(index / 250).\(index % 250).0/24 \(64_500 + index % 100)\n"
  }
  try write(netblocks.utf8, "global_netblocks.txt")
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
