package import ReleaseModel

extension KojiHub {
  /// The build of each package that was tagged into `tag` last and was
  /// in it at `event`, as the history has it: `listTagged` hides those of blocked packages.
  package func newestTagged(
    of packages: [String], in tag: String, at event: BuildSystemEvent
  ) throws -> [String: TaggedBuild] {
    let histories = try inParts(packages) { package in
      HubCall(
        "queryHistory",
        named: [
          "tables": ["tag_listing"], "tag": .string(tag), "package": .string(package),
        ])
    }
    var ids: [String: (build: Int, event: Int)] = [:]
    for (package, history) in histories {
      let rows = (history["tag_listing"].array ?? []).map {
        HubRow(value: $0, call: "queryHistory")
      }
      // `queryHistory` returns the whole history; keep what was true at the
      // event.
      let newest = rows.compactMap { row -> (build: Int, event: Int)? in
        guard let build = try? row.integer("build_id"),
          let tagged = try? row.integer("create_event"), tagged <= event.id,
          row.value["revoke_event"].integer.map({ $0 > event.id }) ?? true
        else { return nil }
        return (build, tagged)
      }.max { $0.event < $1.event }
      if let newest { ids[package] = newest }
    }
    let builds = try inParts(ids.keys.sorted()) { package in
      HubCall("getBuild", [.integer(ids[package]?.build ?? 0)])
    }
    return Dictionary(
      builds.compactMap { package, value in
        guard let event = ids[package]?.event,
          let build = try? TaggedBuild(
            HubRow(value: value, call: "getBuild"), taggedAt: event), !build.isDraft
        else { return nil }
        return (package, build)
      }
    ) { first, _ in first }
  }

  /// The RPMs of builds, by the id of the build.
  package func rpms(ofBuilds ids: [Int]) throws -> [Int: [TaggedRPM]] {
    let lists = try inParts(ids) { HubCall("listRPMs", named: ["buildID": .integer($0)]) }
    return Dictionary(
      lists.map { id, list in
        let rpms = (list.array ?? []).compactMap {
          try? TaggedRPM(HubRow(value: $0, call: "listRPMs"))
        }
        return (id, rpms)
      }
    ) { first, _ in first }
  }
}
