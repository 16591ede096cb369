"""losses.json: cases of every loss and softmax variant, {"name", "in", and "out" or "error"}.

A case whose "out" is missing gets one. A function of logits and a label that has no cases gets the
ones every function has; one that takes more needs cases of its own ("name" and "in"), for only its
author knows what is typical and what is an edge.
"""

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from goldens.values import MISSING, Comparison, decoded, encoded
from reference.losses import REGISTRY, call
from reference.losses.definition import Item

Case = dict[str, Any]


def make(path: Path, comparison: Comparison) -> str:
    """The text of the file as it should be."""
    document = json.loads(path.read_text())
    items = document["items"]
    for name in items.keys() - REGISTRY.keys():
        comparison.differing.append(f"{name}: stored, but there is no such function")
    for name, item in REGISTRY.items():
        cases = items[name]["cases"] if name in items else common_cases(item)
        items[name] = {
            "kind": item.kind,
            "group": item.group,
            "params": item.signature(),
            "cases": [evaluated(name, case, comparison) for case in cases],
        }
    return text(document)


def evaluated(name: str, case: Case, comparison: Comparison) -> Case:
    made: Case
    try:
        arguments = {key: decoded(value) for key, value in case["in"].items()}
        made = {"out": encoded(call(name, **arguments))}
    except ValueError as refusal:
        made = {"error": str(refusal)}
    stored = {key: case[key] for key in ("out", "error") if key in case}
    # mpmath gives the same bits on every machine.
    kept = comparison.keep(f"{name}/{case['name']}", stored or MISSING, made, tolerance=0)
    return {"name": case["name"], "in": case["in"], **kept}


def common_cases(item: Item) -> list[Case]:
    """Cases for a function of logits, with a label or without."""
    needed = [p.name for p in item.parameters if p.default is p.empty]
    if needed not in (["logits"], ["logits", "label"], ["logits", "target"]):
        raise SystemExit(
            f"{item.name} has no cases in losses.json and needs {', '.join(needed)}: add cases"
            ' of "name" and "in", this program adds "out"'
        )
    rng = np.random.default_rng(zlib.crc32(item.name.encode()))
    ten = drawn(rng, 10, 2)
    rows = {
        "n2": drawn(rng, 2, 2),
        "n3": drawn(rng, 3, 2),
        "n10": ten,
        "n100": drawn(rng, 100, 2),
        "n1000": drawn(rng, 1000, 2),
        "big50": drawn(rng, 10, 30),
        "huge1e4": drawn(rng, 8, 5000),
        "tiny": drawn(rng, 5, 1e-3),
        "ties": [3.0, 1.5, 3.0, 0.0, 3.0],
        "uniform": [0.7] * 6,
        "zeros": [0.0] * 4,
        "one": [1.3],
        "confident": [20.0, -5.0, 0.5],
        "negative": [-3.0, -1.0, -2.5, -7.0],
        "nan": [1.0, "NaN", 2.0],
        "neginf": [0.3, "-Infinity", 1.2, -0.5],
    }
    if needed == ["logits"]:
        cases = [{"name": name, "in": {"logits": z}} for name, z in rows.items()]
        return [*cases, {"name": "err_empty", "in": {"logits": []}}]
    labels = {name: int(rng.integers(len(z))) for name, z in rows.items()}
    labels.update(nan=2, neginf=2)
    more = {
        "label_first": 0,
        "label_last": 9,
        "label_argmax": int(np.argmax(ten)),
        "label_argmin": int(np.argmin(ten)),
        "ignored": -100,
        "err_label_high": 10,
        "err_label_negative": -1,
    }
    chosen = [(name, z, labels[name]) for name, z in rows.items()]
    chosen += [(name, ten, label) for name, label in more.items()]
    chosen += [("neginf_label", rows["neginf"], 1), ("err_empty", [], 0)]
    return [{"name": name, "in": {"logits": z, needed[1]: label}} for name, z, label in chosen]


def drawn(rng: np.random.Generator, n: int, scale: float) -> list[Any]:
    return [float(f"{value:.5g}") for value in scale * rng.normal(size=n)]


def text(document: dict[str, Any]) -> str:
    """A case a line."""
    head = {key: value for key, value in document.items() if key != "items"}
    opening = json.dumps(head, separators=(",", ":"))[:-1]
    items = []
    for name, item in document["items"].items():
        head = {key: value for key, value in item.items() if key != "cases"}
        cases = ",\n".join(json.dumps(case) for case in item["cases"])
        items.append(f'"{name}":{json.dumps(head)[:-1]},"cases":[\n{cases}\n]}}')
    return f'{opening},"items":{{\n' + ",\n".join(items) + "\n}}\n"
