"""``python -m service``."""

import signal
import sys


def main() -> int:
    """Run the command line. Until a command is at work, Ctrl-C ends it at once, and without a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from service import cli  # which takes a while

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
