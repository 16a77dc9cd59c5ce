import ReleaseModel
import Testing

@Suite struct LocalURLTests {
  @Test(arguments: [
    "http://127.0.0.1:8080/metalink", "https://127.3.2.1", "http://localhost/x", "http://[::1]:80/",
    "http://[::1]", "http://localhost:1?x=http://example.org",
  ])
  func `this machine is known`(url: String) { #expect(LocalURL.isLoopback(url)) }

  @Test(arguments: [
    "https://mirrors.example.org/metalink", "http://127.0.0.1.example.org/", "http://127.0.0/",
    "http://localhost@example.org/", "http://localhost.example.org/", "http://[::1].example.org/",
    "http://[::2]/", "http://127.0.0.256/", "http://1270.0.0.1/", "localhost", "", "http://",
    "http://example.org/?x=http://localhost/", "http://example.org\\@localhost/",
  ])
  func `no other passes for it`(url: String) { #expect(!LocalURL.isLoopback(url)) }
}
