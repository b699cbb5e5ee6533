"""Optima of weakly penalised logistic regression, as JSON on stdout.

usage: python3 large_c.py > large-c.json
minimise C sum w_i loss_i + l1Ratio |b|_1 + (1 - l1Ratio)/2 |b|^2, the intercepts unpenalised. With b = p - n, both at
least 0, the problem is smooth with bounds: scipy's L-BFGS-B solves it, restarted until it gains nothing. Features are
scaled to mean 0 and variance 1 by all rows. `weighted` means that row i has weight 1 + i % 3.
"""

import csv
import json
from pathlib import Path

import numpy
import scipy
from scipy.optimize import minimize
from scipy.special import softmax
from sklearn.preprocessing import StandardScaler

DATA = Path(__file__).parents[4] / "search-spaces" / "data"


def table(name):
    with open(DATA / f"{name}.csv", newline="") as file:
        rows = list(csv.reader(file))[1:]
    features = StandardScaler().fit_transform(numpy.array([[float(value) for value in row[:-1]] for row in rows]))
    return features, numpy.unique([row[-1] for row in rows], return_inverse=True)[1]


def optimum(features, labels, weights, C, ratio):
    rows, columns = features.shape
    classes = labels.max() + 1
    outputs = 1 if classes == 2 else classes
    size = outputs * columns
    onehot = numpy.eye(classes)[labels]

    def objective(x):
        positive, negative, intercepts = x[:size], x[size:2 * size], x[2 * size:]
        b = (positive - negative).reshape(outputs, columns)
        scores = features @ b.T + intercepts
        if outputs == 1:
            scores = numpy.hstack([numpy.zeros((rows, 1)), scores])
        losses = numpy.logaddexp.reduce(scores, axis=1) - scores[numpy.arange(rows), labels]
        residuals = C * weights[:, None] * (softmax(scores, axis=1) - onehot)
        if outputs == 1:
            residuals = residuals[:, 1:]
        slopes = (residuals.T @ features + (1 - ratio) * b).ravel()
        value = C * (weights * losses).sum() + ratio * (positive + negative).sum() + (1 - ratio) / 2 * (b**2).sum()
        return value, numpy.concatenate([slopes + ratio, ratio - slopes, residuals.sum(axis=0)])

    x = numpy.zeros(2 * size + outputs)
    bounds = [(0, None)] * (2 * size) + [(None, None)] * outputs
    best = numpy.inf
    for _ in range(40):
        found = minimize(objective, x, jac=True, method="L-BFGS-B", bounds=bounds,
                         options={"maxiter": 5000, "maxfun": 20000, "maxcor": 50, "ftol": 1e-14, "gtol": 1e-7})
        x = found.x
        if best - found.fun <= 1e-10 * found.fun:
            break
        best = found.fun
    return found.fun


def cases():
    for name, C, ratio, weighted in [
        ("breast_cancer", 100.0, 1.0, False),
        ("breast_cancer", 100.0, 0.5, True),
        ("wine", 100.0, 1.0, False),
        ("wine", 100.0, 0.5, True),
    ]:
        features, labels = table(name)
        weights = 1.0 + numpy.arange(len(labels)) % 3 if weighted else numpy.ones(len(labels))
        yield {"table": name, "C": C, "l1Ratio": ratio, "weighted": weighted,
               "objective": optimum(features, labels, weights, C, ratio)}


print(json.dumps({"scipy": scipy.__version__, "cases": list(cases())}, indent=2))
