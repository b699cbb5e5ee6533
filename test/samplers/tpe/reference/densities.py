"""Reference values for the Parzen estimator. Run: /usr/bin/python3 densities.py > densities.json

Kernels and mixtures are written out with scipy's truncated normal; the smoothing of choices and the weights by age
are taken from Optuna's own code.
"""
import json
import warnings

import numpy as np
import optuna
import scipy
from optuna.distributions import CategoricalDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_weights
from scipy.special import logsumexp
from scipy.stats import norm, truncnorm

warnings.filterwarnings("ignore")
SIGMA = 0.13


def truncated(centre, sigma):
    return truncnorm((0 - centre) / sigma, (1 - centre) / sigma, loc=centre, scale=sigma)


def even_edges(count):
    return np.arange(count + 1) / count


def log_edges(low, high):
    values = np.concatenate([[low - 0.5], np.arange(low, high) + 0.5, [high + 0.5]])
    logs = np.log(values)
    return (logs - logs[0]) / (logs[-1] - logs[0])


def cell_log_density(edges, cell, centre_cell):
    """Relative to the uniform distribution: probability of the cell over its width."""
    low, high = edges[cell], edges[cell + 1]
    centre = (edges[centre_cell] + edges[centre_cell + 1]) / 2
    sigma = max(SIGMA, edges[centre_cell + 1] - edges[centre_cell])
    kernel = truncated(centre, sigma)
    return float(np.log((kernel.cdf(high) - kernel.cdf(low)) / (high - low)))


def optuna_choice_probabilities(choices, observations):
    parameters = _ParzenEstimatorParameters(True, 1.0, True, False, default_weights, True)
    estimator = _ParzenEstimator(
        {"x": np.array(observations)}, {"x": CategoricalDistribution(tuple(range(choices)))}, parameters
    )
    return estimator._categorical_weights["x"]


def mixture():
    """Four trials over a range, a stepped range of 7 values, integers 1 ... 9 on a log axis, and 3 choices."""
    ranges = [0.02, 0.4, 0.45, 0.97]
    steps = [0, 3, 3, 6]
    logs = [0, 1, 8, 4]
    choices = [2, 0, 0, 1]
    weights = [1.6, 1.2, 0.8, 0.4]
    probabilities = optuna_choice_probabilities(3, choices)
    step_edges, integer_edges = even_edges(7), log_edges(1, 9)
    points = [[0.41, 3, 1, 0], [0.0, 0, 0, 2], [0.999, 6, 5, 1], [0.7, 1, 8, 2], [0.2, 5, 3, 0]]
    densities = []
    for x, step, integer, choice in points:
        terms = [np.log(1 / 5)]
        for k in range(4):
            terms.append(
                np.log(weights[k] / 5)
                + truncated(ranges[k], SIGMA).logpdf(x)
                + cell_log_density(step_edges, step, steps[k])
                + cell_log_density(integer_edges, integer, logs[k])
                + np.log(3 * probabilities[k][choice])
            )
        densities.append(float(logsumexp(terms)))
    return {
        "sigma": SIGMA,
        "trials": [list(row) for row in zip(ranges, steps, logs, choices)],
        "weights": weights,
        "logEdges": log_edges(1, 9).tolist(),
        "points": points,
        "logDensities": densities,
    }


def masses():
    bounds = [(-1, 1), (2, 2.5), (-9, -8.5), (8.5, 9), (-40, 0.3), (5, 30), (-0.001, 0.001)]
    return [{"low": a, "high": b, "mass": float(norm.cdf(b) - norm.cdf(a) if a <= 0 else norm.sf(a) - norm.sf(b))} for a, b in bounds]


def recency():
    return {str(n): (default_weights(n) * n / default_weights(n).sum()).tolist() for n in (1, 10, 25, 26, 27, 40)}


print(json.dumps({
    "versions": {"scipy": scipy.__version__, "optuna": optuna.__version__, "numpy": np.__version__},
    "mixture": mixture(),
    "masses": masses(),
    "recency": recency(),
    "choices": {"observed": [0, 3, 3], "count": 4, "probabilities": optuna_choice_probabilities(4, [0, 3, 3]).tolist()},
}, indent=1))
