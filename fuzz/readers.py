"""`make fuzz`: spoil report files and read them in a watched process, FUZZ_S seconds (60 unless told).

A crash, a file that takes more than 5 seconds, or more than 1 GB of memory is a find: the file is kept in
`var/fuzz/` and the exit status is 1. FUZZ_SEED repeats a run.
"""

from __future__ import annotations

import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from .mutate import spoil
from .samples import seeds

SECONDS = 5.0
MEGABYTES = 1024
FINDS = Path("var") / "fuzz"


class Child:
    """A reading process that is started anew after it was killed."""

    def __init__(self) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fuzz.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        if self.process.stdout is not None:
            for line in self.process.stdout:
                self.lines.put(line.strip())
        self.lines.put("")

    def read(self, path: Path) -> str:
        """ok, refused, or what went wrong; the process is then to be thrown away."""
        if self.process.stdin is None:
            return "crash no process"
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        began = self._spent()
        while True:
            try:
                line = self.lines.get(timeout=0.5)
                break
            except queue.Empty:
                # Measured on the reader's own processor time, so that a busy machine is no find.
                if self._spent() - began > SECONDS:
                    return f"hang over {SECONDS:.0f} s"
                if self._resident() > MEGABYTES:
                    return f"memory over {MEGABYTES} MB"
        peak, _, outcome = line.partition(" ")
        if not outcome:
            return "crash the process died"
        if int(peak) > MEGABYTES:
            return f"memory {peak} MB"
        return outcome

    def _spent(self) -> float:
        """Seconds of processor time used so far; wall time where /proc is not at hand."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, IndexError):
            return time.monotonic()

    def _resident(self) -> int:
        """Megabytes of memory in use now; 0 where /proc is not at hand."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") // (1024 * 1024)
        except (OSError, IndexError):
            return 0

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def main() -> int:
    """Run for FUZZ_S seconds; 1 when anything was found."""
    seconds = float(os.environ.get("FUZZ_S", "60"))
    seed = int(os.environ.get("FUZZ_SEED", str(int(time.time()))))
    rng = random.Random(seed)  # noqa: S311
    files = seeds()
    # PDF takes a second a file: drawn less often, so that the others are not starved.
    names = [n for n in sorted(files) for _ in range(1 if n.endswith(".pdf") else 4)]
    print(f"{len(files)} files to start from, {seconds:.0f} s, FUZZ_SEED={seed}", flush=True)
    tally: Counter[str] = Counter()
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        child = Child()
        while time.monotonic() < end:
            name = rng.choice(names)
            mutant = Path(folder) / name
            mutant.write_bytes(spoil(rng, files[name]))
            outcome = child.read(mutant)
            tally[outcome if outcome in ("ok", "refused") else "found"] += 1
            if outcome not in ("ok", "refused"):
                _keep(mutant, outcome, tally["found"])
                child.stop()
                child = Child()
        child.stop()
    print(
        f"{tally.total()} files read: {tally['ok']} as reports, {tally['refused']} refused, {tally['found']} finds"
    )
    return 1 if tally["found"] else 0


def _keep(mutant: Path, outcome: str, number: int) -> None:
    FINDS.mkdir(parents=True, exist_ok=True)
    kept = FINDS / f"{number}-{mutant.name}"
    kept.write_bytes(mutant.read_bytes())
    print(f"FOUND {kept}: {outcome}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
