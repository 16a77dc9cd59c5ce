import Foundation

/// A cache file that is replaced by later ones, in which `epel-7` leads to one release and
/// the other in turn.
package final class SwappingCache {
  package let directory: String
  private var number: Int64 = 0
  private let bytes: [[UInt8]]

  /// - Parameter directory: of `cache.proto` and the other files.
  package init(in directory: String, size: GeneratedCache.Size = .small) throws {
    self.directory = directory
    bytes = [GeneratedCache.Release.older, .newer].map {
      GeneratedCache(size, release: $0).cache.bytes
    }
    try Data(GeneratedCache.continents.utf8).write(
      to: URL(fileURLWithPath: "\(directory)/continents.csv"))
    try next()
  }

  /// Options that name the files.
  package var options: [String] {
    ["--cache", "\(directory)/cache.proto", "--continents", "\(directory)/continents.csv"]
  }

  /// The bytes of the next cache.
  package func nextBytes() -> [UInt8] {
    number += 1
    var time = WireWriter()
    time.integer(1, 1_567_166_400 + number)
    // The time is the first field, of six bytes.
    return time.bytes + bytes[Int(number % 2)].dropFirst(6)
  }

  /// Renames the next cache into place.
  package func next() throws { try put(nextBytes()) }

  /// Renames a file into place.
  package func put(_ bytes: [UInt8]) throws {
    let temporary = "\(directory)/.cache.new"
    try Data(bytes).write(to: URL(fileURLWithPath: temporary))
    guard rename(temporary, "\(directory)/cache.proto") == 0 else {
      throw ResponderProcess.Failure("rename: \(errno)")
    }
  }
}
