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

/// The overlays of the snapshot that serves: one that cannot be read any more is used as
/// it was.
package struct OverlayMemory: Sendable {
  var overlays: [String: Overlay] = [:]

  /// Nothing is known yet.
  package init() {}
}

extension SnapshotInputs {
  /// Reads all files and makes a snapshot of them.
  ///
  /// Throws ``ComposeError`` where one of them cannot be read or is not what it should be.
  /// An overlay alone does not throw: if it was good before and is there, it stays as it
  /// was; else it is left out.
  package func load(after memory: OverlayMemory) throws -> LoadedSnapshot {
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
    for path in overlays {
      if let overlay = overlay(path, after: memory, &notes) { found.overlays[path] = overlay }
    }
    let onTop: OverlayTables
    do {
      onTop = try OverlayTables(overlays.compactMap { found.overlays[$0] }, on: &tables)
    } catch {
      throw ComposeError(
        .badData, "overlays", error.cause, remedy: "Name fewer of them with --overlay")
    }
    tables.freeze()
    return LoadedSnapshot(
      snapshot: Snapshot(tables: tables, overlays: onTop, countryDatabase: database),
      notes: notes, overlays: found)
  }

  private func overlay(
    _ path: String, after memory: OverlayMemory, _ notes: inout [String]
  ) -> Overlay? {
    do {
      return try Overlay(PrivateFile(path).withBytes { Array($0) }, from: path)
    } catch {
      let known = memory.overlays[path]
      // Whoever removes it does not want it any more.
      let isGone = (error as? ComposeError)?.kind == .noInput
      let outcome =
        known == nil || isGone ? "The rest serves without it" : "It is used as it was before"
      notes.append("\(error) \(outcome).")
      return isGone ? nil : known
    }
  }
}
