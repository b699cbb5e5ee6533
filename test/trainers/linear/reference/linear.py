"""Coefficients of scikit-learn's linear models at tight tolerances, as JSON on stdout.

usage: python3 linear.py > linear.json
Features are scaled to mean 0 and variance 1 by all rows. `weighted` means that row i has weight 1 + i % 3.
"""

import csv
import json
import warnings
from pathlib import Path

import numpy
import sklearn
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC, LinearSVR

warnings.simplefilter("ignore")
DATA = Path(__file__).parents[4] / "search-spaces" / "data"
LONG = {"max_iter": 1000000}


def table(name):
    with open(DATA / f"{name}.csv", newline="") as file:
        rows = list(csv.reader(file))[1:]
    features = StandardScaler().fit_transform(numpy.array([[float(value) for value in row[:-1]] for row in rows]))
    target = numpy.array([row[-1] for row in rows])
    return features, target if name in ("breast_cancer", "wine") else target.astype(float)


def fitted(estimator, name, weighted):
    features, target = table(name)
    weights = 1.0 + numpy.arange(len(target)) % 3 if weighted else None
    return estimator.fit(features, target, sample_weight=weights)


def models():
    for trainer, name, params, make, weighted in [
        ("linear-svm", "breast_cancer", {"C": 0.1}, LinearSVC, False),
        ("linear-svm", "breast_cancer", {"C": 0.1, "loss": "hinge", "intercept_scaling": 10}, LinearSVC, True),
        ("linear-svm", "wine", {"class_weight": "balanced"}, LinearSVC, False),
        ("linear-svm", "diabetes", {"epsilon": 5}, LinearSVR, True),
        ("linear-svm", "diabetes", {"loss": "squared_epsilon_insensitive", "fit_intercept": False}, LinearSVR, False),
        ("lasso", "diabetes", {}, Lasso, False),
        ("lasso", "concrete", {"alpha": 0.5}, Lasso, True),
        ("elastic-net", "diabetes", {"alpha": 0.1, "l1_ratio": 0.7}, ElasticNet, True),
        ("elastic-net", "concrete", {"alpha": 0.01, "fit_intercept": False}, ElasticNet, False),
    ]:
        seed = {"random_state": 0} if trainer == "linear-svm" else {}
        model = fitted(make(tol=1e-9, **LONG, **seed, **params), name, weighted)
        yield {"trainer": trainer, "table": name, "params": params, "weighted": weighted,
               "coefficients": numpy.ravel(model.coef_).tolist(), "intercepts": numpy.ravel(model.intercept_).tolist()}


def logistic():
    for name, C, ratio, weighted, intercept in [
        ("breast_cancer", 0.1, 1.0, False, True),
        ("breast_cancer", 1.0, 0.5, True, False),
        ("breast_cancer", 0.5, 0.0, False, True),
        ("wine", 0.2, 1.0, True, True),
        ("wine", 1.0, 0.3, False, True),
    ]:
        model = LogisticRegression(penalty="elasticnet", solver="saga", C=C, l1_ratio=ratio, tol=1e-10, max_iter=100000,
                                   fit_intercept=intercept, random_state=0)
        model = fitted(model, name, weighted)
        yield {"table": name, "C": C, "l1Ratio": ratio, "weighted": weighted, "fitIntercept": intercept,
               "coefficients": numpy.ravel(model.coef_).tolist(), "intercepts": numpy.ravel(model.intercept_).tolist()}


def unpenalized():
    """Few columns, so that the classes overlap and an optimum exists."""
    for name, columns, balanced in [("breast_cancer", 3, False), ("breast_cancer", 2, True), ("wine", 2, False)]:
        features, target = table(name)
        model = LogisticRegression(penalty="none", solver="newton-cg", tol=1e-10, max_iter=100000,
                                   class_weight="balanced" if balanced else None)
        model.fit(features[:, :columns], target)
        yield {"table": name, "columns": columns, "classWeight": "balanced" if balanced else None,
               "probabilities": model.predict_proba(features[::40, :columns]).tolist()}


print(json.dumps({"scikit-learn": sklearn.__version__, "models": list(models()), "logistic": list(logistic()),
                  "unpenalized": list(unpenalized())}))
