"""Lists the pages of decisions in the manual, so that a new one needs no second place."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def on_config(config: Any) -> Any:
    """Add a section with every page of the folder, by number."""
    folder = Path(config["docs_dir"]) / "decisions"
    pages = [f"decisions/{path.name}" for path in sorted(folder.glob("*.md"))]
    config["nav"].append({"Decisions": pages})
    return config
