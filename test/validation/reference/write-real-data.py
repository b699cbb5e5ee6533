"""Writes real-data.json beside this file: scores of scikit-learn 1.2.1 on the shipped tables, fold by fold.

Row i tests in fold i mod 5. Run with python3 from the project's folder, then format the result with Biome.
"""

import csv
import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

FOLDS = 5
DATA = pathlib.Path("search-spaces/data")

CLASSES = [
    ("iris", "species"),
    ("wine", "cultivar"),
    ("breast_cancer", "diagnosis"),
    ("digits", "digit"),
    ("penguins", "species"),
    ("credit", "Status"),
    ("churn", "churn"),
]
NUMBERS = [("concrete", "compressive_strength"), ("diabetes", "progression")]

knn = {"n_neighbors": 7, "weights": "distance"}
tree = {"max_depth": 4, "min_samples_leaf": 5}
CASES = [
    case
    for name, target in CLASSES
    for case in (
        (name, target, "knn", knn, KNeighborsClassifier(**knn)),
        (name, target, "logistic-regression", {"C": 0.1}, LogisticRegression(C=0.1, tol=1e-8, max_iter=20000)),
        (name, target, "decision-tree", tree, DecisionTreeClassifier(**tree, random_state=0)),
    )
] + [
    case
    for name, target in NUMBERS
    for case in (
        (name, target, "knn", knn, KNeighborsRegressor(**knn)),
        (name, target, "ridge", {"alpha": 3}, Ridge(alpha=3)),
        (name, target, "decision-tree", tree, DecisionTreeRegressor(**tree, random_state=0)),
    )
]


def read(name, target):
    with open(DATA / f"{name}.csv", newline="") as file:
        header, *rows = csv.reader(file)
    columns = dict(zip(header, map(list, zip(*rows))))
    y = np.array(columns.pop(target))
    numeric, text = [], []
    for values in columns.values():
        missing = [value in ("", "NA") for value in values]
        try:
            numeric.append([np.nan if gone else float(value) for value, gone in zip(values, missing)])
        except ValueError:
            text.append(["(missing)" if gone else value for value, gone in zip(values, missing)])
    x = np.empty((len(rows), len(numeric) + len(text)), dtype=object)
    x[:] = list(zip(*numeric, *text))
    return x, y, len(numeric)


def pipeline(model, numeric, columns):
    scaled = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    parts = [(scaled, list(range(numeric)))]
    if columns > numeric:
        parts.append((OneHotEncoder(handle_unknown="ignore"), list(range(numeric, columns))))
    return make_pipeline(make_column_transformer(*parts), model)


def classified(truth, model, rows, classes):
    values = model.predict(rows)
    probabilities = model.predict_proba(rows)
    ranks = probabilities if len(classes) > 2 else probabilities[:, 1]
    return {
        "accuracy": metrics.accuracy_score(truth, values),
        "f1_macro": metrics.f1_score(truth, values, average="macro"),
        "roc_auc": metrics.roc_auc_score(truth, ranks, multi_class="ovr", labels=classes),
        "log_loss": metrics.log_loss(truth, probabilities, labels=classes),
    }


def measured(truth, model, rows):
    values = model.predict(rows)
    return {
        "r2": metrics.r2_score(truth, values),
        "rmse": metrics.mean_squared_error(truth, values, squared=False),
        "mape": metrics.mean_absolute_percentage_error(truth, values),
    }


cases = []
for name, target, trainer, params, model in CASES:
    x, y, numeric = read(name, target)
    classes = sorted(set(y))
    regression = (name, target) in NUMBERS
    if regression:
        y = y.astype(float)
    folds = []
    for fold in range(FOLDS):
        test = np.arange(len(y)) % FOLDS == fold
        fitted = pipeline(model, numeric, x.shape[1]).fit(x[~test], y[~test])
        scores = measured(y[test], fitted, x[test]) if regression else classified(y[test], fitted, x[test], classes)
        folds.append({key: float(value) for key, value in scores.items()})
    cases.append({"data": name, "target": target, "trainer": trainer, "params": params, "folds": folds})

out = pathlib.Path(__file__).with_name("real-data.json")
out.write_text(json.dumps({"scikit-learn": sklearn.__version__, "cases": cases}) + "\n")
