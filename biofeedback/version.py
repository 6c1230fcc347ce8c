"""Which version this is: what the installed package says of itself."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

PACKAGE = "hand-on-heart"


def version() -> str:
    """Return the version, such as ``0.1.0``; ``(not installed)`` where files were only copied."""
    try:
        return installed_version(PACKAGE)
    except PackageNotFoundError:
        return "(not installed)"
