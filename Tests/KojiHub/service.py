"""From a request to what is sent back: paths, logins, faults and the log."""

import time

import control
import delivery
import dispatch
import files
import pages
import wire
from errors import BadRequest
from replies import Reply, koji, text
from troubles import AFTER


DUPLICATE = (
    "duplicate key value violates unique constraint \"tag_packages_tag_id_package_id_active\"\n"
    "DETAIL:  Key (tag_id, package_id, active)=(2, 7, t) already exists.\n")


class Service:
    def __init__(self, hub, server, gate):
        self.hub = hub
        self.server = server
        self.gate = gate

    def handle(self, connection, request):
        """Answer one request. Raises Gone when the connection is over."""
        if request.path == "/_control":
            connection.is_control = True
            delivery.plain(connection, control.answer(self.hub, request.body))
        elif request.path.startswith("/files/") and request.method in ("GET", "HEAD"):
            self.serve_file(connection, request)
        elif request.path in ("/kojihub", "/kojihub/", "/kojihub/ssllogin"):
            self.serve_hub(connection, request)
        else:
            delivery.plain(connection, Reply(404, pages.NOT_FOUND))

    def serve_file(self, connection, request):
        reply = files.serve(self.hub.topdir, request)
        with self.hub.log_lock:
            self.hub.file_requests.append({
                "path": request.path, "status": reply.status,
                "range": request.headers.get("range"), "bytes": len(reply.body),
                "connection": connection.number,
            })
        head = reply.head()
        connection.send(head if request.method == "HEAD" else head + reply.body)

    def serve_hub(self, connection, request):
        if request.method != "POST":
            delivery.plain(connection, text(
                405, "Method Not Allowed\n"
                "This is an XML-RPC server. Only POST requests are accepted.",
                [("Allow", "POST")]))
            return
        login, extra = ("NONE" if connection.encrypted else "None", None), []
        if request.path.endswith("/ssllogin"):
            login, extra, refusal = self.gate.identify(connection, request)
            if refusal is not None:
                self.note(connection, request, "?", None, None, refusal)
                delivery.plain(connection, refusal)
                return
        try:
            method, params = wire.read_request(request.body)
        except BadRequest as error:
            reply = text(400, str(error))
            self.note(connection, request, "?", None, None, reply)
            delivery.plain(connection, reply)
            return
        self.call(connection, request, method, params, login, extra)

    def call(self, connection, request, method, params, login, extra):
        trouble = self.hub.troubles.next(method)
        kind = trouble.kind if trouble else None
        if kind in ("expired", "badsession"):
            self.spoil_session(request, kind)
            kind = None
        outcome = None
        if kind is None or kind in AFTER:
            outcome = dispatch.call_hub(
                self.hub, method, params, request.headers, request.query, login,
                deadlock=kind == "deadlock",
                struck=(trouble.text or DUPLICATE) if kind == "entry" else None)
            if kind in ("deadlock", "entry"):
                kind = None
        reply = self.reply(connection, request, outcome, trouble, kind, extra)
        self.note(connection, request, method, params, outcome, reply, kind)
        if kind == "restart":
            self.server.restart(0.3 if trouble.seconds is None else trouble.seconds)
        delivery.deliver(connection, reply, kind)

    def reply(self, connection, request, outcome, trouble, kind, extra):
        if kind in delivery.PAGES:
            return delivery.PAGES[kind]
        if kind == "offline":
            return delivery.offline(connection.encrypted, trouble.text)
        if kind == "redirect":
            other = "http" if connection.encrypted else "https"
            where = trouble.location or f"{other}://{request.headers.get('host')}{request.path}"
            return Reply(302, b"", headers=[("Location", where)])
        body = outcome.body if outcome else b""
        if kind == "control-characters":
            body = delivery.with_control_characters(body)
        if kind == "truncated-xml":
            body = body[:len(body) * 2 // 3]
        accepts = "gzip" in request.headers.get("accept-encoding", "")
        zipped = accepts and self.hub.options["gzip"] and bool(body)
        return koji(body, connection.encrypted, zipped, extra=extra)

    def spoil_session(self, request, kind):
        """Let the session of this request expire, or forget it."""
        number = request.headers.get("koji-session-id")
        for part in request.query.split("&"):
            if part.startswith("session-id="):
                number = part.partition("=")[2]
        session = self.hub.sessions.all.get(int(number or 0))
        if session is not None:
            session.expired = True
            session.closed = session.closed or kind == "badsession"

    def note(self, connection, request, method, params, outcome, reply, kind=None):
        """One line of the log."""
        methods = None
        if method in dispatch.MULTI_CALLS and params and isinstance(params[0], list):
            methods = [entry.get("methodName") for entry in params[0]]
        with self.hub.log_lock:
            self.hub.log.append({
                "n": len(self.hub.log) + 1,
                "method": method,
                "methods": methods,
                "session": outcome.session if outcome else None,
                "callnum": outcome.callnum if outcome else None,
                "fault": outcome.fault if outcome else None,
                "status": reply.status,
                "trouble": kind,
                "connection": connection.number,
                "request_bytes": request.size,
                "response_bytes": len(reply.body),
                "idle": round(request.idle, 3),
                "at": round(time.monotonic(), 4),
            })
