import Foundation
import Glibc

/// One connection to a server on this machine, which does what it is told.
package final class PlainClient {
  /// One response.
  package struct Response: Sendable {
    package let status: Int
    /// Names in small letters.
    package let headers: [String: String]
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// The connection failed, or what came is no response.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private let descriptor: Int32
  private var buffer: [UInt8] = []

  /// Connects. Waits for at most `seconds` for each piece of an answer.
  package init(port: UInt16, seconds: Int = 20) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(description: "socket: \(errno)") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else {
      throw Failure(description: "connect: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  package func send(_ text: String) throws { try send(Array(text.utf8)) }

  package func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(
          descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else {
        throw Failure(description: "send: \(String(cString: strerror(errno)))")
      }
      sent += count
    }
  }

  /// Asks for `target`, and reads the response.
  package func get(_ target: String, headers: [String] = [], method: String = "GET") throws
    -> Response
  {
    try send(
      "\(method) \(target) HTTP/1.1\r\nHost: m.example.org\r\n"
        + headers.map { $0 + "\r\n" }.joined() + "\r\n")
    return try receive(hasBody: method != "HEAD")
  }

  /// Reads one response.
  package func receive(hasBody: Bool = true) throws -> Response {
    var end: Int?
    while end == nil {
      end = buffer.indices.dropLast(3).first {
        buffer[$0] == 13 && buffer[$0 + 1] == 10 && buffer[$0 + 2] == 13 && buffer[$0 + 3] == 10
      }
      if end == nil { try fill() }
    }
    let head = String(decoding: buffer[..<(end ?? 0)], as: UTF8.self)
    buffer.removeFirst((end ?? 0) + 4)
    let lines = head.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
      throw Failure(description: "no status line: \(lines[0])")
    }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      if pair.count == 2 {
        headers[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces)
      }
    }
    let size = hasBody ? Int(headers["content-length"] ?? "") ?? 0 : 0
    while buffer.count < size { try fill() }
    let body = Array(buffer[..<size])
    buffer.removeFirst(size)
    return Response(status: status, headers: headers, body: body)
  }

  /// Whether the server closes, and says nothing before it does.
  package func isClosed() throws -> Bool {
    guard buffer.isEmpty else { return false }
    do { try fill() } catch let error as Failure {
      // What it did not read before it closed makes a reset of it.
      return error.description == "closed" || error.description.contains("reset")
    }
    return false
  }

  private func fill() throws {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &piece, piece.count, 0)
    guard count != 0 else { throw Failure(description: "closed") }
    guard count > 0 else { throw Failure(description: "recv: \(String(cString: strerror(errno)))") }
    buffer += piece[..<count]
  }
}
