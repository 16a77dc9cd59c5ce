"""Who stands behind /kojihub/ssllogin: a client certificate, or a Kerberos ticket."""

import base64
import select
import ssl
import time

import pages
from connection import Gone
from replies import Reply
from sessions import GSSAPI, SSL

CERTIFICATE_SECONDS = 10


def common_name(certificate):
    """The CN of a peer certificate, as the ssl module gives it."""
    for part in (certificate or {}).get("subject", ()):
        for name, value in part:
            if name == "commonName":
                return value
    return None


class Gate:
    def __init__(self, post_handshake=False, keytab=None, login_as=None):
        self.post_handshake = post_handshake
        self.keytab = keytab
        self.login_as = login_as

    def identify(self, connection, request):
        """((name, kind of login), headers of the reply, or a refusal)."""
        if self.login_as is not None:
            return (self.login_as, SSL), [], None
        if connection.encrypted:
            if self.post_handshake and not connection.sock.getpeercert():
                refusal = ask_for_certificate(connection)
                if refusal is not None:
                    return None, [], refusal
            name = common_name(connection.sock.getpeercert())
            if name is not None:
                return (name, SSL), [], None
        if self.keytab is not None:
            return self.negotiate(request)
        return ("NONE" if connection.encrypted else "None", None), [], None

    def negotiate(self, request):
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        challenge = Reply(401, pages.UNAUTHORIZED, headers=[("WWW-Authenticate", "Negotiate")])
        if scheme.lower() != "negotiate" or not token:
            return None, [], challenge
        import gssapi

        try:
            keys = gssapi.Credentials(usage="accept", store={"keytab": self.keytab})
            context = gssapi.SecurityContext(creds=keys, usage="accept")
            answer = context.step(base64.b64decode(token))
            name = str(context.initiator_name)
        except (gssapi.exceptions.GSSError, ValueError):
            return None, [], challenge
        headers = []
        if answer:
            proof = base64.b64encode(answer).decode()
            headers = [("WWW-Authenticate", f"Negotiate {proof}")]
        return (name, GSSAPI), headers, None


def ask_for_certificate(connection):
    """TLS 1.3 authentication after the handshake. The request goes out with the next
    handshake step, and the answer comes in with the next read, which finds no data."""
    sock = connection.sock
    try:
        sock.verify_client_post_handshake()
        sock.do_handshake()
    except (ssl.SSLError, OSError):
        return Reply(403, pages.FORBIDDEN)
    deadline = time.monotonic() + CERTIFICATE_SECONDS
    sock.setblocking(False)
    try:
        while not sock.getpeercert():
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([sock], [], [], left)[0]:
                raise Gone
            try:
                data = sock.recv(65536)
            except ssl.SSLWantReadError:
                continue
            if not data:
                raise Gone
            connection.buffer += data
    except (ssl.SSLError, OSError):
        raise Gone from None
    finally:
        sock.setblocking(True)
    return None
