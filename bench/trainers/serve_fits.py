"""The peer's side: answers fit requests line by line with scikit-learn's counterpart (see fit-request.ts)."""
import json
import sys
import time
import warnings

import numpy as np
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, r2_score
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")

# Our name -> counterpart for classes, for numbers, whether it takes a seed, what is not a default.
COUNTERPARTS = {
    "random-forest": (RandomForestClassifier, RandomForestRegressor, True, {}),
    "ml-random-forest": (RandomForestClassifier, RandomForestRegressor, True, {}),
    "extra-trees": (ExtraTreesClassifier, ExtraTreesRegressor, True, {}),
    "gradient-boosting": (HistGradientBoostingClassifier, HistGradientBoostingRegressor, True, {}),
    "svm": (SVC, SVR, False, {}),
    "ml-svm": (SVC, SVR, False, {}),
    "linear-svm": (LinearSVC, LinearSVR, True, {}),
    "logistic-regression": (LogisticRegression, None, False, {}),
    "ridge": (None, Ridge, False, {}),
    "lasso": (None, Lasso, False, {}),
    "elastic-net": (None, ElasticNet, False, {}),
    "knn": (KNeighborsClassifier, KNeighborsRegressor, False, {"algorithm": "brute"}),
    "naive-bayes": (GaussianNB, None, False, {}),
    "mlp": (MLPClassifier, MLPRegressor, True, {}),
    "decision-tree": (DecisionTreeClassifier, DecisionTreeRegressor, True, {}),
}

files = {}


def read_matrix_file(path):
    if path not in files:
        numbers = np.fromfile(path)
        rows, columns, classes, splits = (int(number) for number in numbers[:4])
        parts = numbers[4:]
        features = parts[: rows * columns].reshape(rows, columns)
        target = parts[rows * columns : rows * (columns + 1)]
        files[path] = features, target, classes, parts[rows * (columns + 1) :].reshape(splits, rows)
    return files[path]


def answer(request):
    features, target, classes, splits = read_matrix_file(request["file"])
    test = splits[request["split"]] == request["fold"]
    train_features, test_features = features[~test], features[test]
    train_target = target[~test].astype(int) if classes else target[~test]
    classifier, regressor, seeded, fixed = COUNTERPARTS[request["trainer"]]
    params = {**fixed, **request["params"], **({"random_state": request["seed"]} if seeded else {})}
    estimator = (classifier if classes else regressor)(**params)
    times = request["times"]
    started = time.process_time()
    for _ in range(times):
        estimator.fit(train_features, train_target)
    fitted = time.process_time()
    for _ in range(times):
        predicted = estimator.predict(test_features)
    ended = time.process_time()
    score = (accuracy_score if classes else r2_score)(target[test], predicted)
    return {"fitSeconds": (fitted - started) / times, "predictSeconds": (ended - fitted) / times, "score": score}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
