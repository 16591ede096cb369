"""real_sets.json: log losses of calibrators on the half of a set that they were not fitted to.

The sets are the inputs of calibration/real_*.json. Rows of even number are fitted to, as the column
split of jobs/sample/digits.csv has it, and the others judged. Methods of two classes, or of each
class against the rest, get what the library gives them, cells of logits: those with a formula two
points for the rows of a class in a cell, those that order or bin scores the mean of the cell.

Of vector, matrix and Dirichlet scaling the least value of the objective: only a trace of a penalty
holds their parameters, so that maps that are as good on the rows of the fit differ on others.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special

from goldens.values import MISSING, Comparison, encoded
from reference.calibration import REGISTRY
from reference.calibration.arrays import EPS, log_softmax, onehot, softmax
from reference.calibration.cells import cell_table, features, stand_ins
from reference.calibration.floors import mix
from reference.calibration.quadratic import LOG_TINY, logistic, newton
from reference.calibration.structured import penalised

CELLS, END = 2048, 20.0

# What vector, matrix and Dirichlet scaling are held by, beside their own penalty.
TRACE = 1e-6

# Minimisers, which a flat minimum tells less well than the value there.
TOLERANCE = 1e-9

# Logits and labels of rows to fit to, logits of others: probabilities of the others.
Method = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def make(path: Path, comparison: Comparison) -> str:
    """The text of the file as it should be."""
    document = json.loads(path.read_text())
    made: dict[str, dict[str, Any]] = {}
    for file in sorted((path.parent / "calibration").glob("real_*.json")):
        logits, labels = rows(json.loads(file.read_text())["inputs"])
        values = {
            "log_loss": {
                name: held_out(method, logits, labels)
                for name, method in methods(logits.shape[1]).items()
            },
            "objective": objectives(logits[::2], labels[::2]),
        }
        made[file.stem] = {
            part: {
                name: comparison.keep(
                    f"{file.stem} {part} {name}",
                    document.get(file.stem, {}).get(part, {}).get(name, MISSING),
                    encoded(value),
                    TOLERANCE,
                )
                for name, value in of_part.items()
            }
            for part, of_part in values.items()
        }
    return json.dumps(made, indent=1) + "\n"


def rows(inputs: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Logits and labels; 0 and z where the file has one logit."""
    labels = np.array(inputs["y"], int)
    if "logits" in inputs:
        return np.array(inputs["logits"]), labels
    z = np.array(inputs["z"])
    return np.stack([np.zeros_like(z), z], 1), labels


def held_out(method: Method, logits: np.ndarray, labels: np.ndarray) -> float:
    P = method(logits[::2], labels[::2], logits[1::2])
    return REGISTRY["log_loss_probs"](P, labels[1::2])


def methods(classes: int) -> dict[str, Method]:
    """The methods that the reference has, by the names that the library gives them."""
    found: dict[str, Method] = {
        "none": lambda Z, y, query: softmax(query),
        "temperature": predicted("temperature_mix"),
        "structured_vector_scaling": predicted("structured_vector_scaling"),
        "structured_matrix_scaling": predicted("structured_matrix_scaling"),
        "one_vs_rest_isotonic": one_vs_rest("isotonic_calibration", {}, floored=True),
        "one_vs_rest_venn_abers": one_vs_rest("venn_abers", {}, floored=False),
        "one_vs_rest_histogram": one_vs_rest(
            "histogram_binning", {"strategy": "quantile"}, floored=True
        ),
        "top_label_histogram": top_label_histogram,
        "ensemble_temperature": ensemble_temperature,
        "correctness_aware_temperature": correctness_aware_temperature,
    }
    if classes == 2:
        found |= {
            "quadratic_scaling": of_two(quadratic_scaling),
            "platt_scaling": of_two(platt_scaling),
            "beta_calibration": of_two(beta_calibration),
            "temperature_scaling": of_two(temperature_scaling),
            "isotonic_calibration": of_two(from_cells("isotonic_calibration")),
            "centered_isotonic": of_two(from_cells("centered_isotonic")),
            "venn_abers": of_two(from_cells("venn_abers")),
            "histogram_binning": of_two(from_cells("histogram_binning")),
            "bbq": of_two(from_cells("bbq")),
        }
    return found


def predicted(name: str) -> Method:
    def method(Z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
        return REGISTRY[name](logits=Z, y=y, query=softmax(query))["predict"]

    return method


def centred(Z: np.ndarray) -> np.ndarray:
    return Z - Z.mean(1, keepdims=True)


def objectives(Z: np.ndarray, y: np.ndarray) -> dict[str, float]:
    return {
        "vector_scaling": least_objective(centred(Z), y, None),
        "matrix_scaling": least_objective(centred(Z), y, 1e-2),
        "dirichlet_calibration": least_objective(log_softmax(Z), y, 1e-2),
    }


def least_objective(L: np.ndarray, y: np.ndarray, lam: float | None) -> float:
    """The least mean log loss of softmax(W l + b) and lam/(K(K-1)) of the square of what is off the
    diagonal, lam/K of that of b, and a trace of others; without lam of a scale of each class alone.
    """
    K = L.shape[1]
    trace = TRACE * K / len(y)
    if lam is None:
        ridge = np.full(2 * K, trace)
    else:
        scales = np.where(np.eye(K, dtype=bool), trace, lam / (K * (K - 1)))
        ridge = np.concatenate([scales.ravel(), np.full(K, lam / K)])
    derivatives = penalised(L, y, np.ones(len(y)), lam is not None, ridge)
    return newton(derivatives, np.zeros(len(ridge)))[1]


def log_odds(Z: np.ndarray) -> np.ndarray:
    """The logit of each class against the rest."""
    out = np.empty_like(Z)
    for k in range(Z.shape[1]):
        out[:, k] = Z[:, k] - special.logsumexp(np.delete(Z, k, 1), axis=1)
    return out


def two_points(z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What stands in for the rows of a class in a cell: logits, labels and weights."""
    table = cell_table(z, y, np.ones(len(y)), CELLS, -END, END)
    return stand_ins(table, -END, 2 * END / CELLS, "variance")


def cell_means(z: np.ndarray) -> np.ndarray:
    """Instead of each logit the mean of those in its cell."""
    cells = np.clip(np.floor((z + END) / (2 * END) * CELLS), 0, CELLS - 1).astype(int)
    _, inverse = np.unique(cells, return_inverse=True)
    return (np.bincount(inverse, z) / np.bincount(inverse))[inverse]


def binary(
    name: str, settings: dict[str, Any], z: np.ndarray, y: np.ndarray, query: np.ndarray
) -> np.ndarray:
    """What a calibrator of two classes that is fitted to cells says of other logits."""
    p = special.expit(cell_means(z))
    out = REGISTRY[name](p=p, y=y * 1.0, query=special.expit(query), **settings)
    return out["p_log"] if name == "venn_abers" else out["predict"]


def one_vs_rest(name: str, settings: dict[str, Any], floored: bool) -> Method:
    def method(Z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
        L, Q = log_odds(Z), log_odds(query)
        R = np.stack(
            [binary(name, settings, L[:, k], y == k, Q[:, k]) for k in range(Z.shape[1])], 1
        )
        s = R.sum(1, keepdims=True)
        R = np.where(s > 0, R / np.where(s > 0, s, 1), 1 / Z.shape[1])
        return mix(R, np.ones(len(y))) if floored else R

    return method


def top_label_histogram(Z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
    L, Q, P = log_odds(Z), log_odds(query), softmax(query)
    top, own = Z.argmax(1), query.argmax(1)
    i = np.arange(len(query))
    confidence = P[i, own]
    for k in np.unique(top):
        fitted, asked = top == k, own == k
        confidence[asked] = binary(
            "histogram_binning",
            {"n_bins": 5, "strategy": "quantile"},
            L[fitted, k],
            y[fitted] == k,
            Q[asked, k],
        )
    P[i, own] = 0
    P *= ((1 - confidence) / P.sum(1))[:, None]
    P[i, own] = confidence
    return mix(P, np.ones(len(y)))


def ensemble_temperature(Z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
    fit = REGISTRY["ensemble_temperature_scaling"](logits=Z, y=y)
    scaled, plain, uniform = fit["weights"]
    mixed = scaled * softmax(query / fit["temperature"]) + plain * softmax(query)
    return mix(mixed + uniform / Z.shape[1], np.ones(len(y)))


def correctness_aware_temperature(Z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
    fit = REGISTRY["ca_temperature"](logits=Z, y=y)
    return mix(softmax(query / fit["temperature"]), np.ones(len(y)))


def of_two(method: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> Method:
    """Of one logit; with a floor where it gives 0 or 1 anywhere."""

    def of_logits(Z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
        z = Z[:, 1] - Z[:, 0]
        everywhere = method(z, y, np.concatenate([z, [LOG_TINY, -LOG_TINY]]))
        p = method(z, y, query[:, 1] - query[:, 0])
        P = onehot(np.zeros(len(p)), 2) + p[:, None] * np.array([-1.0, 1.0])
        certain = everywhere.min() <= 0 or everywhere.max() >= 1
        return mix(P, np.ones(len(y))) if certain else P

    return of_logits


def from_cells(name: str) -> Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]:
    return lambda z, y, query: binary(name, {}, z, y, query)


def quadratic_scaling(z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
    z, y, w = two_points(z, y)
    return REGISTRY["quadratic_scaling"](z=z, y=y, w=w, query=query)["predict"]


def platt_scaling(z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
    z, y, w = two_points(z, y)
    fit = REGISTRY["platt_scaling"](s=z, y=y, w=w, priors=True)
    return special.expit(fit["a"] * query + fit["b"])


def beta_calibration(z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
    z, y, w = two_points(z, y)
    most = special.logit(1 - EPS)

    def columns(logits: np.ndarray) -> np.ndarray:
        return features("beta", np.clip(logits, -most, most))

    theta, _ = logistic(columns(z), y, w)
    assert theta[1:].min() >= 0, "a bound of beta calibration is active"
    return special.expit(columns(query) @ theta)


def temperature_scaling(z: np.ndarray, y: np.ndarray, query: np.ndarray) -> np.ndarray:
    z, y, w = two_points(z, y)
    fit = REGISTRY["temperature_scaling"](np.stack([np.zeros_like(z), z], 1), y, w)
    return special.expit(query / fit["temperature"])
