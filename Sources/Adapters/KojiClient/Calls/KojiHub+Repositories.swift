import ReleaseModel

/// A task of the hub's builders.
package struct HubTask: Hashable, Sendable {
  /// As in the hub's own table.
  package enum State: Int, Sendable {
    /// Koji's `TASK_STATES`, in the order of its numbers.
    case free, open, closed, canceled, assigned, failed
  }

  /// The hub's number, which `koji watch-task` takes.
  package let id: Int
  /// `closed` is success.
  package let state: State
  /// The second argument of a `distRepo` task: the repository's number.
  package let repository: Int?
}

extension KojiHub {
  /// Asks the builders to make repositories of what is in `tag` now; returns
  /// the number of the task.
  ///
  /// After a lost reply the call is repeated. At worst the hub then runs a second
  /// task, whose result is not used.
  ///
  /// - Parameters:
  ///   - keys: whose signed copies to take, best first.
  ///   - arches: `src` for sources.
  ///   - allowUnsigned: take unsigned copies of RPMs that none of the keys
  ///     has signed.
  ///   - splitDebug: keep debug RPMs out of the repository of each
  ///     architecture.
  package func requestRepositories(
    of tag: String, keys: [String], arches: [String], allowUnsigned: Bool, splitDebug: Bool
  ) throws -> Int {
    // Send every option that the koji command sends: the builder fails on some
    // that are missing.
    let call = HubCall(
      "distRepo", [.string(tag), .array(keys.map(XMLRPCValue.string))],
      named: [
        "arch": .array(arches.map(XMLRPCValue.string)), "comps": nil, "delta": [], "event": nil,
        "volume": nil, "inherit": false, "latest": true, "multilib": nil,
        "split_debuginfo": .boolean(splitDebug), "skip_missing_signatures": false,
        "allow_missing_signatures": .boolean(allowUnsigned), "zck": false, "zck_dict_dir": nil,
        "write_signed_rpms": false,
      ])
    do {
      for _ in 0..<3 {
        guard case .done(let value) = try write(call) else { continue }
        guard let task = value.integer else { throw Self.unexpectedReply(to: call, from: access) }
        return task
      }
    } catch let fault as HubFault {
      throw Self.refusal(fault, of: call.method, access)
    }
    throw ComposeError(
      .unavailable, "hub \(access.url.sanitizedForDisplay)", "it loses the replies to distRepo",
      remedy: "Run the command again when the hub is well")
  }

  /// What the task has come to; throws `unavailable`.
  package func task(_ id: Int) throws -> HubTask {
    let call = HubCall("getTaskInfo", [.integer(id)], named: ["request": true, "strict": true])
    let value = try asked(call)
    guard let state = value["state"].integer.flatMap(HubTask.State.init) else {
      throw Self.unexpectedReply(to: call, from: access)
    }
    let request = value["request"].array ?? []
    return HubTask(
      id: id, state: state, repository: request.count > 1 ? request[1].integer : nil)
  }

  /// Why a task failed, in one line.
  package func failure(ofTask id: Int) throws -> String {
    do {
      _ = try read(HubCall("getTaskResult", [.integer(id)]))
      return "no reason given"
    } catch let fault as HubFault {
      return fault.summary
    }
  }
}
