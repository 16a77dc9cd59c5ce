"""Reading packages, builds, RPMs and their signatures."""

import hashlib
import os

import layout
import lookups
from context import method
from errors import HubError
from reads_tags import query_options

CHECKSUMS = ("md5", "sha1", "sha256")


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


@method("getBuildType", "get_build_type")
def get_build_type(call, buildInfo, strict=False):
    return {"rpm": None} if lookups.build(call, buildInfo, strict) else None
