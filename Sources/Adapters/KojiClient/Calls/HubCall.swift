/// One call of one of the hub's methods.
package struct HubCall: Hashable, Sendable {
  /// Such as `listTagged`.
  package let method: String
  /// Positional arguments, then the named ones as Koji marks them.
  let arguments: [XMLRPCValue]

  /// - Parameter named: arguments by name; the hub finds them by a last
  ///   structure with the member `__starstar`.
  package init(
    _ method: String, _ arguments: [XMLRPCValue] = [], named: [String: XMLRPCValue] = [:]
  ) {
    self.method = method
    guard !named.isEmpty else {
      self.arguments = arguments
      return
    }
    self.arguments = arguments + [.structure(named.merging(["__starstar": true]) { $1 })]
  }

  /// Several calls as one request and one transaction, with a savepoint for
  /// each: a fault of one does not undo the others.
  static func multiCall(_ calls: [HubCall]) -> HubCall {
    HubCall(
      "multiCall",
      [
        .array(
          calls.map { call in
            ["methodName": .string(call.method), "params": .array(call.arguments)]
          })
      ])
  }

  /// The results of the calls in `value`, in order; nil where it is not what
  /// a hub answers to `count` calls.
  static func results(_ value: XMLRPCValue, of count: Int) -> [Result<XMLRPCValue, HubFault>]? {
    guard let entries = value.array, entries.count == count else { return nil }
    var results: [Result<XMLRPCValue, HubFault>] = []
    for entry in entries {
      if case .array(let values) = entry, values.count == 1 {
        results.append(.success(values[0]))
      } else if let code = entry["faultCode"].integer {
        results.append(.failure(HubFault(code: code, message: entry["faultString"].text ?? "")))
      } else {
        return nil
      }
    }
    return results
  }
}

/// What became of a call that changes something.
package enum WriteOutcome<Value> {
  /// The hub's reply came.
  case done(Value)
  /// The reply was lost, and the call was carried out, or may have been: what
  /// is true now must be read.
  case unread
}
