"""Where the bundled program begins: the command line, or one of its own processes.

In a bundle there is no Python to call with ``-m``: the program itself is called in its place, by
the voice and by the look at loudspeakers, and runs the module that is asked for.
"""

from __future__ import annotations

import multiprocessing
import runpy
import sys

OWN_PROCESSES = ("gui.sound.voice_process", "gui.sound_probe")


def main() -> int:
    """Run what is asked for."""
    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["-m"] and sys.argv[2:3] and sys.argv[2] in OWN_PROCESSES:
        module = sys.argv[2]
        sys.argv = sys.argv[2:]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return 0
    from biofeedback.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
