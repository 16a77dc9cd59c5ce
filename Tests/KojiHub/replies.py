"""HTTP replies with the headers of the machine that a hub runs on."""

import email.utils
import gzip

SERVER = ("Apache/2.4.71 (Debian) mod_auth_gssapi/1.6.4 OpenSSL/3.0.19 "
          "mod_wsgi/4.9.4 Python/3.11")
REASONS = {200: "OK", 206: "Partial Content", 302: "Found", 304: "Not Modified", 400: "Bad Request",
           401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
           405: "Method Not Allowed", 416: "Requested Range Not Satisfiable",
           502: "Bad Gateway", 503: "Service Unavailable"}
HTML = "text/html; charset=iso-8859-1"
KOJI_VERSION = "1.35.3"


class Reply:
    def __init__(self, status, body=b"", content_type=HTML, headers=(), reason=None,
                 close=False):
        self.status = status
        self.body = body
        self.content_type = content_type
        self.headers = list(headers)
        self.reason = reason or REASONS[status]
        self.close = close

    def head(self, length=None):
        """The status line and headers; `length` where it is not that of the body."""
        length = len(self.body) if length is None else length
        lines = [
            f"HTTP/1.1 {self.status} {self.reason}",
            f"Date: {email.utils.formatdate(usegmt=True)}",
            f"Server: {SERVER}",
        ]
        if length >= 0:
            lines.append(f"Content-Length: {length}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.close:
            lines.append("Connection: close")
        lines.append(f"Content-Type: {self.content_type}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def koji(body, encrypted=False, zipped=False, status=200, content_type="text/xml", extra=()):
    """A reply of the hub program. Only mod_deflate adds Vary."""
    headers = [("Koji-Version", KOJI_VERSION), *extra]
    if encrypted or zipped:
        headers.append(("Vary", "Accept-Encoding"))
    if zipped:
        headers.append(("Content-Encoding", "gzip"))
        body = gzip.compress(body, 6, mtime=0)
    return Reply(status, body, content_type, headers)


def text(status, words, extra=()):
    return koji((words + "\n").encode(), status=status, content_type="text/plain", extra=extra)
