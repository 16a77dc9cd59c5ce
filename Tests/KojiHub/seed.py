"""Filling a store from the seed, a JSON object; hub.py describes its keys.

Ids are given out in the order of the seed, and events get times that grow from
`clock`, so that the same seed always gives the same hub.
"""

import hashlib

import lookups
from store import Store
from wire import Row

PERMISSIONS = (
    "admin", "build", "repo", "image", "livecd", "appliance", "dist-repo", "host",
    "image-import", "sign", "tag", "target", "win-admin", "draft-promoter",
)
DEFAULT_CLOCK = 1700000000.0


class Build:
    """A finished build. Its structs are made once: a build never changes here."""

    __slots__ = ("id", "name", "version", "release", "nvr", "package_id", "volume",
                 "owner_id", "info", "listed", "rpms")


class Package:
    """One RPM of a build, with the rows that listTaggedRPMS shows for it."""

    __slots__ = ("id", "build", "file", "sigkeys", "sighashes", "base", "rows")


def load(seed):
    """A store with the seed in it."""
    store = Store()
    store.clock = float(seed.get("clock", DEFAULT_CLOCK))
    store.permissions = {name: number for number, name in enumerate(PERMISSIONS, 1)}
    add_user(store, {"name": "kojiadmin", "permissions": ["admin"]})
    for user in seed.get("users", []):
        add_user(store, user)
    for tag in seed.get("tags", []):
        add_tag(store, tag)
    for target in seed.get("targets", []):
        add_target(store, target)
    for build in seed.get("builds", []):
        add_build(store, build)
    for entry in seed.get("packages", []):
        add_listed_package(store, entry)
    for entry in seed.get("tagged", []):
        tag_build(store, entry)
    store.seal()
    return store


def add_user(store, given):
    name = given["name"]
    known = store.user_ids.get(name)
    if known is None:
        known = store.next("users")
    for permission in given.get("permissions", []):
        store.permissions.setdefault(permission, len(store.permissions) + 1)
    principal = given.get("principal")
    store.users.set(known, {
        "id": known,
        "name": name,
        "permissions": list(given.get("permissions", [])),
        "principals": [principal] if principal else [],
        "password": given.get("password"),
    })
    store.user_ids.set(name, known)
    if principal:
        store.user_ids.set(principal, known)
    return known


def user_id(store, name):
    known = store.user_ids.get(name)
    return known if known is not None else add_user(store, {"name": name})


def package_id(store, name):
    known = store.package_ids.get(name)
    if known is None:
        known = store.next("package")
        store.packages.set(known, name)
        store.package_ids.set(name, known)
    return known


def add_tag(store, given):
    tag = store.next("tag")
    store.tags.set(tag, given["name"])
    store.tag_ids.set(given["name"], tag)
    event = store.new_event()
    store.tag_config.insert((tag, "config"), {
        "arches": given.get("arches", ""),
        "locked": bool(given.get("locked", False)),
        "perm": given.get("perm"),
        "maven_include_all": False,
        "maven_support": False,
    }, event, 1)
    for key, value in given.get("extra", {}).items():
        store.tag_extra.insert((tag, key), value, event, 1)
    parents = [store.tag_ids.get(name) for name in given.get("parents", [])]
    store.tag_parents[tag] = [
        each for parent in parents for each in [parent] + store.tag_parents.get(parent, [])]


def add_target(store, given):
    tags = {key: store.tag_ids.get(given[key]) for key in ("build_tag", "dest_tag")}
    event = store.new_event()
    store.build_targets.append(({
        "build_tag": tags["build_tag"], "build_tag_name": given["build_tag"],
        "dest_tag": tags["dest_tag"], "dest_tag_name": given["dest_tag"],
        "id": store.next("build_target"), "name": given["name"],
    }, event))


def add_build(store, given):
    build = Build()
    build.id = store.next("build")
    build.name, build.version, build.release = (
        given["name"], given["version"], given["release"])
    build.nvr = f"{build.name}-{build.version}-{build.release}"
    build.package_id = package_id(store, build.name)
    build.volume = given.get("volume", "DEFAULT")
    volume_id = store.volumes.setdefault(build.volume, len(store.volumes))
    owner = given.get("owner", "kojiadmin")
    build.owner_id = user_id(store, owner)
    event = store.new_event()
    created = store.event_time(event)
    done = float(given.get("completion_ts", created))
    fields = {
        "build_id": build.id, "id": build.id,
        "completion_time": lookups.time_text(done), "completion_ts": done,
        "start_time": lookups.time_text(done), "start_ts": done,
        "creation_event_id": event,
        "creation_time": lookups.time_text(created), "creation_ts": created,
        "draft": bool(given.get("draft", False)), "epoch": given.get("epoch"), "extra": None,
        "name": build.name, "package_name": build.name, "package_id": build.package_id,
        "nvr": build.nvr, "version": build.version, "release": build.release,
        "owner_id": build.owner_id, "owner_name": owner,
        "promoter_id": None, "promoter_name": None,
        "promotion_time": None, "promotion_ts": None,
        "source": given.get("source"), "state": given.get("state", 1), "task_id": None,
        "volume_id": volume_id, "volume_name": build.volume, "cg_id": None,
    }
    build.info = Row({**dict(sorted(fields.items())), "cg_name": None})
    for key in ("completion_ts", "start_ts", "creation_ts", "promotion_ts", "source",
                "extra", "cg_id"):
        del fields[key]
    fields.update(create_event=None, tag_id=None, tag_name=None)
    build.listed = dict(sorted(fields.items()))
    build.rpms = [add_rpm(store, build, rpm) for rpm in given.get("rpms", [])]
    store.builds[build.id] = build
    store.builds_by_nvr[(build.name, build.version, build.release)] = build


def add_rpm(store, build, given):
    rpm = Package()
    rpm.id = store.next("rpminfo")
    rpm.build = build
    name, version, release, arch = (
        given["name"], given.get("version", build.version),
        given.get("release", build.release), given["arch"])
    rpm.file = f"{name}-{version}-{release}.{arch}.rpm"
    payload = given.get("payloadhash") or hashlib.md5(rpm.file.encode()).hexdigest()
    rpm.base = {
        "arch": arch, "build_id": build.id, "buildroot_id": None,
        "buildtime": given.get("buildtime", int(store.clock)), "draft": False,
        "epoch": given.get("epoch"), "extra": None, "id": rpm.id,
        "metadata_only": False, "name": name, "payloadhash": payload,
        "release": release, "sigkey": "", "size": given.get("size", 0),
        "version": version,
    }
    rpm.sigkeys = [""] + [key.lower() for key in given.get("sigkeys", [])]
    rpm.sighashes = {
        key: hashlib.md5(f"{payload} {key}".encode()).hexdigest() for key in rpm.sigkeys
    }
    rpm.rows = {}
    store.rpms[rpm.id] = rpm
    store.rpms_by_name[(name, version, release, arch)] = rpm
    return rpm


def add_listed_package(store, given):
    tag = store.tag_ids.get(given["tag"])
    package = package_id(store, given["package"])
    event = store.new_event()
    store.tag_packages.insert((tag, package), {
        "blocked": bool(given.get("blocked", False)),
        "extra_arches": given.get("extra_arches", ""),
    }, event, 1)
    owner = user_id(store, given.get("owner", "kojiadmin"))
    store.tag_owners.insert((tag, package), owner, event, 1)


def tag_build(store, given):
    tag = store.tag_ids.get(given["tag"])
    name, version, release = lookups.parse_nvr(given["build"])
    build = store.builds_by_nvr[(name, version, release)]
    event = store.new_event(given.get("ts"))
    store.tag_listing.insert((tag, build.id), build, event, 1)
