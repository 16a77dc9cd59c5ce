/// Sizes as people read them.
enum ByteCount {
  /// `512 B`, `3.2 KiB`, `118 MiB`.
  static func text(_ bytes: Int) -> String {
    var value = Double(bytes)
    for unit in ["B", "KiB", "MiB", "GiB"] {
      if value < 1024 || unit == "GiB" {
        if unit == "B" { return "\(bytes) B" }
        return value < 10
          ? "\((value * 10).rounded() / 10) \(unit)" : "\(Int(value.rounded())) \(unit)"
      }
      value /= 1024
    }
    return "\(bytes) B"
  }
}
