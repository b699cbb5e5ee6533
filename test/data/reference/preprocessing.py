"""Prints what scikit-learn's transformers make of shipped datasets: python3 preprocessing.py > preprocessing.json

Every row whose number is divisible by 3 is a test row, the others are training rows. Numeric columns go through
SimpleImputer and a scaler, categorical ones through OneHotEncoder or OrdinalEncoder, with a missing category replaced by
a text that sorts last.
"""
import csv
import json
import os

import numpy
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, StandardScaler

FOLDER = os.path.join(os.path.dirname(__file__), "../../../search-spaces/data")
TARGETS = {"penguins": "species", "credit": "Status", "churn": "churn", "digits": "digit", "concrete": "compressive_strength"}
SCALERS = {"none": None, "standard": StandardScaler, "minmax": MinMaxScaler, "robust": RobustScaler}
MISSING = {"", "NA"}


def read(name):
    with open(os.path.join(FOLDER, name + ".csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {}
    for key in rows[0]:
        if key == TARGETS[name]:
            continue
        texts = [row[key] for row in rows]
        try:
            columns[key] = numpy.array([numpy.nan if text in MISSING else float(text) for text in texts])
        except ValueError:
            columns[key] = numpy.array(["\uffff" if text in MISSING else text for text in texts], dtype=object)
    return len(rows), columns


def transform(columns, train, test, impute, encode, scale):
    parts = []
    for values in columns.values():
        fitting, applied = values[train].reshape(-1, 1), values[test].reshape(-1, 1)
        if values.dtype == object:
            steps = [OneHotEncoder(handle_unknown="ignore", sparse_output=False)] if encode == "onehot" else [
                OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)]
        else:
            steps = [SimpleImputer(strategy=impute)] + ([SCALERS[scale]()] if SCALERS[scale] else [])
        for step in steps:
            fitting, applied = step.fit_transform(fitting), step.transform(applied)
        parts.append(applied)
    return numpy.hstack(parts).astype(float)


cases = []
for name in TARGETS:
    count, columns = read(name)
    rows = numpy.arange(count)
    train, test = rows[rows % 3 != 0], rows[rows % 3 == 0]
    for impute in ["mean", "median", "most_frequent"]:
        for scale in SCALERS:
            encode = "ordinal" if scale in ("none", "minmax") else "onehot"
            matrix = transform(columns, train, test, impute, encode, scale)
            cases.append({
                "dataset": name, "target": TARGETS[name], "impute": impute, "encode": encode, "scale": scale,
                "rows": matrix.shape[0], "columns": matrix.shape[1],
                "means": matrix.mean(axis=0).tolist(), "squares": (matrix ** 2).mean(axis=0).tolist(),
                "row": matrix[len(matrix) // 2].tolist(),
            })
print(json.dumps({"sklearn": sklearn.__version__, "numpy": numpy.__version__, "cases": cases}))
