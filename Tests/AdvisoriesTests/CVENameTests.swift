import Testing

@testable import Advisories

@Suite struct CVENameTests {
  @Test(arguments: ["CVE-2024-0001", "CVE-2024-1234567"])
  func `a name`(text: String) { #expect(CVEName.isValid(text)) }

  @Test(arguments: [
    "cve-2024-0001", "CVE-2024-001", "CVE-24-0001", "CVE-2024-0001 ", "CVE-2024-00x1", "2024-0001",
    "CVE-2024-１２３４",
  ])
  func `no name`(text: String) { #expect(!CVEName.isValid(text)) }

  @Test(
    arguments: [
      ("beta: overflow (CVE-2024-40001,2 more)", ["CVE-2024-40001"]),
      ("CVE-2024-4002,CVE-2024-4001/CVE-2024-4002: x", ["CVE-2024-4001", "CVE-2024-4002"]),
      ("xCVE-2024-4001 CVE-2024-400 CVE-2024-4001x cve-2024-4001 CVE-", []),
    ] as [(String, [String])])
  func `names in a text`(text: String, names: [String]) {
    #expect(CVEName.all(in: [text, text]) == names)
  }
}
