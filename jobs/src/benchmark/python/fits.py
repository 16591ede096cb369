"""Fits calibrators of Python to the tables of the benchmark `calibrators`, one a line of input.

A line is a name, a Parquet folder with the columns `logits` and `label`, and the number of classes. The answer is a
line too: CPU and wall milliseconds of reading the columns and fitting, and what was found.
Needs numpy, pyarrow and scikit-learn, and for sms, svs and ts-mix probmetrics.
"""

import sys
import time

import numpy as np
import pyarrow.parquet as parquet
from sklearn.calibration import _TemperatureScaling
from sklearn.isotonic import IsotonicRegression


def columns(path, classes):
    table = parquet.read_table(path, columns=["logits", "label"])
    logits = table["logits"].combine_chunks().flatten().to_numpy().reshape(-1, classes)
    return logits, table["label"].to_numpy()


def log_loss(p, label):
    return -np.mean(np.log(p[np.arange(len(label)), label]))


def temperature(logits, label):
    fit = _TemperatureScaling().fit(logits, label)
    return f"beta {fit.beta_:.9f}"


def isotonic(logits, label):
    score = 1 / (1 + np.exp(logits[:, 0].astype(float) - logits[:, 1]))
    fit = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(score, label)
    return f"{len(fit.X_thresholds_)} knots"


def of_probmetrics(name):
    def fit(logits, label):
        import torch
        from probmetrics.calibrators import get_calibrator
        from probmetrics.distributions import CategoricalLogits

        calibrator = get_calibrator(name)
        given = CategoricalLogits(torch.from_numpy(logits))
        calibrator.fit_torch(given, torch.from_numpy(label.astype(np.int64)))
        return f"log loss {log_loss(calibrator.predict_proba_torch(given).get_probs().numpy(), label):.9f}"

    return fit


FITS = {
    "temperature": temperature,
    "isotonic": isotonic,
    "ts-mix": of_probmetrics("ts-mix"),
    "svs": of_probmetrics("svs"),
    "sms": of_probmetrics("sms"),
}


def main():
    for line in sys.stdin:
        name, path, classes = line.split("\t")
        wall, cpu = time.perf_counter(), time.process_time()
        found = FITS[name](*columns(path, int(classes)))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{cpu * 1e3}\t{wall * 1e3}\t{found}", flush=True)


main()
