import RPMPackages
import ReleaseModel
import Testing

@Suite struct VersionOrderTests {
  /// From rpm's own test suite and the cases that design of composes turns on.
  @Test(arguments: [
    ("1.0", "1.0", 0), ("1.0", "2.0", -1), ("2.0.1", "2.0", 1), ("10", "9", 1), ("1.0a", "1.0", 1),
    ("1.0~rc1", "1.0", -1), ("1.0~rc1", "1.0~rc2", -1), ("1.0^git1", "1.0", 1),
    ("1.0^git1", "1.0.1", -1), ("1.0^git1~pre", "1.0^git1", -1), ("1.0.0", "1.0", 1),
    ("a", "1", -1),
    ("1_0", "1.0", 0), ("20101121", "20101122", -1), ("2_0", "2.0", 0), ("xyz10", "xyz10.1", -1),
  ])
  func `versions compare as rpm compares them`(lhs: String, rhs: String, expected: Int) {
    let order = VersionOrder.rpm
    let left = EVR(version: lhs, rpmRelease: "1")
    let right = EVR(version: rhs, rpmRelease: "1")
    #expect(order.compare(left, right).signum() == expected)
    #expect(order.compare(right, left).signum() == -expected)
  }

  @Test func `the epoch comes first, the rpmRelease last`() {
    let order = VersionOrder.rpm
    let withEpoch = EVR(epoch: 1, version: "0.9", rpmRelease: "1")
    let newer = EVR(version: "2.0", rpmRelease: "9")
    #expect(order.isOlder(newer, than: withEpoch))
    #expect(order.isOlder(newer, than: EVR(version: "2.0", rpmRelease: "10")))
    #expect(!order.isOlder(newer, than: newer))
  }
}
