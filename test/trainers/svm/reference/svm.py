"""Values of scikit-learn's SVC and SVR, its sigmoid calibration, and exact pairwise coupling, as JSON on stdout.

usage: python3 svm.py > svm.json
"""

import csv
import json
from pathlib import Path

import numpy
import sklearn
from sklearn.calibration import _SigmoidCalibration
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR

DATA = Path(__file__).parents[4] / "search-spaces" / "data"


def table(name):
    with open(DATA / f"{name}.csv", newline="") as file:
        rows = list(csv.reader(file))[1:]
    features = StandardScaler().fit_transform(numpy.array([[float(value) for value in row[:-1]] for row in rows]))
    return features, numpy.array([row[-1] for row in rows])


def decisions():
    for name, params in [
        ("breast_cancer", {}),
        ("breast_cancer", {"C": 100, "gamma": 0.001, "class_weight": "balanced"}),
        ("breast_cancer", {"kernel": "linear", "C": 0.1}),
        ("breast_cancer", {"kernel": "poly", "gamma": "auto", "coef0": 1, "degree": 2}),
        ("breast_cancer", {"kernel": "sigmoid", "gamma": 0.01, "coef0": 0.5}),
        ("concrete", {"C": 50, "epsilon": 2}),
        ("diabetes", {"kernel": "linear", "C": 0.5}),
    ]:
        features, target = table(name)
        if name == "breast_cancer":
            machine = SVC(tol=1e-6, **params).fit(features, target)
            values = machine.decision_function(features)
        else:
            machine = SVR(tol=1e-6, **params).fit(features, target.astype(float))
            values = machine.predict(features)
        yield {"table": name, "params": params, "vectors": int(machine.support_.size), "values": values[::29].tolist()}


def weakly_penalized():
    """An ill-conditioned problem: what matters is that the optimiser is not cut short."""
    features, target = table("breast_cancer")
    machine = SVC(kernel="linear", C=1000).fit(features, target)
    signs = numpy.where(target == machine.classes_[1], 1, -1)
    errors = numpy.maximum(0, 1 - signs * machine.decision_function(features))
    return {"C": 1000, "iterations": int(machine.n_iter_[0]), "dual": float(
        numpy.abs(machine.dual_coef_).sum() - (machine.coef_**2).sum() / 2),
        "primal": float((machine.coef_**2).sum() / 2 + 1000 * errors.sum())}


def sigmoid():
    random = numpy.random.RandomState(0)
    values = random.normal(size=60)
    positive = (values + random.normal(size=60) > 0.4).astype(int)
    fitted = _SigmoidCalibration().fit(values, positive)
    return {"values": values.tolist(), "positive": positive.tolist(), "slope": fitted.a_, "intercept": fitted.b_}


def coupling():
    """The minimum of sum (r_ba p_a - r_ab p_b)^2 with sum(p) = 1, from its linear system (Wu, Lin and Weng, eq. 21)."""
    random = numpy.random.RandomState(1)
    classes = 5
    r = numpy.zeros((classes, classes))
    pairs = []
    for a in range(classes):
        for b in range(a + 1, classes):
            r[a, b] = random.uniform(0.05, 0.95)
            r[b, a] = 1 - r[a, b]
            pairs.append(r[a, b])
    q = -r * r.T
    numpy.fill_diagonal(q, (r**2).sum(axis=0))
    system = numpy.block([[q, numpy.ones((classes, 1))], [numpy.ones((1, classes)), numpy.zeros((1, 1))]])
    solution = numpy.linalg.solve(system, numpy.append(numpy.zeros(classes), 1))
    return {"pairs": pairs, "probabilities": solution[:classes].tolist()}


print(json.dumps({"scikit-learn": sklearn.__version__, "decisions": list(decisions()),
                  "weaklyPenalized": weakly_penalized(), "sigmoid": sigmoid(),
                  "coupling": coupling()}))
