"""Scores of scikit-learn's counterparts of the trainers, for test/trainers/scikit-learn.test.ts.

Run: /usr/bin/python3 test/trainers/reference/scikit_learn.py > test/trainers/reference/scikit-learn.json
Folds: row i is in fold i mod 5. Columns are standardised by the training rows. Trees draw among ties: the mean over seeds.
"""

import csv
import json
import os
import sys
import warnings

import numpy as np
import sklearn
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import log_loss
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
DATA = os.path.join(os.path.dirname(__file__), "../../../search-spaces/data")
FOLDS = 5
SEEDS = 20

CLASSIFICATION = ["iris", "wine", "breast_cancer", "digits"]
REGRESSION = ["concrete", "diabetes"]
CASES = {
    "dummy": (DummyClassifier, DummyRegressor, [{}]),
    "knn": (
        KNeighborsClassifier,
        KNeighborsRegressor,
        [{}, {"n_neighbors": 7, "weights": "distance"}, {"p": 1}, {"n_neighbors": 3, "p": 3, "weights": "distance"}],
    ),
    "logistic-regression": (
        LogisticRegression,
        None,
        [{}, {"C": 0.01}, {"C": 10, "class_weight": "balanced"}],
    ),
    "ridge": (None, Ridge, [{}, {"alpha": 100}]),
}
TREES = [
    ("classification", {"criterion": "gini"}),
    ("classification", {"criterion": "entropy"}),
    ("classification", {"max_depth": 4, "min_samples_leaf": 5}),
    ("classification", {"min_samples_split": 20, "max_features": "sqrt"}),
    ("regression", {}),
    ("regression", {"max_depth": 4, "min_samples_leaf": 5}),
    ("regression", {"min_samples_leaf": 0.05}),
]


def load(name):
    with open(os.path.join(DATA, f"{name}.csv"), newline="") as file:
        rows = list(csv.reader(file))[1:]
    features = np.array([[float(cell) for cell in row[:-1]] for row in rows])
    target = np.array([row[-1] for row in rows])
    return features, target.astype(float) if name in REGRESSION else target


def scores(name, make):
    """Mean score over folds and, for classification, mean log loss."""
    features, target = load(name)
    fold_of = np.arange(len(target)) % FOLDS
    found, losses = [], []
    for fold in range(FOLDS):
        train, test = fold_of != fold, fold_of == fold
        deviation = features[train].std(axis=0)
        deviation[deviation == 0] = 1
        scaled = (features - features[train].mean(axis=0)) / deviation
        model = make().fit(scaled[train], target[train])
        found.append(model.score(scaled[test], target[test]))
        if name not in REGRESSION:
            losses.append(log_loss(target[test], model.predict_proba(scaled[test]), labels=model.classes_))
    return float(np.mean(found)), float(np.mean(losses)) if losses else None


def main():
    cases = []

    def add(trainer, name, params, makes):
        results = [scores(name, make) for make in makes]
        loss = None if results[0][1] is None else round(float(np.mean([r[1] for r in results])), 8)
        score = round(float(np.mean([r[0] for r in results])), 8)
        cases.append({"trainer": trainer, "data": name, "params": params, "score": score, "log_loss": loss})

    # digits is the slow one: only with the defaults.
    def tables(names, params):
        return [name for name in names if name != "digits" or params in ({}, {"criterion": "gini"})]

    for trainer, (classifier, regressor, settings) in CASES.items():
        for params in settings:
            for kind, names in ((classifier, CLASSIFICATION), (regressor, REGRESSION)):
                extra = {"max_iter": 1000, "tol": 1e-6} if kind is LogisticRegression else {}
                extra = {"strategy": "prior"} if kind is DummyClassifier else extra
                extra = {"algorithm": "brute"} if trainer == "knn" else extra
                for name in tables(names, params) if kind else []:
                    add(trainer, name, params, [lambda: kind(**params, **extra)])
    for task, params in TREES:
        kind = DecisionTreeClassifier if task == "classification" else DecisionTreeRegressor
        for name in tables(CLASSIFICATION if task == "classification" else REGRESSION, params):
            seeds = [lambda seed=seed: kind(**params, random_state=seed) for seed in range(SEEDS)]
            add("decision-tree", name, params, seeds)
    json.dump({"scikit-learn": sklearn.__version__, "cases": cases}, sys.stdout, indent=1)
    print()


main()
