"""Mean scores of scikit-learn's forests over five folds (row i in fold i mod 5) and some seeds, printed as JSON.

/usr/bin/python3 forests.py > forests.json
"""
import csv
import json
import os

import numpy as np
import sklearn
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../search-spaces/data")


def table(name, regression):
    with open(os.path.join(DATA, name + ".csv"), newline="") as file:
        lines = list(csv.reader(file))[1:]
    X = np.array([[float(cell) for cell in line[:-1]] for line in lines])
    labels = [line[-1] for line in lines]
    return X, np.array([float(label) for label in labels]) if regression else np.array(labels)


def score(make, name, regression, seeds):
    X, y = table(name, regression)
    fold = np.arange(len(y)) % 5
    scores = []
    for seed in range(seeds):
        for k in range(5):
            model = make(seed).fit(X[fold != k], y[fold != k])
            scores.append(model.score(X[fold == k], y[fold == k]))
    return float(np.mean(scores))


trees = dict(n_estimators=30, n_jobs=1)
rows = []
for name, regression in [("wine", False), ("breast_cancer", False), ("concrete", True)]:
    forest = RandomForestRegressor if regression else RandomForestClassifier
    extra = ExtraTreesRegressor if regression else ExtraTreesClassifier
    seeds = 2 if regression else 8 if name == "wine" else 3
    boosting = HistGradientBoostingRegressor if regression else HistGradientBoostingClassifier
    rows.append({"trainer": "random-forest", "table": name, "regression": regression,
                 "score": score(lambda s: forest(random_state=s, **trees), name, regression, seeds), "seeds": seeds})
    rows.append({"trainer": "extra-trees", "table": name, "regression": regression,
                 "score": score(lambda s: extra(random_state=s, **trees), name, regression, seeds), "seeds": seeds})
    rows.append({"trainer": "gradient-boosting", "table": name, "regression": regression,
                 "score": score(lambda s: boosting(random_state=s, max_iter=60), name, regression, 1), "seeds": 1})
print(json.dumps({"sklearn": sklearn.__version__, "rows": rows}, indent=1))
