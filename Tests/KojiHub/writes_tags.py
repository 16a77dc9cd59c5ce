"""Making, editing and deleting tags."""

import re

import lookups
from context import method
from errors import HubError, ParameterError

NAME = re.compile(r"^[A-Za-z0-9/_.+-]+$")


def user_id(call):
    return call.user["id"] if call.user else None


def check_name(name):
    if not isinstance(name, str):
        raise HubError("Name should be string")
    if len(name) > 256:
        raise HubError(f"Name {name} is too long. Max length is 256 characters")
    if not NAME.match(name):
        raise HubError(f"Name {name} does not match RegexNameInternal value")


def arch_text(arches):
    """Arches as one string, spaces between; a comma is not a separator here."""
    if arches is None:
        return ""
    words = arches if isinstance(arches, list) else arches.split()
    for word in words:
        if not re.match(r"^[a-zA-Z0-9_\-]*$", word):
            raise HubError("Architecture can be only [a-zA-Z0-9_-]")
    return " ".join(words)


def permission_name(call, perm):
    """Permissions are named or numbered."""
    if perm is None:
        return None
    for name, number in call.store.permissions.items():
        if perm in (name, number):
            return name
    raise HubError(f"No such entry in table permissions: {perm}")


def make_tag(call, name, arches=None, perm=None, locked=False, extra=None):
    check_name(name)
    arches = arch_text(arches)
    if lookups.tag(call, name):
        raise HubError(f"A tag with the name '{name}' already exists")
    perm = permission_name(call, perm)
    store = call.store
    tag = store.tag_ids.get(name)
    if tag is None:
        tag = store.next("tag")
        store.tags.set(tag, name)
        store.tag_ids.set(name, tag)
    config = {"arches": arches, "locked": bool(locked), "perm": perm,
              "maven_include_all": False, "maven_support": False}
    store.tag_config.insert((tag, "config"), config, call.event(), user_id(call))
    for key, value in (extra or {}).items():
        store.tag_extra.insert((tag, key), value, call.event(), user_id(call))
    call.written = True
    return tag


@method("createTag", "create_tag")
def create_tag(call, name, parent=None, arches=None, perm=None, locked=False,
               maven_support=False, maven_include_all=False, extra=None):
    call.assert_perm("tag")
    if maven_support or maven_include_all:
        raise HubError("Maven support not enabled")
    if parent:
        raise HubError(f"Parent tag '{parent}' could not be found")
    return make_tag(call, name, arches, perm, locked, extra)


@method("editTag2", "edit_tag")
def edit_tag(call, tagInfo, **kwargs):
    call.assert_perm("tag")
    for key in ("maven_support", "maven_include_all"):
        if kwargs.get(key):
            raise HubError("Maven support not enabled")
    for key in ("remove_extra", "block_extra"):
        if kwargs.get(key) and not isinstance(kwargs[key], list):
            raise ParameterError(f"Invalid type for value '{kwargs[key]}': "
                                 f"{type(kwargs[key])}, expected type {list}")
    store = call.store
    info = lookups.tag(call, tagInfo, strict=True)
    tag = info["id"]
    rename(call, tag, kwargs.get("name"))
    config = store.tag_config.get((tag, "config")).data
    wanted = dict(config)
    if "perm_id" in kwargs or "perm" in kwargs:
        wanted["perm"] = permission_name(call, kwargs.get("perm_id", kwargs.get("perm")))
    if "arches" in kwargs:
        wanted["arches"] = arch_text(kwargs["arches"]) if kwargs["arches"] else kwargs["arches"]
    if "locked" in kwargs:
        wanted["locked"] = kwargs["locked"]
    if wanted != config:
        replace(call, store.tag_config, (tag, "config"), wanted)
    edit_extra(call, info, kwargs)


def rename(call, tag, name):
    """Renaming is not versioned: it changes the past, too."""
    store = call.store
    old = store.tags.get(tag)
    if not name or name == old:
        return
    check_name(name)
    taken = store.tag_ids.get(name)
    if taken is not None:
        raise HubError(f"Name {name} already taken by tag {taken}")
    store.tags.set(tag, name)
    store.tag_ids.set(name, tag)
    store.tag_ids.set(old, None)
    for entry in store.tag_listing.entries.get(tag, ()):
        entry.cache = None
    call.written = True


def edit_extra(call, info, kwargs):
    store, tag = call.store, info["id"]
    extra = kwargs.get("extra") or {}
    removed = (kwargs.get("remove_extra") or []) + (kwargs.get("block_extra") or [])
    for key in removed:
        if key in extra:
            raise HubError(f"Can not both add/update and remove tag-extra: '{key}'")
    for key, value in extra.items():
        if key not in info["extra"] or info["extra"][key] != value:
            replace(call, store.tag_extra, (tag, key), value)
    missing = [key for key in kwargs.get("remove_extra") or [] if key not in info["extra"]]
    if missing:
        raise HubError(f"Tag: {info['name']} doesn't have extra: {', '.join(missing)}")
    for key in removed:
        if store.tag_extra.revoke((tag, key), call.event(), user_id(call)):
            call.written = True


def replace(call, table, key, data):
    """A new version of an entry: the old one is revoked at the same event."""
    table.revoke(key, call.event(), user_id(call))
    table.insert(key, data, call.event(), user_id(call))
    call.written = True


@method("deleteTag", "delete_tag")
def delete_tag(call, tagInfo):
    call.assert_perm("tag")
    store = call.store
    tag = lookups.tag(call, tagInfo, strict=True)["id"]
    for table in (store.tag_config, store.tag_extra, store.tag_listing,
                  store.tag_packages, store.tag_owners):
        for entry in table.at(tag):
            table.revoke(entry.key, call.event(), user_id(call))
    call.written = True
