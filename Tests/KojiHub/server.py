"""The listening socket and its connections, one thread each."""

import socket
import ssl
import threading
import time

from connection import Connection, Gone
from errors import BadRequest
from replies import text


def tls_context(ca, cert, key, post_handshake):
    """Optional client certificates in the handshake; or, on TLS 1.3 and on that only,
    because OpenSSL's module here cannot renegotiate, after it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    if ca:
        context.load_verify_locations(ca)
        context.verify_mode = ssl.CERT_OPTIONAL
    if post_handshake:
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.verify_mode = ssl.CERT_REQUIRED
        context.post_handshake_auth = True
    return context


class Server:
    def __init__(self, port, context=None):
        self.context = context
        self.listener = None
        self.service = None
        self.port = port
        self.down_until = 0.0
        self.lock = threading.Lock()
        self.open = {}
        self.listen()

    def listen(self):
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen(128)
        self.port = self.listener.getsockname()[1]

    def run(self, service):
        self.service = service
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                time.sleep(max(0.0, self.down_until - time.monotonic()))
                self.listen()
                continue
            threading.Thread(target=self.serve, args=(sock,), daemon=True).start()

    def restart(self, seconds):
        """Stop listening, drop everybody, and come back later."""
        self.down_until = time.monotonic() + seconds
        with self.lock:
            connections = [connection for connection in self.open.values()
                           if not connection.is_control]
        for connection in connections:
            connection.close()
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()
        raise Gone

    def serve(self, sock):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.context is not None:
            try:
                sock.settimeout(30)
                sock = self.context.wrap_socket(sock, server_side=True)
                sock.settimeout(None)
            except (OSError, ValueError):
                sock.close()
                return
        connection = Connection(sock, 0)
        with self.lock:
            self.open[id(connection)] = connection
        try:
            self.talk(connection)
        except Gone:
            pass
        finally:
            connection.close()
            with self.lock:
                del self.open[id(connection)]

    def talk(self, connection):
        hub = self.service.hub
        while True:
            try:
                request = connection.read_request(hub.options["idle_close"])
            except (BadRequest, ValueError) as error:
                reply = text(400, str(error))
                connection.send(reply.head() + reply.body)
                return
            if connection.number == 0 and request.path != "/_control":
                with hub.log_lock:
                    hub.connections += 1
                    connection.number = hub.connections
            self.service.handle(connection, request)
            if not request.keep_alive:
                return
