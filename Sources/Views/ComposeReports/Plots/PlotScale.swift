import Glibc
import ReleaseModel

/// A vertical axis from 0 to a round number, with three to six round numbers on it.
struct PlotScale {
  /// 0, and the others.
  let ticks: [Double]
  /// The last of them.
  var top: Double { ticks.last ?? 1 }

  /// - Parameter most: the largest value.
  init(upTo most: Double) {
    guard most.isFinite, most > 0 else {
      ticks = [0, 1]
      return
    }
    let power = pow(10, floor(log10(most)))
    // The largest step with at least three of them; counts have no half.
    let steps = [0.1, 0.2, 0.5, 1, 2].map { $0 * power }.filter { $0 >= 1 || most < 1 }
    let step = steps.last { most / $0 > 2 } ?? max(power, most < 1 ? power : 1)
    let count = Int((most / step).rounded(.up))
    ticks = (0...max(1, count)).map { Double($0) * step }
  }

  /// Such as `0`, `500`, `12 k`, `1.5 M`.
  static func label(_ value: Double) -> String {
    func short(_ number: Double, _ unit: String) -> String {
      PlotDrawing.number(number) + unit
    }
    switch value {
    case 1e9...: return short(value / 1e9, " G")
    case 1e6...: return short(value / 1e6, " M")
    case 1e4...: return short(value / 1e3, " k")
    default: return value < 1 && value > 0 ? "\(value)" : Int(value).grouped
    }
  }
}
