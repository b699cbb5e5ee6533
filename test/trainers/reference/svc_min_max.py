"""Accuracy of scikit-learn's SVC over columns scaled to 0 … 1, named in test/trainers/package-trainers.test.ts.

Run: /usr/bin/python3 test/trainers/reference/svc_min_max.py
"""

import csv
import os

import numpy as np
import sklearn
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.svm import SVC

DATA = os.path.join(os.path.dirname(__file__), "../../../search-spaces/data")

print("scikit-learn", sklearn.__version__)
for name in ("iris", "wine"):
    with open(os.path.join(DATA, f"{name}.csv"), newline="") as file:
        rows = list(csv.reader(file))[1:]
    features = np.array([[float(cell) for cell in row[:-1]] for row in rows])
    target = np.array([row[-1] for row in rows])
    fold_of = np.arange(len(target)) % 5
    scores = []
    for fold in range(5):
        train, test = fold_of != fold, fold_of == fold
        model = make_pipeline(MinMaxScaler(), OneVsRestClassifier(SVC(C=10, kernel="rbf", gamma=0.5)))
        scores.append(model.fit(features[train], target[train]).score(features[test], target[test]))
    print(name, round(float(np.mean(scores)), 4))
