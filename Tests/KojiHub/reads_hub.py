"""Reading about users, events, and the hub itself."""

import lookups
from context import METHODS, method
from errors import HubError
from replies import KOJI_VERSION

BUILDER = {
    "arches": "noarch", "capacity": 4.0, "comment": None, "description": None,
    "enabled": True, "id": 1, "name": "builder", "ready": True, "task_load": 0.0,
    "user_id": 1,
}


@method("getAPIVersion")
def get_api_version(call):
    return 1


@method("getKojiVersion")
def get_koji_version(call):
    return KOJI_VERSION


@method("echo")
def echo(call, *args):
    return args


@method("fault")
def fault(call):
    raise Exception("test exception")


@method("error")
def error(call):
    raise HubError("test error")


@method("system.listMethods", "HandlerRegistry.system_listMethods")
def list_methods(call):
    return list(METHODS)


@method("mavenEnabled")
def maven_enabled(call):
    return False


@method("winEnabled")
def win_enabled(call):
    return False


@method("getLastEvent")
def get_last_event(call, before=None, strict=True):
    store = call.store
    for event, seconds in zip(reversed(store.event_ids), reversed(store.event_times)):
        if before is None or seconds < before:
            return {"id": event, "ts": seconds}
    if strict:
        raise HubError("query returned no rows")
    return None


@method("getEvent")
def get_event(call, id, strict=True):
    seconds = call.store.event_time(id)
    if seconds is None:
        if strict:
            raise HubError("query returned no rows")
        return None
    return {"id": id, "ts": seconds}


def user_struct(record, principals=True):
    result = {"id": record["id"], "name": record["name"], "status": 0, "usertype": 0}
    if principals:
        result["krb_principals"] = list(record["principals"])
    return result


@method("getUser")
def get_user(call, userInfo=None, strict=False, krb_princs=True, groups=False):
    if userInfo is None:
        if call.user is None:
            raise HubError("No user provided")
        userInfo = call.user["id"]
    found = lookups.user(call, userInfo, strict)
    if found is None:
        return None
    result = user_struct(found, krb_princs)
    if groups:
        result["groups"] = []
    return result


@method("getLoggedInUser")
def get_logged_in_user(call):
    if call.user is None:
        return None
    result = user_struct(call.user)
    result["authtype"] = call.session.authtype if call.session else 0
    principals = call.user["principals"]
    result["krb_principal"] = principals[0] if principals else None
    return result


@method("getPerms")
def get_perms(call):
    return list(call.user["permissions"]) if call.user else []


@method("getUserPerms")
def get_user_perms(call, userID=None, with_groups=True):
    if userID is None:
        if call.user is None:
            raise HubError("No user provided")
        return list(call.user["permissions"])
    return list(lookups.user(call, userID, strict=True)["permissions"])


@method("getAllPerms")
def get_all_perms(call):
    return [
        {"description": None, "id": number, "name": name}
        for name, number in call.store.permissions.items()
    ]


@method("hasPerm")
def has_perm(call, perm, strict=False):
    if strict and perm not in call.store.permissions:
        raise HubError(f"No such permission {perm} defined")
    return call.has_perm(perm)


@method("showSession")
def show_session(call):
    if call.user is None:
        return "session: not logged in (no session header or session args)"
    return f"session {call.session.id}: {{'user': {call.user['name']!r}}}"


@method("listVolumes", "list_volumes")
def list_volumes(call):
    return [{"id": number, "name": name} for name, number in call.store.volumes.items()]


@method("getVolume", "lookup_volume")
def get_volume(call, info, strict=False):
    for name, number in call.store.volumes.items():
        if info in (name, number):
            return {"id": number, "name": name}
    if strict:
        raise HubError(f"No such entry in table volume: {info}")
    return None


@method("getHost", "get_host")
def get_host(call, hostInfo, strict=False, event=None):
    """The one builder, which did all tasks."""
    if hostInfo not in (1, BUILDER["name"]):
        if strict:
            raise HubError(f"Invalid hostInfo: {hostInfo}")
        return None
    return dict(BUILDER)


def nothing(name, koji_name, value):
    """A method of a feature that this hub has no data for."""

    @method(name, koji_name)
    def answer(call, *args, **named):
        return value


nothing("getMavenBuild", "get_maven_build", None)
nothing("getWinBuild", "get_win_build", None)
nothing("getImageBuild", "get_image_build", None)
nothing("listArchives", "list_archives", [])
nothing("getChangelogEntries", None, [])
nothing("listBTypes", "list_btypes", [{"id": 1, "name": "rpm"}])
nothing("getChannel", "get_channel", None)
