"""Probabilities of scikit-learn's naive Bayes, as JSON on stdout.

usage: python3 naive_bayes.py > naive-bayes.json
wine as it is; row i has weight 1 + i % 3; probabilities of every 17th row.
"""

import csv
import json
from pathlib import Path

import numpy
import sklearn
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB

with open(Path(__file__).parents[4] / "search-spaces" / "data" / "wine.csv", newline="") as file:
    rows = list(csv.reader(file))[1:]
features = numpy.array([[float(value) for value in row[:-1]] for row in rows])
target = numpy.array([row[-1] for row in rows])
weights = 1.0 + numpy.arange(len(target)) % 3


def fits():
    for params, model in [
        ({"var_smoothing": 1e-4}, GaussianNB(var_smoothing=1e-4)),
        ({"kind": "bernoulli", "binarize": 2.5, "alpha": 0.3}, BernoulliNB(binarize=2.5, alpha=0.3)),
        ({"kind": "bernoulli", "binarize": 2.5, "fit_prior": False}, BernoulliNB(binarize=2.5, fit_prior=False)),
        ({"kind": "multinomial", "alpha": 2}, MultinomialNB(alpha=2)),
    ]:
        probabilities = model.fit(features, target, sample_weight=weights).predict_proba(features[::17])
        yield {"params": params, "probabilities": probabilities.tolist()}


print(json.dumps({"scikit-learn": sklearn.__version__, "fits": list(fits())}))
