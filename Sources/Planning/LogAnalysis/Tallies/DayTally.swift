/// One day of one server.
struct DayTally {
  /// Days since 1970.
  let day: Int
  var requests = 0
  var status500 = 0
  var status502 = 0
  var status503 = 0
  var status504 = 0
  var otherErrors = 0
  var clients = DistinctCount()

  init(day: Int) { self.day = day }

  var errors: Int { status500 + status502 + status503 + status504 + otherErrors }

  mutating func count(_ status: Int) {
    switch status {
    case 500: status500 += 1
    case 502: status502 += 1
    case 503: status503 += 1
    case 504: status504 += 1
    default: otherErrors += 1
    }
  }

  mutating func merge(_ other: DayTally) {
    requests += other.requests
    status500 += other.status500
    status502 += other.status502
    status503 += other.status503
    status504 += other.status504
    otherErrors += other.otherErrors
    clients.merge(other.clients)
  }
}
