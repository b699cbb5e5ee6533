"""Writes metrics.json beside this file: inputs and the scores of scikit-learn 1.2.1.

Run with python3, then format the result with Biome.
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20240501)


def finite(value):
    value = float(value)
    return value if np.isfinite(value) else None


def attempt(score):
    try:
        return finite(score())
    except ValueError:
        return None


def classification(name, classes, truth, values, probabilities=None, decision=None, positive=1):
    truth = np.asarray(truth)
    values = np.asarray(values)
    labels = list(range(classes))
    scores = {
        "accuracy": finite(metrics.accuracy_score(truth, values)),
        "balanced_accuracy": finite(metrics.balanced_accuracy_score(truth, values)),
        "f1_macro": finite(metrics.f1_score(truth, values, average="macro")),
        "mcc": finite(metrics.matthews_corrcoef(truth, values)),
    }
    if classes == 2:
        for key, function in (("f1", metrics.f1_score), ("precision", metrics.precision_score), ("recall", metrics.recall_score)):
            scores[key] = finite(function(truth, values, labels=labels, pos_label=positive, average="binary"))
    is_positive = (truth == positive).astype(int)
    if decision is not None:
        scores["roc_auc"] = attempt(lambda: metrics.roc_auc_score(is_positive, decision))
        # scikit-learn calls a recall without positives 1; here the score is then undefined.
        scores["pr_auc"] = attempt(lambda: metrics.average_precision_score(is_positive, decision)) if is_positive.any() else None
    if probabilities is not None:
        probabilities = np.asarray(probabilities)
        scores["log_loss"] = finite(metrics.log_loss(truth, probabilities, labels=labels))
        if classes == 2:
            column = probabilities[:, positive]
            scores["brier"] = finite(metrics.brier_score_loss(is_positive, column, pos_label=1))
            if decision is None:
                scores["roc_auc"] = attempt(lambda: metrics.roc_auc_score(is_positive, column))
                scores["pr_auc"] = attempt(lambda: metrics.average_precision_score(is_positive, column)) if is_positive.any() else None
        else:
            # With a class missing from the truth scikit-learn refuses the mean over all classes.
            scores["roc_auc"] = attempt(
                lambda: metrics.roc_auc_score(truth, probabilities, multi_class="ovr", average="macro", labels=labels)
            )
    case = {"name": name, "classes": classes, "positive": positive, "truth": truth.tolist(), "values": values.tolist(), "scores": scores}
    if probabilities is not None:
        case["probabilities"] = probabilities.ravel().tolist()
    if decision is not None:
        case["decision"] = np.asarray(decision, dtype=float).tolist()
    return case


def drawn(name, classes, rows, digits=None, positive=1, truth=None):
    truth = rng.integers(0, classes, rows) if truth is None else np.asarray(truth)
    raw = rng.gamma(0.7, size=(len(truth), classes)) + 1.2 * np.eye(classes)[truth] * rng.random((len(truth), 1))
    probabilities = raw / raw.sum(axis=1, keepdims=True)
    if digits is not None:
        # Coarse probabilities: many ties. Quantised so that rows still sum to exactly 1.
        parts = np.floor(probabilities * digits) / digits
        parts[:, -1] = 1 - parts[:, :-1].sum(axis=1)
        probabilities = parts
    return classification(name, classes, truth, probabilities.argmax(axis=1), probabilities, positive=positive)


def numbers(name, truth, values):
    truth = np.asarray(truth, dtype=float)
    values = np.asarray(values, dtype=float)
    return {
        "name": name,
        "truth": truth.tolist(),
        "values": values.tolist(),
        "scores": {
            "rmse": finite(metrics.mean_squared_error(truth, values, squared=False)),
            "mae": finite(metrics.mean_absolute_error(truth, values)),
            "mape": finite(metrics.mean_absolute_percentage_error(truth, values)),
            "r2": finite(metrics.r2_score(truth, values)) if len(truth) > 1 else None,
            "median_ae": finite(metrics.median_absolute_error(truth, values)),
        },
    }


half = [0, 1] * 10
classifications = [
    drawn("two classes", 2, 60),
    drawn("two classes, class 0 positive", 2, 60, positive=0),
    drawn("two classes, many ties", 2, 80, digits=4),
    drawn("two classes, many ties, class 0 positive", 2, 80, digits=3, positive=0),
    drawn("two classes, one in ten positive", 2, 90, truth=(np.arange(90) % 10 == 0).astype(int)),
    drawn("three classes", 3, 70),
    drawn("three classes, many ties", 3, 70, digits=4),
    drawn("ten classes", 10, 150),
    drawn("ten classes, many ties", 10, 150, digits=5),
    drawn("class 2 of three missing", 3, 40, truth=np.arange(40) % 2),
    drawn("only class 0 of two", 2, 12, truth=np.zeros(12, dtype=int)),
    drawn("only class 1 of two", 2, 12, truth=np.ones(12, dtype=int)),
    classification("perfect", 2, half, half, [[1 - t, t] for t in half]),
    classification("perfect, three classes", 3, [0, 1, 2] * 5, [0, 1, 2] * 5, np.eye(3)[[0, 1, 2] * 5]),
    classification("wrong with certainty", 2, half, [1 - t for t in half], [[t, 1 - t] for t in half]),
    classification("constant prediction of class 0", 2, half, [0] * 20, [[0.5, 0.5]] * 20),
    classification("constant prediction of class 1", 2, half, [1] * 20, [[0.25, 0.75]] * 20),
    classification("constant prediction, three classes", 3, [0, 1, 2, 2] * 5, [2] * 20, [[0.25, 0.25, 0.5]] * 20),
    classification("a class predicted that is never true", 3, [0, 1] * 6, [0, 1, 2] * 4),
    classification("labels only", 4, rng.integers(0, 4, 50), rng.integers(0, 4, 50)),
    classification("one row", 2, [1], [0], [[0.6, 0.4]]),
]
for positive in (0, 1):
    truth = rng.integers(0, 2, 75)
    margin = rng.normal(size=75) + (truth == positive)
    guess = np.where(margin > 0, positive, 1 - positive)
    classifications.append(classification(f"decision values, class {positive} positive", 2, truth, guess, decision=margin, positive=positive))
    classifications.append(
        classification(f"tied decision values, class {positive} positive", 2, truth, guess, decision=np.round(margin), positive=positive)
    )
classifications.append(classification("decision values all equal", 2, half, [1] * 20, decision=[0.3] * 20))

truth = rng.normal(3, 20, 61)
skewed = np.exp(rng.normal(2, 1, 50))
regressions = [
    numbers("mixed signs", truth, truth + rng.normal(0, 7, 61)),
    numbers("negative targets", -skewed, -skewed * rng.uniform(0.5, 1.5, 50)),
    numbers("positive targets", skewed, skewed * rng.uniform(0.5, 1.5, 50)),
    numbers("perfect", truth, truth),
    numbers("constant prediction", truth, np.full(61, truth.mean())),
    numbers("worse than the mean", truth, -truth),
    numbers("constant truth, missed", [4.0] * 8, np.arange(8)),
    numbers("constant truth, hit", [4.0] * 8, [4.0] * 8),
    numbers("zeros in the truth", [0.0, 1, 2, 3], [0.5, 1, 2, 4]),
    numbers("even number of rows", truth[:40], truth[:40] * 0.9),
    numbers("large values", 1e8 + truth, 1e8 + truth * 1.1),
    numbers("one row", [2.0], [3.0]),
]

out = pathlib.Path(__file__).with_name("metrics.json")
reference = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "classification": classifications, "regression": regressions}
out.write_text(json.dumps(reference) + "\n")
