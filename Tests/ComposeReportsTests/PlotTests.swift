import ComposeReports
import ComposeTestSupport
import Foundation
import Testing

/// Pictures: the same numbers give the same bytes, which people have looked at.
@Suite struct PlotTests {
  /// Pictures of every form, with what nobody would choose.
  static var samples: [(name: String, plot: Plot)] {
    let days = 30
    func wave(_ base: Double, _ step: Int) -> [Double?] {
      (0..<days).map { $0 % 11 == 7 && step == 3 ? nil : base + Double(($0 * step * 37) % 100) }
    }
    let servers = (1...12).map { $0 < 10 ? "proxy0\($0)" : "proxy\($0).iad2.fedoraproject.org" }
    let lines = Plot.lines(
      "Errors and requests of each server", description: "For tests.",
      panels: [
        Plot.Panel(
          title: "Errors (5xx) a day",
          series: servers.enumerated().map {
            Plot.Series(name: $1, values: wave(Double(500 / ($0 + 1)), $0))
          }),
        Plot.Panel(
          title: "Requests a day",
          series: servers.map { Plot.Series(name: $0, values: wave(1_400_000, 1)) }),
      ], places: days,
      ticks: stride(from: 0, to: 20, by: 5).map { (day: Int) -> Plot.Tick in
        Plot.Tick(position: Double(day), label: "2020-03-\(day + 10)")
      })
    let one = Plot.lines(
      "One day", description: "A dot for each server.",
      panels: [
        Plot.Panel(
          title: "Errors (5xx) a day",
          series: servers.prefix(3).map { Plot.Series(name: $0, values: [3]) })
      ],
      places: 1, ticks: [Plot.Tick(position: 0, label: "2020-03-29")])
    let heat = Plot.heat(
      "Errors by minute of the hour (UTC)", description: "For tests.",
      rows: servers.enumerated().map { number, server in
        Plot.Row(
          name: server,
          values: (0..<60).map { minute in
            switch minute {
            case 15, 16: 0.1
            case 0...5: number == 0 ? 0.4 : 0.02
            default: (minute * 7 + number) % 13 == 0 ? 0.002 : 0
            }
          })
      },
      ticks: stride(from: 0, to: 60, by: 5).map {
        Plot.Tick(position: Double($0), label: ":\($0)")
      },
      marks: [
        Plot.Mark(
          from: 0, to: 5,
          label:
            ":00–:05, mostly proxy01: a herd at the full hour, in hours that are multiples of 4 (UTC)"
        ),
        Plot.Mark(from: 15, to: 16, label: ":15–:16 on all servers: data is swapped there?"),
        Plot.Mark(from: 58, to: 1, label: ":58–:01 on all servers: a herd at the full hour"),
        Plot.Mark(
          from: 55, to: 57, label: ":55–:57 on 4 of 12 servers: what runs there at that time?"),
      ])
    let hours = 96
    let shares = (0..<hours).map { (hour: Int) -> Double in
      hour < 40 ? 0 : min(1, Double(hour - 39) / 40)
    }
    let areas = Plot.areas(
      "Requests by release", description: "For tests.",
      series: [
        Plot.Series(name: "7.06.201903", values: shares.map { 1 - $0 }),
        Plot.Series(name: "7.07.201908", values: shares),
      ], positions: (0..<hours).map(Double.init),
      ticks: stride(from: 0, to: hours, by: 24).map {
        Plot.Tick(position: Double($0), label: "03-\(27 + $0 / 24) 00:00")
      },
      events: [
        Plot.Tick(position: 40, label: "flip to 7.07.201908"),
        Plot.Tick(position: 44, label: "flip to 7.06.201903"),
        Plot.Tick(position: 46, label: "flip to 7.07.201908"),
        Plot.Tick(position: 95, label: "flip to 7.08.202003"),
      ])
    let hostile = Plot.heat(
      "<script>alert(1)</script> & \"quotes\"", description: "</desc><script>",
      rows: [
        Plot.Row(name: "<b>&amp;\u{202E}\u{1B}[31m", values: [.nan, .infinity, -1, 1, 0]),
        Plot.Row(name: String(repeating: "long ", count: 40), values: []),
      ], ticks: [], marks: [Plot.Mark(from: 3, to: 0, label: "\u{0}<title>")])
    let empty = Plot.areas(
      "Nothing", description: "", series: [], positions: [], ticks: [], events: [])
    return [
      ("lines", lines), ("day", one), ("heat", heat), ("areas", areas), ("hostile", hostile),
      ("empty", empty),
    ]
  }

  @Test(arguments: ["lines", "day", "heat", "areas", "hostile", "empty"])
  func `a picture is as it was looked at`(name: String) throws {
    let plot = try #require(Self.samples.first { $0.name == name }).plot
    #expect(plot.svg() == plot.svg())
    try Golden.expect(plot.svg(), matches: "\(name).svg")
  }

  @Test func `each has a title and a description, and nothing from elsewhere`() throws {
    for (name, plot) in Self.samples {
      for text in [plot.svg(), plot.figure()] {
        #expect(text.contains("<title>"), "\(name)")
        #expect(text.contains("<desc>"), "\(name)")
        #expect(text.contains("viewBox=\"0 0 960 "), "\(name)")
        for word in ["<script", "href", "url(", "@import", "<image", "nan", "inf"] {
          #expect(!text.contains(word), "\(name) has \(word)")
        }
        #expect(text.utf8.count < 100_000, "\(name)")
      }
      #expect(!plot.figure().contains("<style"), "\(name)")
    }
  }

  @Test(.enabled(if: Shell.has("chromium"), "needs chromium"))
  func `a browser shows them without a message, and no text over another`() throws {
    let scratch = try TemporaryDirectory()
    let files = try Self.samples.filter { $0.name != "empty" }
      .map { try scratch.write($0.plot.svg(), to: "\($0.name).svg") }
    let outcome = try Shell.run("\(Fixtures.checkout)/Tests/Browser/check-plots", files)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(.enabled(if: Shell.has("chromium"), "needs chromium"))
  func `texts over each other are reported`() throws {
    let scratch = try TemporaryDirectory()
    let plot = try #require(Self.samples.first { $0.name == "areas" }).plot
    let file = try scratch.write(
      plot.svg().replacing("</svg>", with: "<text x=\"74\" y=\"22\">over it</text></svg>"),
      to: "a.svg")
    let outcome = try Shell.run("\(Fixtures.checkout)/Tests/Browser/check-plots", [file])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("lie over each other"))
  }

  @Test func `the page's template has the rules of pictures`() throws {
    let template = try String(
      contentsOfFile: "\(Fixtures.checkout)/Templates/logs.html.mustache", encoding: .utf8)
    #expect(template.contains(PlotStyle.rules))
  }
}
