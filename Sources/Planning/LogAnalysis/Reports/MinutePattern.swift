/// Minutes of the hour at which servers answer with errors far more often than else.
package struct MinutePattern: Hashable, Sendable, Encodable {
  /// What one server has to do with it.
  package struct Server: Hashable, Sendable, Encodable {
    /// Its name.
    package let server: String
    /// Its errors in these minutes.
    package let errors: Int
  }

  /// First minute of the hour, 0 to 59, UTC.
  package let from: Int
  /// Last minute; smaller than ``from`` where the hour ends in between.
  package let to: Int
  /// Errors of all ``servers`` in these minutes.
  package let errors: Int
  /// Those that have the pattern, most errors first.
  package let servers: [Server]
  /// Hours of the day, UTC, in which it is so; empty for all.
  package let hours: [Int]
  /// In words, such as `:15–:16 on all servers: data is swapped there?`.
  package let text: String
}

/// Minutes of the hour of one server.
package struct ServerMinutes: Hashable, Sendable, Encodable {
  /// Its name.
  package let server: String
  /// Requests by minute of the hour, 60 numbers.
  package let requests: [Int]
  /// Errors (5xx) by minute of the hour, 60 numbers.
  package let errors: [Int]

  /// - Parameters:
  ///   - requests: 60 numbers.
  ///   - errors: 60 numbers.
  package init(server: String, requests: [Int], errors: [Int]) {
    self.server = server
    self.requests = requests
    self.errors = errors
  }

  /// The minute with the largest share of errors, the first of several, and that share; nil
  /// where there is no error.
  package var worst: (minute: Int, share: Double)? {
    shares.enumerated().filter { $0.element > 0 }
      .max { ($0.element, $1.offset) < ($1.element, $0.offset) }
      .map { ($0.offset, $0.element) }
  }

  /// The share of errors of the minute in the middle; 0 without a request.
  package var usual: Double {
    let sorted = zip(requests, shares).filter { $0.0 > 0 }.map { $0.1 }.sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  private var shares: [Double] {
    zip(errors, requests).map { Double($0) / Double(max(1, $1)) }
  }
}

/// Finds patterns. A run of minutes is one where in each of them a server's share of
/// errors is at least five times the median of its 60 shares, with at least 20 errors in
/// all. Where most minutes have no error at all, the median says nothing: then it is the mean
/// of the 45 smallest shares. Minutes at the ends of a run that are there by chance, with fewer
/// than three errors or less than a tenth of its largest share, are no part of it.
struct MinutePatterns {
  static let factor = 5.0
  static let leastErrors = 20

  /// One server, by minute of the day.
  struct Input {
    let server: String
    let requests: [Int]
    let errors: [Int]

    func ofHour(_ counts: [Int]) -> [Int] {
      (0..<60).map { minute in stride(from: minute, to: 1440, by: 60).reduce(0) { $0 + counts[$1] }
      }
    }
  }

  private struct Run {
    let server: Int
    /// In their order; may go from 59 to 0.
    let minutes: [Int]
    let errors: Int
  }

  private let inputs: [Input]

  init(_ inputs: [Input]) { self.inputs = inputs.filter { $0.requests.contains { $0 > 0 } } }

  /// By their first minute.
  func all() -> [MinutePattern] {
    var groups: [[Run]] = []
    for run in inputs.indices.flatMap({ runs(of: $0) }) {
      let touching = groups.indices.filter { index in
        groups[index].contains { !Set($0.minutes).isDisjoint(with: run.minutes) }
      }
      let joined = touching.flatMap { groups[$0] } + [run]
      for index in touching.reversed() { groups.remove(at: index) }
      groups.append(joined)
    }
    return groups.map(pattern).sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  /// What share of errors is too much.
  private static func limit(_ requests: [Int], _ errors: [Int]) -> Double {
    let shares = (0..<60).filter { requests[$0] > 0 }
      .map { Double(errors[$0]) / Double(requests[$0]) }.sorted()
    guard !shares.isEmpty else { return .infinity }
    let median = (shares[(shares.count - 1) / 2] + shares[shares.count / 2]) / 2
    if median > 0 { return factor * median }
    let smallest = shares.prefix(max(1, shares.count * 3 / 4))
    return factor * smallest.reduce(0, +) / Double(smallest.count)
  }

  private func runs(of index: Int) -> [Run] {
    let requests = inputs[index].ofHour(inputs[index].requests)
    let errors = inputs[index].ofHour(inputs[index].errors)
    let limit = Self.limit(requests, errors)
    let isHot = (0..<60).map {
      errors[$0] > 0 && Double(errors[$0]) / Double(max(1, requests[$0])) >= limit
    }
    guard let start = isHot.firstIndex(of: false) else { return [] }
    var runs: [Run] = []
    var minutes: [Int] = []
    for offset in 1...60 {
      let minute = (start + offset) % 60
      if isHot[minute] {
        minutes.append(minute)
        continue
      }
      minutes = trimmed(minutes, requests, errors)
      let sum = minutes.reduce(0) { $0 + errors[$1] }
      if sum >= Self.leastErrors { runs.append(Run(server: index, minutes: minutes, errors: sum)) }
      minutes = []
    }
    return runs
  }

  /// Without minutes at its ends that are in it by chance: with fewer than three errors, or
  /// with less than a tenth of the largest share.
  private func trimmed(_ minutes: [Int], _ requests: [Int], _ errors: [Int]) -> [Int] {
    func share(_ minute: Int) -> Double {
      Double(errors[minute]) / Double(max(1, requests[minute]))
    }
    let least = (minutes.map(share).max() ?? 0) / 10
    func isChance(_ minute: Int) -> Bool { errors[minute] < 3 || share(minute) < least }
    var rest = minutes[...]
    while let first = rest.first, isChance(first) { rest.removeFirst() }
    while let last = rest.last, isChance(last) { rest.removeLast() }
    return Array(rest)
  }

  private func pattern(_ runs: [Run]) -> MinutePattern {
    // The minutes of all, in their order around the hour.
    let minutes = Set(runs.flatMap(\.minutes))
    let from =
      minutes.min { left, right in
        let isFirst = { (minute: Int) in minutes.contains((minute + 59) % 60) ? 1 : 0 }
        return (isFirst(left), left) < (isFirst(right), right)
      } ?? 0
    let to = (from + minutes.count - 1) % 60
    var errors: [Int: Int] = [:]
    for run in runs { errors[run.server, default: 0] += run.errors }
    let servers = errors.map {
      MinutePattern.Server(server: inputs[$0.key].server, errors: $0.value)
    }
    .sorted { ($1.errors, $0.server) < ($0.errors, $1.server) }
    let hours = hours(Array(errors.keys), minutes)
    return MinutePattern(
      from: from, to: to, errors: servers.reduce(0) { $0 + $1.errors }, servers: servers,
      hours: hours, text: text(from, to, servers, hours))
  }

  /// The hours that have it, where not nearly all do.
  private func hours(_ servers: [Int], _ minutes: Set<Int>) -> [Int] {
    var requests = [Int](repeating: 0, count: 24)
    var errors = requests
    for server in servers {
      for hour in 0..<24 {
        for minute in minutes {
          requests[hour] += inputs[server].requests[hour * 60 + minute]
          errors[hour] += inputs[server].errors[hour * 60 + minute]
        }
      }
    }
    let asked = (0..<24).filter { requests[$0] > 0 }
    let share = Double(errors.reduce(0, +)) / Double(max(1, requests.reduce(0, +)))
    // As often as in all hours together, or half of it: chance.
    let hot = asked.filter { Double(errors[$0]) >= share * Double(requests[$0]) / 2 }
    return hot.count * 4 >= asked.count * 3 || asked.count < 4 ? [] : hot
  }

  private func text(
    _ from: Int, _ to: Int, _ servers: [MinutePattern.Server], _ hours: [Int]
  ) -> String {
    let time = from == to ? Self.minute(from) : "\(Self.minute(from))–\(Self.minute(to))"
    let all = servers.reduce(0) { $0 + $1.errors }
    let most = servers[0]
    let isOfAll = servers.count == inputs.count
    let isMostlyOne = servers.count > 1 && most.errors * 2 > all
    let who: String
    if inputs.count == 1 || (servers.count == 1 && !isOfAll) {
      who = " on \(most.server)"
    } else if isMostlyOne {
      who = ", mostly \(most.server)"
    } else if isOfAll {
      who = " on all servers"
    } else if servers.count <= 3 {
      who = " on " + servers.map(\.server).joined(separator: ", ")
    } else {
      who = " on \(servers.count) of \(inputs.count) servers"
    }
    let why: String
    if from == 0 || to < from {
      why = "a herd at the full hour" + Self.hoursText(hours)
    } else if isOfAll && inputs.count > 1 && !isMostlyOne {
      why = "data is swapped there?" + Self.hoursText(hours)
    } else {
      why = "what runs there at that time?" + Self.hoursText(hours)
    }
    return "\(time)\(who): \(why)"
  }

  private static func minute(_ minute: Int) -> String { minute < 10 ? ":0\(minute)" : ":\(minute)" }

  private static func hoursText(_ hours: [Int]) -> String {
    guard let first = hours.first else { return "" }
    let step = [12, 8, 6, 4, 3, 2].first { step in
      hours == Array(stride(from: first % step, to: 24, by: step))
    }
    if let step {
      return first == 0
        ? ", in hours that are multiples of \(step) (UTC)"
        : ", every \(step) hours from \(hour(first)) on (UTC)"
    }
    return ", at \(hours.map(hour).joined(separator: ", ")) (UTC)"
  }

  private static func hour(_ hour: Int) -> String { hour < 10 ? "0\(hour):00" : "\(hour):00" }
}
