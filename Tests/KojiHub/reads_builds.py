"""Reading builds, RPMs, users, events and the hub itself."""

import hashlib
import os

import layout
import lookups
from context import METHODS, method
from errors import HubError
from reads_tags import query_options

KOJI_VERSION = "1.35.3"
CHECKSUMS = ("md5", "sha1", "sha256")


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


@method("getPackage", "lookup_package")
def get_package(call, info, strict=False, create=False):
    return lookups.package(call, info, strict)


@method("getPackageID")
def get_package_id(call, name, strict=False):
    found = call.store.package_ids.get(name)
    if found is None and strict:
        raise HubError(f"No such package name: {name}")
    return found


@method("getBuild", "get_build")
def get_build(call, buildInfo, strict=False):
    found = lookups.build(call, buildInfo, strict)
    return found.info if found else None


@method("listBuilds")
def list_builds(call, packageID=None, userID=None, prefix=None, state=None, volumeID=None,
                queryOpts=None):
    rows = []
    package = lookups.package(call, packageID) if packageID is not None else None
    owner = lookups.user(call, userID) if userID is not None else None
    for build in call.store.builds.values():
        if packageID is not None and (not package or build.package_id != package["id"]):
            continue
        if userID is not None and (not owner or build.owner_id != owner["id"]):
            continue
        if prefix and not build.name.lower().startswith(prefix.lower()):
            continue
        if state is not None and build.info["state"] != state:
            continue
        if volumeID is not None and build.info["volume_id"] != volumeID:
            continue
        rows.append({key: value for key, value in build.info.items()
                     if key not in ("id", "cg_id", "cg_name")})
    return query_options(rows, queryOpts)


def full_rpm(rpm, nvr=False):
    fields = {key: value for key, value in rpm.base.items() if key != "sigkey"}
    fields.update(external_repo_id=0, external_repo_name="INTERNAL")
    if nvr:
        fields["nvr"] = f"{fields['name']}-{fields['version']}-{fields['release']}"
    return dict(sorted(fields.items()))


@method("getRPM", "get_rpm")
def get_rpm(call, rpminfo, strict=False, multi=False):
    found = lookups.rpm(call, rpminfo, strict)
    if multi:
        return [full_rpm(found)] if found else []
    return full_rpm(found) if found else None


@method("listRPMs", "list_rpms")
def list_rpms(call, buildID=None, buildrootID=None, imageID=None, componentBuildrootID=None,
              hostID=None, arches=None, queryOpts=None, draft=None):
    if buildID is None:
        rpms = call.store.rpms.values()
    else:
        build = call.store.builds.get(buildID)
        rpms = build.rpms if build else []
    wanted = [arches] if isinstance(arches, str) else arches
    rows = [full_rpm(rpm, nvr=True) for rpm in rpms
            if wanted is None or rpm.base["arch"] in wanted]
    return query_options(rows, queryOpts)


@method("listBuildRPMs")
def list_build_rpms(call, build):
    return list_rpms(call, buildID=lookups.build(call, build, strict=True).id)


@method("queryRPMSigs", "query_rpm_sigs")
def query_rpm_sigs(call, rpm_id=None, sigkey=None, queryOpts=None):
    if rpm_id is None:
        rpms = call.store.rpms.values()
    else:
        found = lookups.rpm(call, rpm_id)
        rpms = [found] if found else []
    rows = [
        {"rpm_id": rpm.id, "sighash": rpm.sighashes[key], "sigkey": key}
        for rpm in rpms for key in rpm.sigkeys
        if sigkey is None or key == sigkey.lower()
    ]
    return query_options(rows, queryOpts)


@method("getRPMChecksums")
def get_rpm_checksums(call, rpm_id, checksum_types=None, cacheonly=False):
    if not isinstance(rpm_id, int):
        raise HubError("rpm_id must be an integer")
    rpm = lookups.rpm(call, rpm_id, strict=True)
    types = checksum_types or ["md5", "sha256"]
    if not isinstance(types, list):
        raise HubError("checksum_type must be a list")
    for name in types:
        if name not in CHECKSUMS:
            raise HubError(f"Checksum_type {name} isn't supported")
    result = {}
    for key in rpm.sigkeys:
        path = layout.rpm_path(call.hub.topdir or "/mnt/koji", rpm, key)
        if cacheonly and not os.path.exists(path):
            result[key] = {name: None for name in types}
            continue
        with open(path, "rb") as stream:
            data = stream.read()
        result[key] = {name: hashlib.new(name, data).hexdigest() for name in types}
    return result


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


@method("getBuildType", "get_build_type")
def get_build_type(call, buildInfo, strict=False):
    return {"rpm": None} if lookups.build(call, buildInfo, strict) else None


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
nothing("getHost", "get_host", None)
nothing("getChannel", "get_channel", None)
