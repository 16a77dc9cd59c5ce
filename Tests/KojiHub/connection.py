"""One connection of a client: reading requests, writing replies, closing rudely."""

import select
import socket
import ssl
import struct
import time
import urllib.parse

from errors import BadRequest

MAX_HEAD = 64 * 1024
MAX_BODY = 64 * 1024 * 1024


class Gone(Exception):
    """The client has gone, or we are about to."""


class Request:
    """One HTTP request, read whole."""

    def __init__(self, method, target, headers, body, size, idle):
        self.method = method
        self.path, _, self.query = target.partition("?")
        self.path = urllib.parse.unquote(self.path)
        self.headers = headers
        self.body = body
        self.size = size
        self.idle = idle
        self.keep_alive = headers.get("connection", "").lower() != "close"


class Connection:
    def __init__(self, sock, number):
        self.sock = sock
        self.number = number
        self.buffer = b""
        self.quiet_since = time.monotonic()
        self.is_control = False
        self.sent = 0

    @property
    def encrypted(self):
        return isinstance(self.sock, ssl.SSLSocket)

    def receive(self):
        try:
            data = self.sock.recv(65536)
        except (OSError, ValueError):
            raise Gone from None
        if not data:
            raise Gone
        return data

    def wait(self, idle_close):
        """Wait for a request. Past the limit a request meets a reset; a second later
        the connection is closed in good order."""
        if self.buffer or idle_close is None:
            return
        for grace in (idle_close, 1.0):
            if self.encrypted and self.sock.pending():
                return
            try:
                ready = select.select([self.sock], [], [], grace)[0]
            except (OSError, ValueError):
                raise Gone from None
            if ready:
                if grace != idle_close:
                    self.reset()
                    raise Gone
                return
        self.close()
        raise Gone

    def read_request(self, idle_close=None):
        self.wait(idle_close)
        if not self.buffer:
            self.buffer = self.receive()
        idle = time.monotonic() - self.quiet_since
        while b"\r\n\r\n" not in self.buffer:
            if len(self.buffer) > MAX_HEAD:
                raise BadRequest("request header too long")
            self.buffer += self.receive()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        words = lines[0].split()
        if len(words) != 3:
            raise BadRequest("malformed request line")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        if headers.get("expect", "").lower() == "100-continue":
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self.read_body(headers)
        return Request(words[0], words[1], headers, body, len(head) + 4 + len(body), idle)

    def read_body(self, headers):
        if headers.get("transfer-encoding", "").lower() == "chunked":
            parts = []
            while True:
                size = int(self.take_line().split(b";")[0], 16)
                parts.append(self.take(size))
                self.take_line()
                if size == 0:
                    return b"".join(parts)
        length = int(headers.get("content-length", "0"))
        if length > MAX_BODY:
            raise BadRequest("request body too long")
        return self.take(length)

    def take(self, length):
        parts = [self.buffer]
        have = len(self.buffer)
        while have < length:
            data = self.receive()
            parts.append(data)
            have += len(data)
        data = b"".join(parts)
        self.buffer = data[length:]
        return data[:length]

    def take_line(self):
        while b"\r\n" not in self.buffer:
            self.buffer += self.receive()
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line

    def send(self, data):
        try:
            self.sock.sendall(data)
        except (OSError, ValueError):
            raise Gone from None
        self.sent += len(data)
        self.quiet_since = time.monotonic()

    def reset(self):
        """Close with a TCP reset instead of a proper end."""
        try:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass
        self.shut()

    def shut(self):
        try:
            self.sock.close()
        except OSError:
            pass

    def close(self):
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.shut()

    def wait_until_gone(self):
        """Say nothing until the client goes."""
        while True:
            self.receive()
