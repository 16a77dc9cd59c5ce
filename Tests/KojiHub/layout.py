"""Where the files of builds and repositories are below the top directory."""


def volume_dir(topdir, volume):
    return topdir if volume in (None, "DEFAULT") else f"{topdir}/vol/{volume}"


def build_dir(topdir, build):
    """The directory of a build: by the build's own name, version and release."""
    top = volume_dir(topdir, build.volume)
    return f"{top}/packages/{build.name}/{build.version}/{build.release}"


def rpm_path(topdir, rpm, sigkey=""):
    """The unsigned file of an RPM, or its copy signed with a key."""
    signed = f"data/signed/{sigkey}/" if sigkey else ""
    return f"{build_dir(topdir, rpm.build)}/{signed}{rpm.base['arch']}/{rpm.file}"


def dist_repo_dir(topdir, repo_id, tag, volume=None):
    return f"{volume_dir(topdir, volume)}/repos-dist/{tag}/{repo_id}"
