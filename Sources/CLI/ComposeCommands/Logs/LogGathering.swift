import AccessLogs
import DurableFiles
import Glibc
import LogAnalysis
import ReleaseModel

/// Reads logs side by side and counts what is in them, server by server.
struct LogGathering {
  let files: [LogFile]
  let scope: LogScope
  let activity: any ActivityReporting

  /// Plain files from this size on are cut in parts where there are too few files for all
  /// processors.
  private static let cutFrom = 32 << 20

  /// A file or a part of it: what one thread reads.
  private struct Piece {
    let file: Int
    /// Of a plain file that is read in parts.
    let range: Range<Int>?
    /// Which server it is of, and where in its order.
    let server: Int
    let number: Int
  }

  /// The pieces of one server, put together in their order.
  private struct Server {
    var sum: LogTally?
    var next = 0
    var waiting: [Int: LogTally] = [:]
    /// How many pieces there are.
    let count: Int

    init(count: Int) { self.count = count }

    mutating func take(_ tally: LogTally, number: Int) {
      waiting[number] = tally
      while let tally = waiting.removeValue(forKey: next) {
        next += 1
        if sum == nil { sum = tally } else { sum?.append(tally) }
        // Gives back what only counting needs.
        if next == count { sum?.finish() }
      }
    }
  }

  /// One for each server.
  ///
  /// Throws what ``LogReader`` throws, and `badData` for a file more than half of whose
  /// lines cannot be read.
  func logs() throws -> [ServerLog] {
    let names = Array(Set(files.map(\.server))).sorted { $0.precedesByBytes($1) }
    let pieces = try pieces(names)
    let servers = Guarded(
      names.indices.map { name in Server(count: pieces.count { $0.server == name }) })
    let lines = Guarded(files.map { _ in (read: 0, unreadable: 0, example: "") })
    let failure = Guarded<(any Error)?>(nil)
    activity.begin("reading logs", total: pieces.count, unit: "parts")
    defer { activity.end() }
    Concurrently.forEach(pieces.indices) { index in
      guard failure.withLock({ $0 == nil }) else { return }
      let piece = pieces[index]
      do {
        let tally = try tally(piece)
        lines.withLock {
          $0[piece.file].read += tally.lines
          $0[piece.file].unreadable += tally.unreadable
          if let example = tally.examples.first { $0[piece.file].example = example }
        }
        servers.withLock { $0[piece.server].take(tally, number: piece.number) }
        activity.advance(by: 1)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    for (file, count) in zip(files, lines.withLock { $0 }) where count.unreadable > count.read {
      throw ComposeError(
        .badData, file.path.sanitizedForDisplay,
        "it is no access log: \(count.unreadable.grouped) of "
          + "\((count.read + count.unreadable).grouped) lines cannot be read, such as "
          + "'\(count.example.sanitizedForDisplay)'",
        remedy: "Name logs in the common or the combined form, or leave the file out")
    }
    let told = Dictionary(grouping: files, by: \.server).mapValues { $0.allSatisfy(\.isTold) }
    return zip(names, servers.withLock { $0 }).compactMap { name, server in
      server.sum.map { ServerLog(server: name, isTold: told[name] ?? false, tally: $0) }
    }
  }

  private func tally(_ piece: Piece) throws -> LogTally {
    var tally = LogTally(scope: scope, follows: piece.number > 0)
    try LogReader.read(files[piece.file].path, range: piece.range) { part in
      try Interruption.check(remaining: "logs")
      switch part {
      case .lines(let block): tally.add(block)
      case .overlong: tally.addOverlongLine()
      }
    }
    return tally
  }

  /// In the order of servers, and for each of them of time.
  private func pieces(_ names: [String]) throws -> [Piece] {
    // A server's only file needs no place among others: that spares a look into it.
    let counts = Dictionary(grouping: files, by: \.server).mapValues(\.count)
    let begins = try Concurrently.map(files) { file in
      (counts[file.server] ?? 0) > 1 ? try Self.firstTime(of: file) : 0
    }
    let parts = max(1, (2 * Concurrently.processors) / max(1, files.count))
    var pieces: [Piece] = []
    for (server, name) in names.enumerated() {
      let own = files.indices.filter { files[$0].server == name }
        .sorted { (begins[$0], $0) < (begins[$1], $1) }
      var number = 0
      for file in own {
        let ranges: [Range<Int>?] =
          parts > 1 ? try Self.ranges(of: files[file], parts: parts) : [nil]
        for range in ranges {
          pieces.append(Piece(file: file, range: range, server: server, number: number))
          number += 1
        }
      }
    }
    return pieces
  }

  /// When the first line is from that can be read; the largest time where there is none,
  /// and for standard input, which can be read only once.
  private static func firstTime(of file: LogFile) throws -> Int {
    guard file.path != LogFile.standardInput else { return .max }
    var time: Int?
    try LogReader.peek(file.path) { block in
      time = LogTally.firstTime(in: block)
      return time != nil
    }
    return time ?? .max
  }

  /// Parts of a plain file that end where an hour ends, so that what is counted by the hour
  /// is not torn apart.
  private static func ranges(of file: LogFile, parts: Int) throws -> [Range<Int>?] {
    guard file.path != LogFile.standardInput, let size = try LogReader.plainSize(of: file.path),
      size >= cutFrom
    else { return [nil] }
    func line(_ offset: Int) throws -> (start: Int, hour: Int)? {
      var found: (Int, Int)?
      try LogReader.peek(file.path, from: offset) { start, block in
        if let time = LogTally.firstTime(in: block) { found = (start, time / 3600) }
      }
      return found
    }
    var cuts = [0]
    for part in 1..<parts {
      let from = size / parts * part
      guard let first = try line(from) else { continue }
      // The first line of the next hour, by halves.
      var (low, high) = (first.start, size)
      while high - low > 4096 {
        let middle = (low + high) / 2
        guard let found = try line(middle), found.start < high else {
          high = middle
          continue
        }
        if found.hour > first.hour { high = middle } else { low = found.start }
      }
      var cut = low
      while cut < size, let found = try line(cut), found.hour <= first.hour {
        cut = found.start + 1
      }
      if let found = try line(cut), found.start > (cuts.last ?? 0) { cuts.append(found.start) }
    }
    return zip(cuts, cuts.dropFirst() + [size]).map { $0..<$1 }
  }
}
