"""Tagging and untagging builds.

A build that is tagged without its package being listed, or with a blocked one, is
tagged all the same; listTagged then does not show it. Only tagBuild looks first.
"""

import lookups
import tasks
from context import method
from errors import ActionNotAllowed, HubError, ParameterError, TagError
from reads_tags import COMPLETE, listed_rows, package_entries, visible_entries
from writes_tags import add_to_list, edit_tag, make_tag, replace, user_id

BUILD_STATES = ("BUILDING", "COMPLETE", "DELETED", "FAILED", "CANCELED")


def assert_access(call, tag, force=False):
    """A locked tag, or one with a permission, is closed; an admin may force it."""
    if tag["locked"]:
        reason = "tag is locked"
    elif tag["perm"] and not call.has_perm(tag["perm"]):
        reason = f"tag requires {tag['perm']} permission"
    else:
        return
    if not (force and call.has_perm("admin")):
        raise ActionNotAllowed(reason)


def assert_complete(build):
    state = build.info["state"]
    if state != COMPLETE:
        raise TagError(f"build {build.nvr} not complete: state {BUILD_STATES[state]}")


def put(call, tag, build, force=False):
    """Tag a build, without looking at locks and lists."""
    assert_complete(build)
    key = (tag["id"], build.id)
    if call.store.tag_listing.get(key) and not force:
        raise TagError(f"build {build.nvr} already tagged ({tag['name']})")
    replace(call, call.store.tag_listing, key, build)


def take(call, tag, build, strict=True):
    """Untag a build, without looking at locks."""
    call.written = True
    done = call.store.tag_listing.revoke((tag["id"], build.id), call.event(), user_id(call))
    if not done and strict:
        raise TagError(f"build {build.nvr} not in tag {tag['name']}")


@method("tagBuildBypass")
def tag_build_bypass(call, tag, build, force=False, notify=False):
    call.assert_perm("tag")
    info = lookups.tag(call, tag, strict=True)
    found = lookups.build(call, build, strict=True)
    assert_access(call, info, force)
    put(call, info, found, force)


@method("untagBuildBypass")
def untag_build_bypass(call, tag, build, strict=True, force=False, notify=False):
    call.assert_perm("tag")
    info = lookups.tag(call, tag, strict=True)
    found = lookups.build(call, build, strict=True)
    assert_access(call, info, force)
    take(call, info, found, strict)


@method("untagBuild")
def untag_build(call, tag, build, strict=True, force=False):
    call.assert_login()
    info = lookups.tag(call, tag, strict=True)
    found = lookups.build(call, build, strict=True)
    assert_access(call, info, force)
    take(call, info, found, strict)


def assert_listed(call, tag, package, name, force, words):
    state = package_entries(call, tag["id"]).get(package)
    if state is not None and not state["blocked"]:
        return
    if force and call.has_perm("admin"):
        add_to_list(call, tag["id"], package, force=True, block=False)
        return
    reason = "not in list for" if state is None else "blocked in"
    raise TagError(f"Package {name} {reason} {words}{tag['name']}")


@method("tagBuild")
def tag_build(call, tag, build, force=False, fromtag=None):
    call.assert_login()
    found = lookups.build(call, build, strict=True)
    info = lookups.tag(call, tag, strict=True)
    source = lookups.tag(call, fromtag, strict=True) if fromtag else None
    assert_complete(found)
    assert_access(call, info, force)
    if source:
        assert_access(call, source, force)
    assert_listed(call, info, found.package_id, found.name, force, "")
    request = [info["id"], found.id, force, source["id"] if source else None]
    return tasks.run_now(call, "tagBuild", request, lambda: move(call, info, found, source, force))


def move(call, tag, build, source, force):
    """What the builder does for a tagBuild task."""
    if source:
        take(call, source, build)
    put(call, tag, build, force)


@method("moveBuild")
def move_build(call, tag1, tag2, build, force=False):
    return tag_build(call, tag2, build, force, fromtag=tag1)


@method("moveAllBuilds")
def move_all_builds(call, tag1, tag2, package, force=False):
    call.assert_login()
    found = lookups.package(call, package, strict=True)
    source = lookups.tag(call, tag1, strict=True)
    target = lookups.tag(call, tag2, strict=True)
    assert_listed(call, target, found["id"], package, force, "tag ")
    assert_access(call, source, force)
    assert_access(call, target, force)
    entries = list(visible_entries(call, source["id"], package=found["name"]))
    numbers = []
    for entry in reversed(entries):
        call.forget_event()
        numbers.append(tag_build(call, target["id"], entry.data.id, force, source["id"]))
    return numbers


@method("massTag")
def mass_tag(call, tag, builds):
    call.assert_perm("tag")
    info = lookups.tag(call, tag, strict=True)
    for build in builds:
        put(call, info, lookups.build(call, build, strict=True), force=True)
        call.forget_event()


def copy_list(call, source, target, event, only=None):
    for row in listed_rows(call, source, event):
        if only is not None and row["package_name"] not in only:
            continue
        add_to_list(call, target, row["package_name"], row["owner_name"], row["blocked"],
                    row["extra_arches"], force=True, policy=False)
        call.forget_event()


@method("snapshotTag")
def snapshot_tag(call, src, dst, config=True, pkgs=True, builds=True, groups=True,
                 latest_only=True, inherit_builds=True, event=None, force=False):
    call.assert_perm("tag")
    if builds and not pkgs:
        raise ParameterError("builds can't be used without pkgs in snapshotTag")
    if lookups.tag(call, dst):
        raise HubError("Target tag already exists")
    source = lookups.tag(call, src, strict=True, event=event)
    if source["locked"] and not force:
        raise HubError("Source tag is locked, use force to copy")
    if config:
        tag = make_tag(call, dst, source["arches"], source["perm"], source["locked"],
                       source["extra"])
    else:
        tag = make_tag(call, dst)
    call.forget_event()
    if pkgs:
        copy_list(call, source["id"], tag, event)
    if builds:
        target = lookups.tag(call, tag, strict=True)
        entries = list(visible_entries(call, source["id"], event, latest_only))
        for entry in reversed(entries):
            put(call, target, entry.data, force=True)
            call.forget_event()


@method("snapshotTagModify")
def snapshot_tag_modify(call, src, dst, config=True, pkgs=True, builds=True, groups=True,
                        latest_only=True, inherit_builds=True, event=None, force=False,
                        remove=False):
    """Make an existing tag like another one: contents and order."""
    call.assert_perm("tag")
    if builds and not pkgs:
        raise ParameterError("builds can't be used without pkgs in snapshotTag")
    source = lookups.tag(call, src, strict=True, event=event)
    target = lookups.tag(call, dst, strict=True)
    if (source["locked"] or target["locked"]) and not force:
        raise HubError("Source or destination tag is locked, use force to copy")
    if config:
        edit_tag(call, target["id"], arches=source["arches"], perm=source["perm"],
                 locked=source["locked"], extra=source["extra"],
                 remove_extra=[key for key in target["extra"] if key not in source["extra"]])
        call.forget_event()
    if pkgs:
        names = {row["package_name"] for row in listed_rows(call, source["id"], event)}
        known = {row["package_name"] for row in listed_rows(call, target["id"])}
        for name in sorted(known - names):
            add_to_list(call, target["id"], name, block=True, force=True, update=True,
                        policy=False)
            call.forget_event()
        copy_list(call, source["id"], target["id"], event, only=names - known)
    if builds:
        wanted = list(visible_entries(call, source["id"], event, latest_only))
        make_like(call, target, wanted[::-1], remove)


def make_like(call, target, wanted, remove):
    """Tag what is missing, oldest first, and retag what would be in the wrong order."""
    order = [entry.data.id for entry in wanted]
    present = [entry.data for entry in visible_entries(call, target["id"])][::-1]
    for build in present:
        if remove and build.id not in order:
            take(call, target, build)
            call.forget_event()
    for name in dict.fromkeys(entry.data.name for entry in wanted):
        mine = [entry.data for entry in wanted if entry.data.name == name]
        there = [build.id for build in present if build.name == name and build.id in order]
        keep = 0
        while keep < len(there) and there[keep] == mine[keep].id:
            keep += 1
        for build in mine[keep:]:
            put(call, target, build, force=True)
            call.forget_event()
