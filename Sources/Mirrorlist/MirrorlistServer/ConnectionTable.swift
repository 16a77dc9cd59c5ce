import MirrorlistAnswers
import MirrorlistSnapshot
import NIOCore
import ReleaseModel

/// The connections of one event loop, and what their answers have in common. To be used
/// on that loop alone.
final class ConnectionTable {
  let options: ServerOptions
  let holder: SnapshotHolder
  let metrics: ServerMetrics
  let share: ServerMetrics.Share
  let statistics: StatisticsFile?
  let answering: Answering
  var random: AnswerRandom
  /// Whether the server is ending: each answer is the last of its connection.
  private(set) var isDraining = false

  private var connections: [ObjectIdentifier: Connection] = [:]
  private var dateTime = 0
  private var dateTexts = (http: "", statistics: "")

  init(
    options: ServerOptions, holder: SnapshotHolder, metrics: ServerMetrics,
    statistics: StatisticsFile?
  ) {
    self.options = options
    self.holder = holder
    self.metrics = metrics
    self.statistics = statistics
    share = metrics.makeShare()
    answering = Answering(minimum: options.minimum)
    random = AnswerRandom(seed: .random(in: .min ... .max))
  }

  var isEmpty: Bool { connections.isEmpty }

  func add(_ connection: Connection) {
    connections[ObjectIdentifier(connection)] = connection
    share.countOpened()
  }

  func remove(_ connection: Connection) {
    if connections.removeValue(forKey: ObjectIdentifier(connection)) != nil { share.countClosed() }
  }

  /// Looks which connections have taken too long; to be called each half second.
  func look(at now: NIODeadline) {
    for connection in connections.values where connection.isOverdue(at: now) { connection.close() }
  }

  func beginDraining() { isDraining = true }

  func closeAll() {
    for connection in connections.values { connection.close() }
  }

  /// This second, as HTTP and as statistics write it.
  func dates(_ now: Int) -> (http: String, statistics: String) {
    if now != dateTime {
      dateTime = now
      dateTexts = (
        HTTPDate.text(now), CalendarDate(secondsSince1970: now).description
      )
    }
    return dateTexts
  }
}
