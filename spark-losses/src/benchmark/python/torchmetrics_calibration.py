"""The calibration error that torchmetrics computes of the rows of the benchmark `exactness`.

    python torchmetrics_calibration.py ROWS

Needs torch and torchmetrics. The float32 value that the benchmark prints should be this one.
"""

import sys
from fractions import Fraction

import numpy as np
import torch
from torchmetrics.classification import BinaryCalibrationError

BINS = 15
ONE = 1 << 20


def rows(first, last):
    """Confidences and outcomes, confidences in units of 2^-20; the formula of KnownScores.java."""
    i = np.arange(first, last, dtype=np.int64)
    u = (i * 2654435761 >> 13) & 524287
    score = ONE - 1 - (u * u >> 19)
    hit = ((i * 3266489917 >> 11) & (ONE - 1)) < score - 32768
    return score, hit


def main():
    n = int(sys.argv[1])
    metric = BinaryCalibrationError(n_bins=BINS, norm="l1", validate_args=False)
    gaps = [0] * BINS
    for first in range(0, n, 1_000_000):
        score, hit = rows(first, min(first + 1_000_000, n))
        confidence = torch.from_numpy((score / ONE).astype(np.float32))
        metric.update(confidence, torch.from_numpy(hit.astype(np.int64)))
        cell = (score * BINS + ONE - 1) // ONE - 1
        for b in range(BINS):
            gaps[b] += int(score[cell == b].sum()) - ONE * int(hit[cell == b].sum())
    print("whole numbers:", float(Fraction(sum(map(abs, gaps)), n * ONE)))
    print("torchmetrics: ", repr(np.float32(metric.compute())))


main()
