"""Kills runs at given moments: `killing.py IN OUT… ` each OUT as FOLDER@N, killed before its N-th change to a file.

Every run is a forked process that sends itself SIGKILL, counted by what Python tells its audit hooks, so that no moment of
a run is left out by luck. N = 0 kills nobody, and prints how many changes there are.
"""

import os
import signal
import sys
from pathlib import Path

from cleaner.corpus import clean_folder
from cleaner.settings import Settings

CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect", "shutil.rmtree"})


def run(inputs: Path, out: Path, kill_at: int) -> int:
    done = 0

    def hook(event: str, arguments: tuple) -> None:
        nonlocal done
        written = event == "open" and (arguments[1][0] in "wax" if arguments[1] else arguments[2] & os.O_CREAT)
        if (written or event in CHANGES) and str(out) in str(arguments[0]):
            done += 1
            if done == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    clean_folder(inputs, out, settings=Settings(report=False), jobs=1)
    return done


def main() -> None:
    inputs = Path(sys.argv[1])
    for order in sys.argv[2:]:
        out, _, moment = order.rpartition("@")
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.write(writer, b"%d" % run(inputs, Path(out), int(moment)))
            os._exit(0)
        os.close(writer)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reader) as told:
            signal_ = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            sys.stdout.write(f"{signal_} {told.read() or 0}\n")


if __name__ == "__main__":
    main()
