"""What `devices.words` tells of the strap and its signal, in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from devices.words import Words

CONTEXT = "straps"
"""Under which translators find these sentences."""


def told(words: Words) -> tuple[str, str]:
    """Return the sentence and what helps (may be empty)."""
    sentence = QCoreApplication.translate(CONTEXT, words.template).format(percent=words.percent)
    return sentence, QCoreApplication.translate(CONTEXT, words.action) if words.action else ""
