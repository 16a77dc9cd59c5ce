"""Login sessions: who calls, how often, and whether a call was done before.

A session has a lock, as its row in the database has: calls on one session are done
one after another. The number of the last committed call is kept, and an older or
equal one is refused.
"""

import random
import string
import threading
import urllib.parse

import lookups
import seed
from context import method
from errors import ActionNotAllowed, AuthError, AuthExpired, HubError, RetryError, SequenceError

NORMAL, KERBEROS, SSL, GSSAPI = range(4)
LOGIN_METHODS = ("login", "sslLogin")
LETTERS = string.ascii_letters + string.digits


class Session:
    def __init__(self, number, user, authtype, master=None):
        self.id = number
        self.user = user
        self.authtype = authtype
        self.master = master
        self.key = new_key(user)
        self.callnum = None
        self.expired = False
        self.closed = False
        self.lock = threading.RLock()


def new_key(user):
    return f"{user}-" + "".join(random.choice(LETTERS) for _ in range(19))


class Credentials:
    """What a request says about its session."""

    def __init__(self, number, key, callnum):
        self.id = number
        self.key = key
        self.callnum = callnum


def credentials(headers, query, options):
    """The session of a request, from its headers or its address; None without one."""
    if options["header_auth"] and "koji-session-id" in headers:
        names = ["koji-session-callnum", "koji-callnum"]
        if options["ignore_session_callnum"]:
            names = names[1:]
        numbers = [headers[name] for name in names if name in headers]
        callnum = int(numbers[0]) if numbers else None
        return Credentials(int(headers["koji-session-id"]), headers["koji-session-key"], callnum)
    if not query:
        return None
    fields = urllib.parse.parse_qs(query, strict_parsing=True)
    for name in ("session-id", "session-key"):
        if name not in fields:
            raise AuthError(f"'{name}' not specified in session args")
    callnum = fields.get("callnum", [None])[0]
    try:
        callnum = int(callnum) if callnum is not None else None
    except ValueError:
        raise AuthError(f"Invalid callnum: {callnum!r}") from None
    return Credentials(int(fields["session-id"][0]), fields["session-key"][0], callnum)


class Sessions:
    """All sessions ever opened, by id."""

    def __init__(self):
        self.all = {}
        self.last = 0
        self.lock = threading.Lock()

    def open(self, user, authtype, master=None):
        with self.lock:
            self.last += 1
            session = Session(self.last, user, authtype, master)
            self.all[session.id] = session
        return session

    def find(self, given):
        """The locked session of a request. The caller unlocks it."""
        session = self.all.get(given.id)
        if session is None:
            raise AuthError("Invalid session or bad credentials")
        session.lock.acquire()
        if session.closed or session.key != given.key:
            session.lock.release()
            raise AuthError("Invalid session or bad credentials")
        return session

    def close(self, number):
        for session in list(self.all.values()):
            if number in (session.id, session.master):
                session.closed = session.expired = True

    def expire(self):
        for session in list(self.all.values()):
            session.expired = True


def check(session, given, name):
    """Refuse a call of an expired session, and one that was done before."""
    if session.expired and name not in LOGIN_METHODS:
        raise AuthExpired(f'session "{session.id}" has expired')
    last = session.callnum
    if given.callnum is None or last is None:
        return
    if last > given.callnum:
        raise SequenceError(f"{last} > {given.callnum} (session {session.id})")
    if last == given.callnum:
        raise RetryError(f"unable to retry call {last} (method {name}) for session {session.id}")


def reply(call, session):
    result = {"session-id": session.id, "session-key": session.key}
    if call.hub.options["header_auth"]:
        result["header-auth"] = True
    return result


def start(call, user, authtype, renew):
    """A new session, or a new key for the one that the request names."""
    old = call.session
    if renew and old is not None:
        old.key = new_key(old.user)
        old.expired = False
        return reply(call, old)
    return reply(call, call.hub.sessions.open(user, authtype))


@method("login", "login")
def login(call, user, password, opts=None, renew=False, exclusive=False):
    if call.user is not None:
        raise AuthError("Already logged in")
    found = lookups.user(call, user) if isinstance(user, str) else None
    if not found or not password or found["password"] != password:
        raise AuthError("invalid username or password")
    return start(call, found["id"], NORMAL, renew)


@method("sslLogin", "sslLogin")
def ssl_login(call, proxyuser=None, proxyauthtype=None, renew=False, exclusive=None):
    if call.user is not None:
        raise AuthError("Already logged in")
    name, authtype = call.login
    if authtype is None:
        raise AuthError(f"could not verify client: {name}")
    if proxyuser:
        shown = name if authtype == GSSAPI else f"CN={name}"
        raise AuthError(f"{shown} is not authorized to login other users")
    found = lookups.user(call, name)
    if found is None:
        number = seed.add_user(call.store, {
            "name": name.split("@")[0],
            "principal": name if authtype == GSSAPI else None,
        })
    else:
        number = found["id"]
    return start(call, number, authtype, renew)


@method("logout", "logout")
def logout(call, session_id=None):
    if call.user is None:
        raise AuthError("Not logged in")
    sessions = call.hub.sessions
    if session_id:
        other = sessions.all.get(session_id)
        if not call.has_perm("admin") and (other is None or other.user != call.user["id"]):
            raise ActionNotAllowed("only admins or owner may logout other session")
    sessions.close(session_id or call.session.id)


@method("subsession", "subsession")
def subsession(call):
    if call.user is None:
        raise AuthError("Not logged in")
    master = call.session.master or call.session.id
    return reply(call, call.hub.sessions.open(call.user["id"], call.session.authtype, master))


@method("exclusiveSession", "exclusiveSession")
def exclusive_session(call, *args, **opts):
    if call.user is None:
        raise AuthError("Not logged in")


@method("sharedSession", "sharedSession")
def shared_session(call):
    if call.user is None:
        raise HubError("Not logged in")
