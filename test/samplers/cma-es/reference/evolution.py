"""Reference values for CMA-ES from the package cmaes. Run: /usr/bin/python3 evolution.py > evolution.json"""
import json

import cmaes
import numpy as np
from cmaes import CMA, CMAwM


def trace():
    """Five generations in three dimensions on points that are given, best first."""
    optimizer = CMA(mean=np.array([0.5, 0.4, 0.6]), sigma=0.2, seed=3)
    generations = []
    for _ in range(5):
        limit = np.sqrt(3) + 6 / 5
        points = []
        B, D = optimizer._eigen_decomposition()
        inverse_root = B @ np.diag(1 / D) @ B.T
        while len(points) < optimizer.population_size:
            x = optimizer.ask()
            # Longer steps would be shortened, which the package does not do.
            if np.linalg.norm(inverse_root @ (x - optimizer._mean)) / optimizer._sigma < limit:
                points.append(x)
        points.sort(key=lambda x: float((x[0] - 0.1) ** 2 + 10 * (x[1] - 0.9) ** 2 + 100 * (x[2] - x[0]) ** 2))
        optimizer.tell([(x, i) for i, x in enumerate(points)])
        generations.append({
            "points": [x.tolist() for x in points],
            "mean": optimizer._mean.tolist(),
            "sigma": float(optimizer._sigma),
            "covariance": optimizer._C.flatten().tolist(),
        })
    return generations


def constants():
    rows = []
    for n, population in ((2, 6), (3, 7), (10, 10), (10, 40), (40, 15)):
        o = CMA(mean=np.zeros(n), sigma=1.0, population_size=population)
        rows.append({
            "dimensions": n, "populationSize": population, "weights": o._weights.tolist(), "effectiveParents": float(o._mu_eff),
            "cSigma": float(o._c_sigma), "dSigma": float(o._d_sigma), "cc": float(o._cc), "c1": float(o._c1), "cMu": float(o._cmu),
            "expectedNorm": float(o._chi_n),
        })
    return rows


def evaluations():
    """Median evaluations until f < 1e-9 over 21 seeds, from a random point of [0, 1]^n with sigma 0.3."""
    rows = []
    for name, n in (("sphere", 5), ("sphere", 10), ("ellipsoid", 5), ("ellipsoid", 10)):
        scale = 10 ** (6 * np.arange(n) / (n - 1)) if name == "ellipsoid" else np.ones(n)
        counts = []
        for seed in range(21):
            start = np.random.RandomState(seed).uniform(size=n)
            optimizer = CMA(mean=start, sigma=0.3, seed=seed)
            best, count = np.inf, 0
            while best >= 1e-9:
                solutions = []
                for _ in range(optimizer.population_size):
                    x = optimizer.ask()
                    solutions.append((x, float((scale * x * x).sum())))
                optimizer.tell(solutions)
                count += len(solutions)
                best = min(best, min(value for _, value in solutions))
            counts.append(count)
        rows.append({"name": name, "dimensions": n, "median": float(np.median(counts)), "least": min(counts), "most": max(counts)})
    return rows


def margins():
    """The correction alone, one discrete coordinate of `count` values in equal cells of the unit interval."""
    rows = []
    cases = [(5, 0.5, 0.02), (5, 0.47, 0.03), (5, 0.13, 0.01), (5, 0.88, 0.02), (10, 0.33, 0.2), (10, 0.12, 0.005), (2, 0.3, 0.01), (7, 0.44, 0.04)]
    for count, mean, sigma in cases:
        half = 0.5 / count
        optimizer = CMAwM(
            mean=np.array([mean, 0.5]), sigma=sigma, bounds=np.array([[half, 1 - half], [-10, 10]]), steps=np.array([1 / count, 0])
        )
        optimizer._cma.tell = lambda solutions: None
        optimizer._cma._C = np.diag([1.44, 1.0])
        optimizer.tell([])
        rows.append({"count": count, "mean": mean, "sigma": sigma, "newMean": float(optimizer._cma._mean[0]), "scaling": float(optimizer._A[0])})
    return rows


print(json.dumps({
    "versions": {"cmaes": cmaes.__version__, "numpy": np.__version__},
    "trace": trace(), "constants": constants(), "evaluations": evaluations(), "margins": margins(),
}, indent=1))
