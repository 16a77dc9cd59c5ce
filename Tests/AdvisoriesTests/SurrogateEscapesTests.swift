import Testing

@testable import Advisories

@Suite struct SurrogateEscapesTests {
  @Test(arguments: [
    (#""\ud83d\ude00""#, #""\U0001f600""#), (#""\uDBFF\uDFFF\n""#, #""\U0010ffff\n""#),
    (#""\u00e9 😀""#, #""\u00e9 😀""#),
    // An escaped backslash, half a pair, the wrong order, the end of the text.
    (#""\\ud83d\ude00""#, #""\\ud83d\ude00""#), (#""\ud83d x""#, #""\ud83d x""#),
    (#""\ude00\ud83d""#, #""\ude00\ud83d""#), (#"\ud83d\ude0"#, #"\ud83d\ude0"#),
    (#"\ud83d\"#, #"\ud83d\"#),
  ])
  func `pairs become one escape`(json: String, yaml: String) {
    #expect(SurrogateEscapes.joined(in: json) == yaml)
  }
}
