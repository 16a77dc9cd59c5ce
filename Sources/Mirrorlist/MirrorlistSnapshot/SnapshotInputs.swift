import Glibc
import MirrorDocuments
import ReleaseModel

/// The files that a snapshot is made from.
package struct SnapshotInputs: Hashable, Sendable {
  /// MirrorManager's `mirrorlist_cache.proto`.
  package var cache: String
  /// Overlays of streams.
  package var overlays: [String]
  /// Lines `PREFIX ASN`.
  package var netblocks: String?
  /// `country_continent.csv`.
  package var continents: String?
  /// A database of countries.
  package var geoip: String?

  /// Paths; nil where nothing is known of that kind.
  package init(
    cache: String, overlays: [String] = [], netblocks: String? = nil, continents: String? = nil,
    geoip: String? = nil
  ) {
    self.cache = cache
    self.overlays = overlays
    self.netblocks = netblocks
    self.continents = continents
    self.geoip = geoip
  }

  /// What all of them are like now.
  package var states: [InputState?] {
    ([cache, netblocks, continents, geoip].compactMap { $0 } + overlays).map {
      InputState(path: $0)
    }
  }
}

/// A snapshot, and what was noticed when it was made.
package struct LoadedSnapshot: Sendable {
  /// What was made.
  package let snapshot: Snapshot
  /// Sentences about what was left out.
  package let notes: [String]
  /// The overlays that are in it.
  package let overlays: OverlayMemory
}

/// The overlays of the snapshot that serves, and where names lead by them: an overlay that
/// cannot be read any more, or is older, is used as it was.
package struct OverlayMemory: Sendable {
  var overlays: [String: Overlay] = [:]
  var redirects: [String: [String: String]] = [:]
  var links: [String: String] = [:]

  /// Nothing is known yet.
  package init() {}
}

extension SnapshotInputs {
  /// Reads all files and makes a snapshot of them.
  ///
  /// Throws ``ComposeError`` where one of them cannot be read or is not what it should be.
  /// An overlay alone does not throw: if it was good before and is there, it stays as it
  /// was; else it is left out. What one says of releases that the cache does not have yet
  /// is left out as well.
  ///
  /// - Parameters:
  ///   - rules: names that must be answered stay where they are answered.
  ///   - now: seconds since 1970.
  package func load(
    after memory: OverlayMemory, rules: SnapshotRules = SnapshotRules(), now: Int = time(nil)
  ) throws -> LoadedSnapshot {
    var notes: [String] = []
    var reader = CacheReader()
    do {
      try PrivateFile(cache).withBytes { try reader.read($0) }
    } catch let error as WireError {
      throw ComposeError(
        .badData, cache.sanitizedForDisplay, error.cause,
        remedy: "Have MirrorManager write it again; what was read before stays in use")
    }
    var tables = reader.takeTables()
    // Whatever is made from now on would be older, and never be used.
    if let cause = Self.problem(ofTime: Int(clamping: tables.time), now: now) {
      throw ComposeError(
        .badData, cache.sanitizedForDisplay, cause,
        remedy: "Correct the clock there or here, and have MirrorManager write it again")
    }
    if reader.unknownPrefixes > 0 {
      notes.append("\(cache.sanitizedForDisplay): \(reader.unknownPrefixes) networks are none")
    }
    if let continents {
      var table = try ContinentFile.read(continents)
      table.merge(reader.continentRedirects) { $1 }
      tables.countries.setContinents(table)
    }
    if let netblocks { tables.networkSystems = try NetworkFile.read(netblocks) }
    let database = try geoip.map { try CountryDatabase(path: $0) }
    var found = OverlayMemory()
    var unused = 0
    for path in overlays {
      let (overlay, note) = overlay(path, after: memory, now: now)
      found.overlays[path] = overlay
      if let note {
        notes.append(note)
        unused += 1
      }
    }
    let used = overlays.compactMap { found.overlays[$0] }
    var onTop: OverlayTables
    do {
      onTop = try OverlayTables(used, on: &tables)
    } catch {
      throw ComposeError(
        .badData, "overlays", error.cause, remedy: "Name fewer of them with --overlay")
    }
    tables.freeze()
    onTop.ignored.files = unused
    let without = Snapshot(tables: tables, overlays: onTop, countryDatabase: nil)
    onTop.addRedirects(of: used, on: without, after: memory, rules, &notes)
    onTop.addLinks(of: used, on: without, after: memory, &notes)
    onTop.addEnded(of: used, rules, &notes)
    found.redirects = onTop.redirects
    found.links = onTop.links.targets
    return LoadedSnapshot(
      snapshot: Snapshot(tables: tables, overlays: onTop, countryDatabase: database),
      notes: notes, overlays: found)
  }

  /// What is used of an overlay, and why it is not the file as it is.
  private func overlay(
    _ path: String, after memory: OverlayMemory, now: Int
  ) -> (Overlay?, note: String?) {
    let known = memory.overlays[path]
    do {
      let overlay = try Overlay(PrivateFile(path).withBytes { Array($0) }, from: path)
      if let cause = Self.problem(ofTime: overlay.time, now: now) {
        throw ComposeError(
          .badData, path.sanitizedForDisplay, cause,
          remedy: "Have it written again: epel-compose mirrors lists MAJOR")
      }
      if let known, known.stream == overlay.stream, overlay.time < known.time {
        return (
          known,
          "an overlay is used as it was before: \(path.sanitizedForDisplay) was written "
            + "\(known.time - overlay.time) seconds before the one in use"
        )
      }
      return (overlay, nil)
    } catch {
      // Whoever removes it does not want it any more.
      let isGone = (error as? ComposeError)?.kind == .noInput
      guard let known, !isGone else {
        return (nil, "an overlay is left out, the rest serves without it: \(error)")
      }
      return (known, "an overlay is used as it was before: \(error)")
    }
  }

  /// How far clocks may be apart, in seconds.
  private static let clocksApart = 86_400

  /// Why a file cannot have been made then; nil if it can.
  private static func problem(ofTime time: Int, now: Int) -> String? {
    if time < 0 { return "it says that it was made before 1970" }
    if time > now.addingClamped(clocksApart) {
      return "it says that it was made more than a day from now"
    }
    return nil
  }
}
