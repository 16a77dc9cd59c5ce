"""Tagging and untagging builds.

A build that is tagged without its package being listed, or with a blocked one, is
tagged all the same; listTagged then does not show it. Only tagBuild looks first.
"""

import lookups
import tasks
from context import method
from errors import ActionNotAllowed, TagError
from package_lists import add_to_list
from tagged import COMPLETE, package_entries, visible_entries
from writes_tags import replace, user_id

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
