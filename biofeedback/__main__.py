"""``python -m biofeedback`` is ``hand-on-heart``."""

import sys

from biofeedback.cli import main

if __name__ == "__main__":
    sys.exit(main())
