"""Writes splits.json beside this file: how scikit-learn 1.2.1 divides rows.

Run with python3, then format the result with Biome.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold, TimeSeriesSplit

rng = np.random.default_rng(5)


def sizes(splitter, rows, **data):
    return [len(test) for _, test in splitter.split(np.zeros(rows), **data)]


kfold = [{"rows": rows, "folds": folds, "sizes": sizes(KFold(folds), rows)} for rows, folds in ((10, 5), (11, 5), (14, 5), (7, 7), (3, 2), (151, 10))]

stratified = []
for counts, folds in (([50, 50, 50], 5), ([59, 71, 48], 5), ([7, 9, 23, 5], 5), ([3, 4, 5, 6, 7], 3), ([212, 357], 10), ([2, 2], 2)):
    # scikit-learn numbers classes as they appear: one row of each first, so that this is their own order.
    rest = np.repeat(np.arange(len(counts)), np.array(counts) - 1)
    labels = np.concatenate([np.arange(len(counts)), rng.permutation(rest)])
    folds_of = StratifiedKFold(folds, shuffle=True, random_state=0).split(labels, labels)
    allocation = [np.bincount(labels[test], minlength=len(counts)).tolist() for _, test in folds_of]
    stratified.append({"labels": labels.tolist(), "classes": len(counts), "folds": folds, "allocation": allocation})

group = []
for count, rows, folds in ((5, 40, 5), (12, 60, 4), (30, 200, 7), (8, 8, 3)):
    groups = np.concatenate([np.arange(count), rng.integers(0, count, rows - count) ** 2 // count])
    group.append({"groups": groups.tolist(), "folds": folds, "sizes": sizes(GroupKFold(folds), rows, groups=groups)})

time = []
for rows, folds in ((12, 3), (13, 3), (10, 4), (100, 7), (6, 5)):
    order = rng.permutation(rows)
    by_time = np.argsort(order)
    parts = [
        {"train": np.sort(by_time[train]).tolist(), "test": np.sort(by_time[test]).tolist()}
        for train, test in TimeSeriesSplit(folds).split(np.zeros(rows))
    ]
    time.append({"order": order.tolist(), "folds": folds, "parts": parts})

out = pathlib.Path(__file__).with_name("splits.json")
reference = {"scikit-learn": sklearn.__version__, "kfold": kfold, "stratified": stratified, "group": group, "time": time}
out.write_text(json.dumps(reference) + "\n")
