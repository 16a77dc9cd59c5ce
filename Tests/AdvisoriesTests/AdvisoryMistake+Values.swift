extension AdvisoryMistake {
  private static let form =
    "Write NAME-VERSION-RELEASE, such as beta-1.0-1.el7, without epoch and '.rpm'."
  private static let date = "Write 2024-02-29, or 2024-02-29 16:04:00, both in UTC."

  /// Dates, builds and references.
  static let ofValues = [
    AdvisoryMistake(
      "issued: 2024-02-29\n", "",
      "1: 'issued' is missing. Add the key: when it is published first, in UTC: `2024-02-29` or "
        + "`2024-02-29 16:04:00`; what was served once stays."
    ),
    AdvisoryMistake(
      "issued: 2024-02-29", "issued: 2023-02-29", "7: '2023-02-29' is not a date. \(date)"),
    AdvisoryMistake(
      "issued: 2024-02-29", "issued: 2024-02-29T10:00:00Z",
      "7: '2024-02-29T10:00:00Z' is not a date. \(date)"),
    AdvisoryMistake(
      "issued: 2024-02-29", "issued: 2024-03-02",
      "8: 'updated' is before 'issued'. Correct one of the two."),
    AdvisoryMistake(
      "updated: 2024-03-01 10:00:00", "updated: soon", "8: 'soon' is not a date. \(date)"),
    AdvisoryMistake(
      "builds: [beta-1.0-1.el9]\n", "",
      "1: 'builds' is missing. Add the key: NVRs of its source builds, such as "
        + "`beta-1.0-1.el7`, a list."
    ),
    AdvisoryMistake(
      "builds: [beta-1.0-1.el9]", "builds: []",
      "9: 'builds' is empty. Name the builds that it is about."),
    AdvisoryMistake(
      "builds: [beta-1.0-1.el9]", "builds: beta-1.0-1.el9",
      "9: 'builds' must be a list. Write [a, b] or '- a' lines."),
    AdvisoryMistake(
      "[beta-1.0-1.el9]", "\n- beta-1.0-1.el9\n- beta-1.0-1.el9",
      "11: the build 'beta-1.0-1.el9' is there twice. Remove one of the two."),
    AdvisoryMistake(
      "beta-1.0-1.el9", "beta-1.0", "9: 'beta-1.0' is not the NVR of a build. \(form)"),
    AdvisoryMistake(
      "beta-1.0-1.el9", "beta-1.0-", "9: 'beta-1.0-' is not the NVR of a build. \(form)"),
    AdvisoryMistake(
      "beta-1.0-1.el9", "beta-1:1.0-1.el9",
      "9: 'beta-1:1.0-1.el9' is not the NVR of a build. \(form)"),
    AdvisoryMistake(
      "beta-1.0-1.el9", "beta-1.0-1.el9.src.rpm",
      "9: 'beta-1.0-1.el9.src.rpm' is not the NVR of a build. "
        + "\(form)"),
    AdvisoryMistake(
      "beta-1.0-1.el9", "a/beta-1.0-1.el9",
      "9: 'a/beta-1.0-1.el9' is not the NVR of a build. \(form)"),
    AdvisoryMistake(
      "beta-1.0-1.el9", "beta 1-1.0-1.el9",
      "9: 'beta 1-1.0-1.el9' is not the NVR of a build. \(form)"),
    AdvisoryMistake("beta-1.0-1.el9", "null", "9: 'null' is not the NVR of a build. \(form)"),
    AdvisoryMistake(
      "2271001", "\"#2271001\"",
      "10: '#2271001' is not the number of a bug. Write its digits, such as 2271001."),
    AdvisoryMistake(
      "2271001", "0", "10: '0' is not the number of a bug. Write its digits, such as 2271001."),
    AdvisoryMistake("2271001", "[1]", "10: 'bugs' must be text. Write one value after the colon."),
    AdvisoryMistake(
      "2271001", "2271002", "10: '2271002' is there twice in 'bugs'. Remove one of the two."),
    AdvisoryMistake(
      "title: t", "titel: t",
      "10: unknown key 'titel' in 'bugs'. "
        + "Write 'title' if that was meant."),
    AdvisoryMistake(
      "{id: 2271002, title: t}", "{title: t}",
      "10: 'bugs.id' is missing. Add the key: number of the bug."),
    AdvisoryMistake(
      "title: t", "url: bugs.example/1",
      "10: 'bugs.example/1' is not a URL. Write https://HOST/PATH."),
    AdvisoryMistake(
      "CVE-2024-31234", "cve-2024-31234",
      "11: 'cve-2024-31234' is not the name of a CVE. "
        + "Write it as CVE-2024-31234, in capitals."),
    AdvisoryMistake(
      "[CVE-2024-31234]", "[CVE-2024-31234, CVE-2024-31234]",
      "11: 'CVE-2024-31234' is there twice in 'cves'. Remove one of the two."),
    AdvisoryMistake(
      "\"https://h/a\"", "ftp://h/a", "12: 'ftp://h/a' is not a URL. Write https://HOST/PATH."),
    AdvisoryMistake(
      "\"https://h/a\"", "\"https://h/a b\"",
      "12: 'https://h/a b' is not a URL. Write https://HOST/PATH."),
    AdvisoryMistake(
      "\"https://h/a\"", "\"https://h/b\"",
      "12: 'https://h/b' is there twice in 'references'. Remove one of the two."),
    AdvisoryMistake(
      "{url: \"https://h/b\"}", "{id: b}",
      "12: 'references.url' is missing. Add the key: where to read it."),
    AdvisoryMistake(
      "{url: \"https://h/b\"}", "{link: \"https://h/b\"}",
      "12: unknown key 'link' in 'references'. Known keys here: id, title, url."),
  ]
}
