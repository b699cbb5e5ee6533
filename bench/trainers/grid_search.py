"""The peer's side of a sweep: GridSearchCV over a CSV file whose last two columns are the fold and the class.

usage: grid_search.py FILE TRAINER GRID(JSON)
"""
import json
import sys
import warnings

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, PredefinedSplit
from sklearn.svm import SVC

warnings.filterwarnings("ignore")

ESTIMATORS = {
    "random-forest": RandomForestClassifier,
    "gradient-boosting": HistGradientBoostingClassifier,
    "svm": SVC,
    "logistic-regression": LogisticRegression,
}

path, trainer, grid = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
estimator = ESTIMATORS[trainer]()
if trainer in ("random-forest", "gradient-boosting"):
    estimator.set_params(random_state=0)
table = np.loadtxt(path, delimiter=",", skiprows=1)
folds = PredefinedSplit(table[:, -2].astype(int))
search = GridSearchCV(estimator, grid, scoring="accuracy", cv=folds, n_jobs=2, refit=False)
search.fit(table[:, :-2], table[:, -1].astype(int))
print(json.dumps({"score": search.best_score_}))
