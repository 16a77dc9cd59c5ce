"""Finding tags, builds, packages, users and RPMs by whatever a caller names them by."""

import datetime

from errors import HubError, ParameterError


def name_or_id(info):
    """The id or name in an argument, which may also be a struct with one of them."""
    if isinstance(info, dict):
        if "id" in info:
            return info["id"]
        if "name" in info:
            return info["name"]
        raise ParameterError(f"Invalid name or id value: {info}")
    if isinstance(info, (int, str)):
        return info
    raise ParameterError(f"Invalid name or id value: {info}")


def check_event(event):
    if event is not None and not isinstance(event, int):
        raise HubError(f"Invalid event: {event!r}")


def tag_id(call, info, strict=False):
    """The id of a tag that exists or once existed."""
    wanted = name_or_id(info)
    store = call.store
    found = wanted if isinstance(wanted, int) else store.tag_ids.get(wanted)
    if found is None or found not in store.tags.items:
        if strict:
            raise HubError(f"No such entry in table tag: {info}")
        return None
    return found


def tag(call, info, strict=False, event=None):
    """The struct of a tag, or nil."""
    check_event(event)
    found = tag_id(call, info)
    entries = call.store.tag_config.at(found, event) if found is not None else []
    if not entries:
        if strict:
            raise HubError(f"No such tagInfo: {info!r}")
        return None
    config = entries[-1].data
    result = {
        "arches": config["arches"],
        "id": found,
        "locked": config["locked"],
        "maven_include_all": config["maven_include_all"],
        "maven_support": config["maven_support"],
        "name": call.store.tags.get(found),
        "perm": config["perm"],
        "perm_id": call.store.permissions.get(config["perm"]),
        "extra": {
            entry.key[1]: entry.data for entry in call.store.tag_extra.at(found, event)
        },
    }
    if event is not None:
        result["query_event"] = event
    return result


def package(call, info, strict=False, create=False):
    wanted = name_or_id(info)
    store = call.store
    found = wanted if isinstance(wanted, int) else store.package_ids.get(wanted)
    name = store.packages.get(found)
    if name is not None:
        return {"id": found, "name": name}
    if strict:
        raise HubError(f"No such entry in table package: {info}")
    if not create:
        return None
    found = store.next("package")
    store.packages.set(found, wanted)
    store.package_ids.set(wanted, found)
    return {"id": found, "name": wanted}


def user(call, info, strict=False):
    """The record of a user, by id, name or Kerberos principal."""
    store = call.store
    if isinstance(info, dict):
        info = info.get("id", info.get("name", info.get("krb_principal")))
    if isinstance(info, int):
        found = store.users.get(info)
    elif isinstance(info, str):
        found = store.users.get(store.user_ids.get(info))
    else:
        raise HubError(f"Invalid type for userInfo: {type(info)}")
    if found is None and strict:
        raise HubError(f"No such user: {info!r}")
    return found


def parse_nvr(nvr):
    release_at = nvr.rfind("-")
    if release_at in (-1, len(nvr) - 1):
        raise HubError(f"invalid format: {nvr}")
    version_at = nvr.rfind("-", 0, release_at)
    if version_at in (-1, release_at - 1):
        raise HubError(f"invalid format: {nvr}")
    name = nvr[:version_at].split(":", 1)[-1]
    return name, nvr[version_at + 1:release_at], nvr[release_at + 1:]


def build(call, info, strict=False):
    """The record of a build, by id, NVR or struct."""
    store = call.store
    if isinstance(info, int):
        found = store.builds.get(info)
        shown = str(info)
    else:
        if isinstance(info, str):
            nvr = parse_nvr(info)
        elif isinstance(info, dict):
            if not all(key in info for key in ("name", "version", "release")):
                raise HubError("did not provide name, version, and release")
            nvr = (info["name"], info["version"], info["release"])
        else:
            raise HubError(f"Invalid type for argument: {type(info)!r}")
        found = store.builds_by_nvr.get(nvr)
        shown = repr(info)
    if found is None and strict:
        raise HubError(f"No such build: {shown}")
    return found


def rpm(call, info, strict=False):
    """The record of an RPM, by id, N-V-R.A or struct."""
    store = call.store
    if isinstance(info, str) and info.isdigit():
        info = int(info)
    if isinstance(info, int):
        found, shown = store.rpms.get(info), {"id": info}
    elif isinstance(info, str):
        base = info[:-4] if info.endswith(".rpm") else info
        nvr, _, arch = base.rpartition(".")
        name, version, release = parse_nvr(nvr)
        shown = {"name": name, "version": version, "release": release, "arch": arch}
        found = store.rpms_by_name.get(tuple(shown.values()))
    elif isinstance(info, dict):
        shown = info
        if "id" in info:
            found = store.rpms.get(info["id"])
        else:
            key = tuple(info.get(part) for part in ("name", "version", "release", "arch"))
            found = store.rpms_by_name.get(key)
    else:
        raise HubError(f"Invalid type for rpminfo: {type(info)!r}")
    if found is None and strict:
        raise HubError(f"No such rpm: {shown!r}")
    return found


def time_text(seconds):
    """A time as PostgreSQL prints it."""
    if seconds is None:
        return None
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.isoformat(" ", "auto")
