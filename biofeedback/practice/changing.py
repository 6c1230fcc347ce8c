"""A choice that is changed: by an action in the middle, or on the page before."""

from __future__ import annotations

from dataclasses import replace

from biofeedback.practice.content import Content, ContentError
from biofeedback.types import Action, Choices


def changed(choices: Choices, action: Action, value: str, content: Content) -> Choices:
    """Return the choices as they are after ``action``; other actions change none.

    Parameters
    ----------
    choices
        What was chosen.
    action
        Which choice.
    value
        An id; for sight ``yes`` or ``no``; for the quiet time its seconds; for a plan its id,
        alone for the plan's own length or followed by ``@`` and seconds.
    content
        The words that it must fit.

    Raises
    ------
    ContentError
        If the content doesn't know ``value``.
    """
    match action:
        case Action.GUIDE:
            choices = replace(choices, guide_id=value)
        case Action.TOUCH:
            choices = replace(choices, touch_id=value)
        case Action.ANCHOR:
            choices = replace(choices, anchor_id=value)
        case Action.SIGHT:
            choices = replace(choices, sight=value != "no")
        case Action.EYES:
            choices = replace(choices, eyes=value)
        case Action.PLAN:
            plan_id, at, seconds = value.partition("@")
            guided_s = _seconds(seconds) if at else None
            choices = replace(choices, plan_id=plan_id, guided_s=guided_s)
        case Action.QUIET:
            choices = replace(choices, quiet_s=_seconds(value))
        case _:
            pass
    content.check(choices)
    return choices


def _seconds(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise ContentError(f"'{value}' is no number of seconds.") from None
