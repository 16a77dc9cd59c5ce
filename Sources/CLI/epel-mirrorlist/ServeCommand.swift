import ArgumentParser
import CMirrorlist
import Glibc
import MirrorlistServer
import MirrorlistSnapshot
import ReleaseModel

/// Answers until it is told to end.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Answer requests until SIGTERM.",
    discussion: """
      Takes over the socket that systemd hands over (LISTEN_FDS), else listens itself. Until \
      the first snapshot is loaded, callers wait. SIGHUP looks at the files at once and opens \
      the statistics anew.
      """)

  @OptionGroup var input: InputOptions

  @Option(
    help: ArgumentHelp("Where it listens, unless it inherits a socket.", valueName: "address:port"))
  var listen = "127.0.0.1:18081"

  @Option(
    help: ArgumentHelp(
      "Peers whose X-Forwarded-For counts; may be repeated. (default: loopback)",
      valueName: "cidr"))
  var trust: [String] = []

  @Option(
    help: ArgumentHelp(
      "One line a request, as MirrorManager's statistics read it.", valueName: "file"))
  var statistics: String?

  @Option(
    help: ArgumentHelp("How long idle connections are kept.", valueName: "seconds"))
  var idle = 75

  @Option(
    help: ArgumentHelp("How long they are kept after SIGTERM.", valueName: "seconds"))
  var drain = 15

  @Option(
    help: ArgumentHelp(
      "Connections at once; those beyond wait in the kernel.", valueName: "n"))
  var connections = 16_384

  func validate() throws {
    guard ListeningSocket.parse(listen) != nil else {
      throw ValidationError(
        "--listen \(listen.sanitizedForDisplay): write it as 127.0.0.1:18081 or [::1]:18081")
    }
    for network in trust where NetworkPrefix(network) == nil {
      throw ValidationError("--trust \(network.sanitizedForDisplay): write it as 192.0.2.0/24")
    }
    guard (1...86_400).contains(idle), (0...86_400).contains(drain) else {
      throw ValidationError("--idle and --drain are seconds, at most 86400")
    }
    guard (1...1_000_000).contains(connections) else {
      throw ValidationError("--connections \(connections): it must be 1 to 1000000")
    }
  }

  func run() throws {
    mirrorlist_return_large_blocks()
    ServiceSignals.block()
    let environment = Dictionary(ServiceSignals.environment) { $1 }
    let socket = try makeSocket(environment)
    let metrics = ServerMetrics()
    let begun = SnapshotWatch.begin(inputs: input.inputs, rules: input.rules, metrics: metrics) {
      switch ServiceSignals.next(milliseconds: 1000) {
      case SIGTERM, SIGINT: false
      default: true
      }
    }
    guard let watch = begun else { return }
    let service = try MirrorlistService(
      socket: socket, options: options, holder: watch.holder, metrics: metrics)
    let (time, counts) = (watch.holder.snapshot.time, watch.holder.snapshot.counts)
    ServerLog.write(
      "answers on \(socket.isInherited ? "the inherited socket" : "port \(socket.port ?? 0)") from "
        + "the cache of \(Moment(Int(clamping: time))): \(counts)")
    ServiceNotification.send(.ready, status: "\(counts)", environment: environment)
    loop: while true {
      switch ServiceSignals.next(milliseconds: 1000) {
      case SIGHUP:
        service.reopenStatistics()
        watch.look(isAsked: true)
      case SIGTERM, SIGINT: break loop
      default: watch.look()
      }
    }
    ServiceNotification.send(.stopping, status: "draining", environment: environment)
    ServerLog.write("accepts no more; ends within \(drain) seconds")
    try end(service, watch)
    ServerLog.write("ended")
  }

  /// Lets connections have their last answers, from data that is looked after to the end.
  private func end(_ service: MirrorlistService, _ watch: SnapshotWatch) throws {
    let hasEnded = Guarded(false)
    try WorkingThread.detach {
      service.end()
      hasEnded.withLock { $0 = true }
    }
    var turns = 0
    while !hasEnded.withLock({ $0 }) {
      let signal = ServiceSignals.next(milliseconds: 50)
      turns += 1
      if signal == SIGHUP || turns % 20 == 0 { watch.look(isAsked: signal == SIGHUP) }
    }
  }

  private func makeSocket(_ environment: [String: String]) throws -> ListeningSocket {
    if let allowed = ListeningSocket.allowedBacklog, allowed < Int(ListeningSocket.backlog) {
      ServerLog.write(
        "net.core.somaxconn is \(allowed): a herd of clients may be refused. "
          + "Set it to \(ListeningSocket.backlog) with sysctl.")
    }
    if let socket = try ListeningSocket.inherited(environment) { return socket }
    // `validate` has looked at it.
    guard let (address, port) = ListeningSocket.parse(listen) else {
      throw ValidationError("--listen \(listen)")
    }
    return try ListeningSocket(address: address, port: port)
  }

  private var options: ServerOptions {
    var options = ServerOptions(
      trusted: trust.isEmpty ? ServerOptions.loopback : trust.compactMap { NetworkPrefix($0) })
    options.minimum = input.minimum
    options.idle = idle
    options.drain = drain
    options.statistics = statistics
    // Files that are read and written need some of them as well.
    let files = Int(mirrorlist_raise_file_limit()) - 64
    options.connections = max(1, min(connections, files))
    if files < connections {
      ServerLog.write(
        "at most \(options.connections) connections at once: the limit on open files "
          + "(LimitNOFILE, ulimit -n) is \(files + 64)")
    }
    return options
  }
}
