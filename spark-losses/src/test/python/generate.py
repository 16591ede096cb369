#!/usr/bin/env python3
"""Writes every file of expected values that the tests read, or says where one differs.

    pip install -r spark-losses/src/test/python/requirements.txt
    python spark-losses/src/test/python/generate.py --check         # says what differs
    python spark-losses/src/test/python/generate.py                 # writes what differs
    python spark-losses/src/test/python/generate.py losses --check  # of one kind of file alone
    python spark-losses/src/test/python/generate.py --add NAME [--params '{"n_bins": 10}']

The last enters a function of reference.calibration into every file of calibration whose inputs it
takes, and then writes those files. README.md beside this program says what the files are.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from goldens import additions, calibration, losses, peers, real_sets, sample
from goldens.values import Comparison

ROOT = Path(__file__).resolve().parents[4]
GOLDEN = ROOT / "spark-losses/src/test/resources/golden"
EXPECTED = ROOT / "jobs/src/test/resources/digits_expected.json"

Maker = Callable[[Path, Comparison], str]


def files(kinds: list[str]) -> Iterator[tuple[Path, Maker]]:
    """The files of these kinds and what makes them; of all kinds if none is named."""
    kind_of: dict[str, tuple[Maker, list[Path]]] = {
        "losses": (losses.make, [GOLDEN / "losses.json"]),
        "calibration": (calibration.make, sorted((GOLDEN / "calibration").glob("*.json"))),
        "binary_calibrators": (
            calibration.make,
            sorted((GOLDEN / "binary_calibrators").glob("*.json")),
        ),
        "class_calibrators": (
            calibration.make,
            sorted((GOLDEN / "class_calibrators").glob("*.json")),
        ),
        "conformal": (calibration.make, sorted((GOLDEN / "conformal").glob("*.json"))),
        "peers": (peers.make, [GOLDEN / "calibration_real_peers.json"]),
        "real_sets": (real_sets.make, [GOLDEN / "real_sets.json"]),
        "additions": (additions.make, [GOLDEN / "additions.json"]),
        "sample": (sample.make, [EXPECTED]),
    }
    unknown = [kind for kind in kinds if kind not in kind_of]
    if unknown:
        raise SystemExit(f"no kind of file is called {unknown[0]}; there are {', '.join(kind_of)}")
    for kind in kinds or kind_of:
        maker, paths = kind_of[kind]
        for path in paths:
            yield path, maker


def main() -> int:
    """Exit code 1 where --check finds a difference."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "kind",
        nargs="*",
        help="losses, calibration, binary_calibrators, class_calibrators, conformal, peers,"
        " real_sets, additions, sample",
    )
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--add", metavar="NAME", help="a function to enter into calibration/*.json")
    parser.add_argument("--params", type=json.loads, default={}, help="its other arguments")
    options = parser.parse_args()
    if options.add:
        added = [path.name for path, _ in files(["calibration"]) if add(path, options)]
        print(f"{options.add}: entered into {len(added)} files")
        options.kind = options.kind or ["calibration"]
    differing = 0
    for path, maker in files(options.kind):
        comparison = Comparison()
        text = maker(path, comparison)
        print(f"{path.relative_to(ROOT)}: {comparison.summary()}")
        for difference in comparison.differing:
            print(f"  {difference}")
        differing += len(comparison.differing)
        if not options.check and text != path.read_text():
            path.write_text(text)
            print("  written")
    if options.check and differing:
        print(f"{differing} values differ; without --check they are written")
    return 1 if options.check and differing else 0


def add(path: Path, options: argparse.Namespace) -> bool:
    return calibration.add(path, options.add, options.params)


if __name__ == "__main__":
    sys.exit(main())
