"""calibration/*.json, binary_calibrators/*.json, class_calibrators/*.json and conformal/*.json:
inputs, and the values of functions of them.

An entry is {"name", "args", "params", "value"}: a function of reference.calibration, which input is
which of its arguments, and its other arguments. An entry without "value" gets one, or "undefined",
the exception that the function raises.
"""

import inspect
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from goldens.values import MISSING, TOLERANCE, Comparison, encoded
from reference.calibration import REGISTRY

# By which names the files know what the functions call an argument.
INPUTS = {"p": "p", "s": "p", "P": "probs", "logits": "logits", "logit": "z", "y": "y", "w": "w"}

# Minimisers, which a flat minimum tells less well than the value there.
TOLERANCES = {
    "binary_fit_from_cells": 1e-9,
    "ca_temperature": 1e-6,
    "dirichlet_calibration": 1e-9,
    "matrix_scaling": 1e-9,
    "quadratic_scaling": 1e-9,
}


def make(path: Path, comparison: Comparison) -> str:
    """The text of the file as it should be."""
    document = json.loads(path.read_text())
    for entry in document["golden"]:
        where = f"{entry['name']} {json.dumps(entry['args'])} {json.dumps(entry['params'])}"
        part = "value"
        try:
            made = encoded(value(entry, document["inputs"]))
        except ValueError as refusal:
            part, made = "undefined", type(refusal).__name__
        except Exception as failure:
            failure.add_note(f"{path.name}: {where}")
            raise
        stored = entry.pop(part, MISSING)
        entry.pop("value", None)
        entry.pop("undefined", None)
        tolerance = TOLERANCES.get(entry["name"], TOLERANCE)
        entry[part] = comparison.keep(where, stored, made, tolerance)
    return json.dumps(document)


def value(entry: dict[str, Any], inputs: dict[str, Any]) -> Any:
    arguments = {
        name: np.array(inputs[given]) if isinstance(inputs[given], list) else inputs[given]
        for name, given in entry["args"].items()
    }
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # of undefined values
        return REGISTRY[entry["name"]](**arguments, **entry["params"])


def add(path: Path, name: str, params: dict[str, Any]) -> bool:
    """Enters a call into the file, without its value, if its inputs are what the function takes."""
    document = json.loads(path.read_text())
    args = {}
    for parameter in inspect.signature(REGISTRY[name]).parameters.values():
        given = INPUTS.get(parameter.name)
        if given in document["inputs"]:
            args[parameter.name] = given
        elif parameter.default is parameter.empty and parameter.name not in params:
            return False
    entry = {"name": name, "args": args, "params": params}
    if not args or any(entry.items() <= other.items() for other in document["golden"]):
        return False
    document["golden"].append(entry)
    path.write_text(json.dumps(document))
    return True
