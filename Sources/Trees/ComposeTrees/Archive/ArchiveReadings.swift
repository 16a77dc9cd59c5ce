import ComposePolicy
package import ComposeStream
import Digests
import DurableFiles
package import ReleaseModel

/// What of a stream's archive was read, and when: `STATE/STREAM.readings`.
///
/// It is a file of its own and no part of the ledger: reading takes days and must hold up no
/// operator, and whoever loses it only reads again. A file that is damaged counts as none.
package struct ArchiveReadings: Sendable {
  private var readings: [TreeReading.Copy: TreeReading] = [:]
  private let stream: String

  /// Bytes of the largest file: a tree of a hundred thousand files takes some hundred bytes once
  /// it was read to its end, and at worst 20 for each file.
  private static let limit = 1 << 28
  /// Files of all trees together: far more than any archive has.
  private static let files = 1...(1 << 24)

  /// Nothing was read yet.
  package init(of stream: String) { self.stream = stream }

  /// What is known of one copy of a tree; what never was read, where nothing is.
  package func reading(of copy: TreeReading.Copy, files: Int) -> TreeReading {
    guard let known = readings[copy], known.times.count == files else {
      return TreeReading(copy, files: files)
    }
    return known
  }

  /// When the file was read that was not read for longest, seconds since 1970; ``TreeReading/never``
  /// where one never was.
  package func oldest(of copy: TreeReading.Copy) -> Int {
    readings[copy]?.times.min() ?? TreeReading.never
  }

  /// Remembers `reading` in the place of what was known of the same copy.
  package mutating func set(_ reading: TreeReading) { readings[reading.copy] = reading }

  /// Forgets what was read of trees that are in the archive no more. Other copies of those that
  /// are stay: one of them may be the archive one day.
  ///
  /// - Parameter present: manifests of the trees that the archive has now.
  package mutating func keep(manifests present: Set<Checksum>) {
    readings = readings.filter { present.contains($0.key.manifest) }
  }

  // MARK: The file

  /// Name of the file in the state root.
  package static func name(of stream: String) -> String { "\(stream).readings" }

  /// As the file has it; nothing where there is none.
  ///
  /// - Parameter problem: told of a file that is damaged.
  package init(of stream: StreamContext, problem: (String) -> Void) throws {
    let name = stream.policy.stream
    self.init(of: name)
    let path = try RelativePath.of(Self.name(of: name))
    guard let state = try Directory.openIfPresent(root: stream.locations.state),
      try state.status(of: path)?.kind == .file
    else { return }
    do {
      try parse(state.openFile(path).contents(limit: Self.limit))
    } catch let error as ComposeError where error.kind == .badData {
      readings = [:]
      problem(
        "\(state.path)/\(path) is damaged: all of the archive counts as never read")
    }
  }

  /// Replaces the file in one instant.
  package func save(in stream: StreamContext) throws {
    try Directory.create(root: stream.locations.state)
      .replaceFile(RelativePath.of(Self.name(of: self.stream)), with: bytes)
  }

  private var header: String { "epel-compose readings 1 \(stream)\n" }

  /// A line for each copy and each run of files; the last line is SHA-256 of all before.
  package var bytes: [UInt8] {
    var text = header
    let sorted = readings.values.sorted {
      ($0.copy.manifest.hex, $0.copy.inode, $0.copy.modified)
        < ($1.copy.manifest.hex, $1.copy.inode, $1.copy.modified)
    }
    for reading in sorted {
      let copy = reading.copy
      text += "tree \(copy.manifest.hex) \(copy.inode) \(copy.modified)\n"
      for run in reading.runs { text += "read \(run.count) \(run.time)\n" }
    }
    let body = Array(text.utf8)
    return body + Array("sha256 \(Checksum(of: body).hex)\n".utf8)
  }

  /// Takes over what a file has. Throws `badData` for anything but what ``bytes`` makes.
  package mutating func parse(_ bytes: [UInt8]) throws {
    let damaged = ComposeError(
      .badData, Self.name(of: stream), "it is not what was written",
      remedy: "Remove it: the archive is read again")
    let seal = "sha256 ".utf8.count + 2 * Checksum.byteCount + 1
    guard bytes.count > seal else { throw damaged }
    let body = bytes.dropLast(seal)
    let end = "sha256 \(Checksum(of: Array(body)).hex)\n"
    guard bytes.suffix(seal).elementsEqual(end.utf8), body.starts(with: header.utf8),
      let text = String(validating: body.dropFirst(header.utf8.count), as: UTF8.self)
    else { throw damaged }
    var current: (copy: TreeReading.Copy, times: [Int])?
    var total = 0
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 4, words[0] == "tree", let manifest = Checksum(hex: String(words[1])),
        let inode = UInt64(words[2]), let modified = Int64(words[3])
      {
        if let current { set(TreeReading(current.copy, times: current.times)) }
        current = (TreeReading.Copy(manifest: manifest, inode: inode, modified: modified), [])
      } else if words.count == 3, words[0] == "read", let count = Int(words[1]),
        let time = Int(words[2]), current != nil, time >= 0, count > 0,
        Self.files.contains(total.addingClamped(count))
      {
        total += count
        current?.times += Array(repeating: time, count: count)
      } else {
        throw damaged
      }
    }
    if let current { set(TreeReading(current.copy, times: current.times)) }
  }
}
