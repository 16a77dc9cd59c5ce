"""What one call knows: the hub, who calls, and the event of its changes."""

from errors import ActionNotAllowed


class Call:
    """One method call, or all entries of one multiCall."""

    def __init__(self, hub, session=None, user=None, login=None):
        self.hub = hub
        self.store = hub.store
        self.session = session
        self.user = user
        self.login = login
        self.method = None
        self.written = False
        self.after = []
        self._event = None

    def event(self):
        """The event of this call, made at the first change."""
        if self._event is None:
            self._event = self.store.new_event()
        return self._event

    def forget_event(self):
        """The next change gets a new event, which keeps the order of tagging."""
        self._event = None

    def has_perm(self, name):
        return self.user is not None and name in self.user["permissions"]

    def assert_perm(self, name):
        if self.has_perm(name) or self.has_perm("admin"):
            return
        who = f"logged in as {self.user['name']}" if self.user else "user not logged in"
        raise ActionNotAllowed(f"{name} permission required ({who})")

    def assert_login(self):
        if self.user is None:
            raise ActionNotAllowed("you must be logged in for this operation")


METHODS = {}


def method(name, koji_name=None):
    """Publish a function. `koji_name` is what Python calls it in a real hub, which
    shows in the fault for an unexpected argument."""

    def publish(function):
        function.__qualname__ = koji_name or f"RootExports.{name}"
        METHODS[name] = function
        return function

    return publish
