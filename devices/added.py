"""Kinds of sources that other people's packages add.

A package names a function in the entry point group ``hand_on_heart.sources``; the entry point's
name is the kind, what stands before the colon::

    [project.entry-points."hand_on_heart.sources"]
    clip = "ear_clip:open_clip"

``clip:whatever`` then calls ``open_clip("whatever", clock, guide)``, which returns a
`biofeedback.ports.Source`. A ValueError or OSError that it raises is a sentence for the person.
Nothing of a package is imported before its kind is asked for, and the kinds that are built in
can't be replaced. ``docs/straps.md`` has a whole example.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from biofeedback.ports import Clock, Guide, Source

GROUP = "hand_on_heart.sources"
"""The entry point group."""

_BUILT_IN = frozenset({"ble", "sim", "replay"})


class SourceError(ValueError):
    """A source that cannot be opened; the message is a sentence for the person."""


def added_kinds() -> list[tuple[str, str]]:
    """Return each kind that a package adds, and the package's name, in order."""
    kinds = {(_kind(entry), _package(entry)) for entry in entry_points(group=GROUP)}
    return sorted((kind, package) for kind, package in kinds if kind not in _BUILT_IN)


def open_added(kind: str, rest: str, clock: Clock, guide: Guide) -> Source | None:
    """Open a source of a kind that a package adds; None if none adds it.

    Parameters
    ----------
    kind
        What stands before the colon, in lower case.
    rest
        What stands behind it.
    clock, guide
        As for `devices.opening.open_source`.

    Raises
    ------
    SourceError
        If the package can't be loaded, or can't open it.
    """
    entries = [entry for entry in entry_points(group=GROUP) if _kind(entry) == kind]
    if not entries:
        return None
    packages = sorted({_package(entry) for entry in entries})
    if len(packages) > 1:
        raise SourceError(
            f"'{kind}:' comes from more than one package: {' and '.join(packages)}. "
            "Uninstall all but one."
        )
    try:
        opened = entries[0].load()(rest, clock, guide)
    except (ValueError, OSError) as error:
        raise SourceError(str(error) or f"'{kind}:{rest}' could not be opened.") from error
    except Exception as error:
        raise SourceError(
            f"The package {packages[0]}, which opens '{kind}:', has a fault "
            f"({type(error).__name__}: {error}). Tell whoever made it."
        ) from error
    if not (isinstance(getattr(opened, "label", None), str) and hasattr(opened, "events")):
        raise SourceError(
            f"The package {packages[0]}, which opens '{kind}:', has a fault: "
            "what it opened is no source. Tell whoever made it."
        )
    source: Source = opened
    return source


def _kind(entry: EntryPoint) -> str:
    return entry.name.strip().lower()


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.value.partition(":")[0]
