"""Predictions of scikit-learn's HistGradientBoosting on the rows it was trained on, printed as JSON.

/usr/bin/python3 boosting.py > boosting.json

Numeric columns have at most 255 distinct values, so that both programs have the same bins. Trees with the category are
kept small: scikit-learn 1.2 leaves out a division that ends at a category of fewer than ten rows, ours does not.
"""
import json

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

random = np.random.RandomState(3)
rows = 400
numeric = np.round(random.normal(size=(rows, 3)), 1)
numeric[random.uniform(size=rows) < 0.15, 1] = np.nan
category = random.randint(0, 4, size=rows).astype(float)
effect = np.array([1, -1, 0.5, -2])[category.astype(int)]
signal = numeric[:, 0] + np.where(np.isnan(numeric[:, 1]), 1.5, numeric[:, 1]) * 0.7 + effect
X = np.column_stack([numeric, category])
y = np.round(signal + 0.3 * random.normal(size=rows), 3)
counts = random.poisson(np.exp(np.clip(signal / 3, -3, 2))).astype(float)
binary = (signal > 0.3).astype(float)
multi = np.digitize(signal, [-1, 1]).astype(float)
weights = 1 + (np.arange(rows) % 3).astype(float)

common = dict(max_iter=20, early_stopping=False, min_samples_leaf=20, max_leaf_nodes=12)
small = {**common, "max_leaf_nodes": 3, "categorical_features": [3]}
cases = []


def add(name, target, model, weight=None, params=None):
    columns = 3 if model.categorical_features is None else 4
    model.fit(X[:, :columns], target, sample_weight=weight)
    classes = hasattr(model, "predict_proba")
    values = model.predict_proba(X[:, :columns]).ravel() if classes else model.predict(X[:, :columns])
    cases.append(
        {"name": name, "columns": columns, "classes": len(model.classes_) if classes else None,
         "target": target.tolist(), "weighted": weight is not None, "params": params or {},
         "values": np.round(values, 8).tolist()}
    )


R, C = HistGradientBoostingRegressor, HistGradientBoostingClassifier
add("squared error", y, R(**common))
add("squared error with l2", y, R(**common, l2_regularization=5.0), params={"l2_regularization": 5})
add("squared error, deep", y, R(**{**common, "max_leaf_nodes": None}, max_depth=3),
    params={"max_leaf_nodes": None, "max_depth": 3})
add("absolute error", y, R(**common, loss="absolute_error"), params={"loss": "absolute_error"})
add("quantile", y, R(**common, loss="quantile", quantile=0.8), params={"loss": "quantile", "quantile": 0.8})
add("poisson", counts, R(**common, loss="poisson"), params={"loss": "poisson"})
add("two classes", binary, C(**common))
add("two classes, another rate", binary, C(**common, learning_rate=0.3), params={"learning_rate": 0.3})
add("three classes", multi, C(**common))
add("weights", y, R(**common), weight=weights)
add("two classes with weights", binary, C(**common), weight=weights)
add("squared error with a category", y, R(**small), params={"max_leaf_nodes": 3})
add("two classes with a category", binary, C(**small), params={"max_leaf_nodes": 3})

print(json.dumps({
    "sklearn": sklearn.__version__,
    "rows": rows,
    "weights": weights.tolist(),
    "features": [[None if np.isnan(v) else v for v in row] for row in X.tolist()],
    "cases": cases,
}))
