"""The package list of a tag: adding, blocking, removing, owners."""

import lookups
from context import method
from errors import ActionNotAllowed, HubError
from writes_tags import arch_text, replace, user_id


def assert_list_policy(call, force):
    """Package lists are for `tag` and `admin`."""
    call.assert_login()
    if call.hub.options["package_list_policy"] == "deny":
        raise ActionNotAllowed("policy violation (package_list): denied by policy")
    if not call.has_perm("tag") and not call.has_perm("admin"):
        raise ActionNotAllowed(
            "policy violation (package_list): Only admin/tag can do this via default policy")


def listed(call, tag, package):
    """The present entry of a package in the list of a tag."""
    entry = call.store.tag_packages.get((tag, package))
    if entry is None:
        return None
    owner = call.store.tag_owners.get((tag, package))
    return {**entry.data, "owner_id": owner.data if owner else None}


def add_to_list(call, taginfo, pkginfo, owner=None, block=None, extra_arches=None,
                force=False, update=False, policy=True):
    tag = lookups.tag(call, taginfo, strict=True)
    package = lookups.package(call, pkginfo)
    if package is None and not isinstance(pkginfo, str):
        raise HubError(f"No such package: {pkginfo}")
    if owner is not None:
        owner = lookups.user(call, owner, strict=True)["id"]
    if policy:
        assert_list_policy(call, force)
    if package is None:
        package = lookups.package(call, pkginfo, create=True)
        call.written = True
    if extra_arches is not None:
        extra_arches = arch_text(extra_arches)
    previous = listed(call, tag["id"], package["id"])
    changed = changed_owner = False
    if previous is None:
        block = bool(block)
        if update and not force:
            raise HubError(
                f"cannot update: tag {tag['name']} has no data for package {package['name']}")
    else:
        owner = previous["owner_id"] if owner is None else owner
        changed_owner = previous["owner_id"] != owner
        block = previous["blocked"] if block is None else bool(block)
        extra_arches = previous["extra_arches"] if extra_arches is None else extra_arches
        changed = (block, extra_arches) != (previous["blocked"], previous["extra_arches"])
        if not changed and not changed_owner and not force:
            return
        if previous["blocked"] and not block and not force:
            raise HubError(f"package {package['name']} is blocked in tag {tag['name']}")
    if owner is None:
        if not force:
            raise HubError("owner not specified")
        owner = user_id(call)
    key = (tag["id"], package["id"])
    if previous is None or changed:
        data = {"blocked": block, "extra_arches": extra_arches}
        replace(call, call.store.tag_packages, key, data)
    if previous is None or changed or changed_owner:
        replace(call, call.store.tag_owners, key, owner)


@method("packageListAdd", "pkglist_add")
def package_list_add(call, taginfo, pkginfo, owner=None, block=None, extra_arches=None,
                     force=False, update=False):
    add_to_list(call, taginfo, pkginfo, owner, block, extra_arches, force, update)


@method("packageListBlock", "pkglist_block")
def package_list_block(call, taginfo, pkginfo, force=False):
    tag = lookups.tag(call, taginfo, strict=True)
    package = lookups.package(call, pkginfo, strict=True)
    if listed(call, tag["id"], package["id"]) is None:
        raise HubError(f"Package {package['name']} is not in tag listing for {tag['name']}")
    add_to_list(call, taginfo, pkginfo, block=True, force=force)


@method("packageListUnblock", "pkglist_unblock")
def package_list_unblock(call, taginfo, pkginfo, force=False):
    tag = lookups.tag(call, taginfo, strict=True)
    package = lookups.package(call, pkginfo, strict=True)
    assert_list_policy(call, force)
    previous = listed(call, tag["id"], package["id"])
    if previous is None:
        raise HubError(f"no data (blocked or otherwise) for package {package['name']} "
                       f"in tag {tag['name']}")
    if not previous["blocked"]:
        raise HubError(f"package {package['name']} NOT blocked in tag {tag['name']}")
    key = (tag["id"], package["id"])
    data = {"blocked": False, "extra_arches": previous["extra_arches"]}
    replace(call, call.store.tag_packages, key, data)


@method("packageListRemove", "pkglist_remove")
def package_list_remove(call, taginfo, pkginfo, force=False):
    tag = lookups.tag(call, taginfo, strict=True)
    package = lookups.package(call, pkginfo, strict=True)
    assert_list_policy(call, force)
    call.store.tag_packages.revoke((tag["id"], package["id"]), call.event(), user_id(call))
    call.written = True


@method("packageListSetOwner", "pkglist_setowner")
def package_list_set_owner(call, taginfo, pkginfo, owner, force=False):
    add_to_list(call, taginfo, pkginfo, owner=owner, force=force, update=True)
