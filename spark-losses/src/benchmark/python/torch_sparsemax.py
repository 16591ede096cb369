"""Times sparsemax in torch, by a sort as its usual implementation does, to set beside SparsemaxBenchmark.

The rows are those of the JMH benchmark: 32,000 float logits, normal with standard deviation 0.1, 1 or 4.

    python3 torch_sparsemax.py [classes]
"""
import sys
import time

import torch


def sparsemax(z):
    """Martins and Astudillo 2016 (arXiv:1602.02068), over the last axis."""
    ordered, _ = torch.sort(z, dim=-1, descending=True)
    sums = ordered.cumsum(-1) - 1
    ranks = torch.arange(1, z.shape[-1] + 1, dtype=z.dtype)
    support = (ordered * ranks > sums).sum(-1, keepdim=True)
    threshold = sums.gather(-1, support - 1) / support
    return torch.clamp(z - threshold, min=0)


def main():
    classes = int(sys.argv[1]) if len(sys.argv) > 1 else 32000
    torch.set_num_threads(1)
    torch.manual_seed(1)
    for scale in (0.1, 1.0, 4.0):
        z = torch.randn(64, classes) * scale
        times = []
        for round_ in range(15):
            start = time.perf_counter()
            p = sparsemax(z)
            if round_ >= 5:
                times.append((time.perf_counter() - start) / len(z))
        assert torch.allclose(p.sum(-1), torch.ones(len(z)), atol=1e-4)
        times.sort()
        print(f"torch {torch.__version__}, 1 thread, {classes} classes, deviation {scale}: "
              f"{times[len(times) // 2] * 1e6:.0f} us a row")


if __name__ == "__main__":
    main()
