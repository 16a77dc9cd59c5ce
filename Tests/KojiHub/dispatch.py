"""Running calls: one transaction each, and a savepoint for every multiCall entry."""

import time

import wire
from context import METHODS, Call
from errors import Deadlock, HubError, ParameterError, fault_of_call, fault_of_entry
from sessions import check, credentials

MULTI_CALLS = ("multiCall", "system.multicall")


class Outcome:
    """What became of a call: the reply, and what the log shows."""

    def __init__(self, body, fault=None, session=None, callnum=None):
        self.body = body
        self.fault = fault
        self.session = session
        self.callnum = callnum


def run_method(call, name, params):
    """One method. Arguments that do not fit are a fault of their own kind."""
    positional, named = wire.split_named(params)
    function = METHODS.get(name)
    if function is None:
        raise HubError(f"Invalid method: {name}")
    call.method = name
    try:
        return function(call, *positional, **named)
    except TypeError as error:
        if error.__traceback__.tb_next is None:
            raise ParameterError(str(error)) from None
        raise


def run_multi(call, params, struck=None):
    """All entries in one transaction. A failed entry is undone, the others stay.

    `struck` is what the database says of one entry, the last: somebody else was
    faster."""
    if len(params) != 1 or not isinstance(params[0], list):
        raise ParameterError(
            "ModXMLRPCRequestHandler.multiCall() takes 2 positional arguments "
            f"but {len(params) + 1} were given")
    results = []
    last = len(params[0]) - 1
    for number, entry in enumerate(params[0]):
        mark = call.store.mark()
        # setting a savepoint counts as a write in a real hub, so that even a
        # multiCall of reads is committed and its number recorded
        call.written = True
        try:
            if struck and number == last:
                raise Deadlock(struck)
            results.append([run_method(call, entry["methodName"], entry["params"])])
        except Exception as error:
            call.store.rollback(mark)
            results.append(fault_of_entry(error))
        call.forget_event()
    return results


def run(call, name, params, struck=None):
    if name in MULTI_CALLS:
        return run_multi(call, params, struck)
    return run_method(call, name, params)


def call_hub(hub, name, params, headers, query, login, deadlock=False, struck=None):
    """A call from outside, from its session to its reply."""
    session = given = None
    try:
        given = credentials(headers, query, hub.options)
        if given is not None:
            session = hub.sessions.find(given)
            check(session, given, name)
        if hub.options["latency"]:
            time.sleep(hub.options["latency"])
        body = transact(hub, name, params, session, given, login, deadlock, struck)
        return Outcome(body, None, given and given.id, given and given.callnum)
    except Exception as error:
        code, text = fault_of_call(error)
        return Outcome(wire.fault(code, text), code, given and given.id,
                       given and given.callnum)
    finally:
        if session is not None:
            session.lock.release()


def transact(hub, name, params, session, given, login, deadlock, struck=None):
    """The reply of a call, committed; the reply is made before the commit."""
    store = hub.store
    with store.lock:
        user = None
        if session is not None and not session.expired:
            user = store.users.get(session.user)
        call = Call(hub, session, user, login)
        mark = store.mark()
        try:
            body = wire.response(run(call, name, params, struck))
            if deadlock:
                raise Deadlock("deadlock detected\nDETAIL:  Process 4711 waits for "
                               "ShareLock on transaction 815; blocked by process 4712.\n")
        except Exception:
            store.rollback(mark)
            raise
        if call.written and user is not None and given.callnum is not None:
            session.callnum = given.callnum
        for action in call.after:
            action()
    return body


def call_inside(hub, name, params, user):
    """A call by somebody else, without a session: the test changes things itself."""
    store = hub.store
    with store.lock:
        call = Call(hub, None, store.users.get(store.user_ids.get(user)))
        mark = store.mark()
        try:
            result = run(call, name, params)
        except Exception:
            store.rollback(mark)
            raise
        for action in call.after:
            action()
    return result
