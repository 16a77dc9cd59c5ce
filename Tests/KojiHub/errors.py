"""The faults of a hub, with the codes a client sees."""


class HubError(Exception):
    """A fault with a text: Koji's GenericError."""

    code = 1000
    name = "koji.GenericError"


class AuthError(HubError):
    code = 1002
    name = "koji.AuthError"


class TagError(HubError):
    code = 1003
    name = "koji.TagError"


class ActionNotAllowed(HubError):
    code = 1004
    name = "koji.ActionNotAllowed"


class AuthExpired(AuthError):
    code = 1007
    name = "koji.AuthExpired"


class SequenceError(AuthError):
    code = 1008
    name = "koji.SequenceError"


class RetryError(AuthError):
    code = 1009
    name = "koji.RetryError"


class ServerOffline(HubError):
    code = 1014
    name = "koji.ServerOffline"


class ParameterError(HubError):
    code = 1019
    name = "koji.ParameterError"


class TaskFault(Exception):
    """The stored fault of a task, passed on as it is."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


class BadRequest(Exception):
    """A request that is refused before any method is looked up: HTTP 400."""


class Deadlock(Exception):
    """What the database raises when two writers wait for each other."""


def code_of(error):
    """The fault code of any exception; 1 is an error inside the hub."""
    return getattr(error, "code", 1)


def traceback_lines(error):
    """A traceback as a real hub prints it, without this program's own paths."""
    name = getattr(error, "name", None) or type(error).__name__
    return [
        "Traceback (most recent call last):\n",
        '  File "/usr/share/koji-hub/kojixmlrpc.py", line 249, in _wrap_handler\n'
        "    response = handler(environ)\n",
        '  File "/usr/share/koji-hub/kojixmlrpc.py", line 341, in _dispatch\n'
        "    ret = koji.util.call_with_argcheck(func, params, opts)\n",
        f"{name}: {error}\n",
    ]


def fault_of_call(error):
    """(code, text) of a failed call. An internal error shows its traceback."""
    if isinstance(error, (HubError, TaskFault)):
        return code_of(error), str(error)
    return 1, "".join(traceback_lines(error))


def fault_of_entry(error):
    """The struct of a failed multiCall entry. Here, too, the traceback is shown."""
    if isinstance(error, TaskFault):
        return {"faultCode": error.code, "faultString": str(error)}
    return {
        "faultCode": code_of(error),
        "faultString": str(error),
        "traceback": traceback_lines(error),
    }
