"""digits_expected.json: metrics of the sample of the jobs, an entry a line."""

import csv
import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from goldens.values import MISSING, Comparison, encoded
from reference import losses
from reference.calibration import REGISTRY
from reference.calibration.arrays import softmax


def make(path: Path, comparison: Comparison) -> str:
    """The text of the file as it should be."""
    logits, labels = rows(path.parents[3] / "sample/digits.csv")
    entries = json.loads(path.read_text())
    for entry in entries:
        made = encoded(value(entry["name"], entry["params"], logits, labels))
        where = f"{entry['name']} {json.dumps(entry['params'])}"
        entry["value"] = comparison.keep(where, entry.get("value", MISSING), made)
    return "[\n" + ",\n".join(f"  {json.dumps(entry)}" for entry in entries) + "\n]\n"


def rows(path: Path) -> tuple[np.ndarray, np.ndarray]:
    with path.open() as file:
        table = list(csv.DictReader(file))
    logits = np.array([[float(row[f"logit_{k}"]) for k in range(10)] for row in table])
    return logits, np.array([int(row["label"]) for row in table])


def value(name: str, params: dict[str, Any], logits: np.ndarray, labels: np.ndarray) -> Any:
    """The metric; of a loss of one row the mean over the rows."""
    if name in losses.REGISTRY:
        each = [
            losses.call(name, logits=z, label=y, **params)
            for z, y in zip(logits.tolist(), labels.tolist(), strict=True)
        ]
        return math.fsum(each) / len(each)
    scores = logits if name.endswith("_logits") else softmax(logits)
    return REGISTRY[name](scores, labels, **params)
