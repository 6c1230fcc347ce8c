"""The command line. Each command has a file of its own and imports what it needs when it runs."""

from __future__ import annotations

from biofeedback.cli.parser import main

__all__ = ["main"]
