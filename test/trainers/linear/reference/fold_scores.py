"""Mean scores over five folds of scikit-learn's counterparts, as JSON on stdout.

usage: python3 fold_scores.py svm|linear|bayes|neural > ../../<family>/reference/fold-scores.json
Fold of a row: its number modulo 5. Features are scaled to mean 0 and variance 1 by the training rows (constant columns are
left at 0), or to 0 ... 1 where `scale` says minmax. Classification is scored by accuracy, regression by R2.
"""

import csv
import json
import sys
import warnings
from pathlib import Path

import numpy
import sklearn
from sklearn.linear_model import ElasticNet, Lasso
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR

warnings.simplefilter("ignore")
DATA = Path(__file__).parents[4] / "search-spaces" / "data"
CLASSIFICATION = ["breast_cancer", "digits", "wine"]
REGRESSION = ["concrete", "diabetes"]


def table(name):
    with open(DATA / f"{name}.csv", newline="") as file:
        rows = list(csv.reader(file))[1:]
    features = numpy.array([[float(value) for value in row[:-1]] for row in rows])
    target = numpy.array([row[-1] for row in rows])
    return features, target if name in CLASSIFICATION else target.astype(float)


def mean_score(estimator, name, scale="standard", seeds=1):
    features, target = table(name)
    fold_of = numpy.arange(len(target)) % 5
    scores = []
    for seed in range(seeds):
        if seeds > 1:
            estimator.set_params(random_state=seed)
        for fold in range(5):
            train, test = fold_of != fold, fold_of == fold
            scaler = MinMaxScaler() if scale == "minmax" else StandardScaler()
            model = make_pipeline(scaler, estimator).fit(features[train], target[train])
            scores.append(model.score(features[test], target[test]))
    return float(numpy.mean(scores))


def family(which):
    def row(trainer, params, name, estimator, **options):
        score = mean_score(estimator, name, **options)
        return {"trainer": trainer, "params": params, "table": name, "score": score, **options}

    for name in CLASSIFICATION:
        if which == "svm":
            for params in [{}, {"C": 10, "gamma": 0.01}, {"kernel": "linear", "C": 0.1}, {"kernel": "poly", "coef0": 1},
                           {"kernel": "sigmoid", "class_weight": "balanced"}]:
                yield row("svm", params, name, SVC(**params))
        if which == "linear":
            for params in [{"C": 0.05} if name == "digits" else {}, {"loss": "hinge", "C": 0.1},
                           {"class_weight": "balanced", "C": 0.01}]:
                yield row("linear-svm", params, name, LinearSVC(random_state=0, **params))
        if which == "bayes":
            yield row("naive-bayes", {}, name, GaussianNB())
            yield row("naive-bayes", {"var_smoothing": 0.1}, name, GaussianNB(var_smoothing=0.1))
            yield row("naive-bayes", {"kind": "bernoulli"}, name, BernoulliNB())
            yield row("naive-bayes", {"kind": "multinomial", "alpha": 0.5}, name, MultinomialNB(alpha=0.5), scale="minmax")
        if which == "neural":
            params = {"max_iter": 12, "learning_rate_init": 0.005} if name == "digits" else {}
            if name == "breast_cancer":
                params = {"hidden_layer_sizes": [20, 10], "batch_size": 50, "max_iter": 60}
            yield row("mlp", params, name, MLPClassifier(**params), seeds=3)
    for name in REGRESSION:
        if which == "svm":
            for params in [{}, {"C": 100, "epsilon": 1}, {"kernel": "linear"}]:
                yield row("svm", params, name, SVR(**params))
        if which == "linear":
            for loss in ["epsilon_insensitive", "squared_epsilon_insensitive"]:
                params = {"loss": loss}
                yield row("linear-svm", params, name, LinearSVR(random_state=0, max_iter=10000, **params))
            yield row("lasso", {}, name, Lasso())
            yield row("lasso", {"alpha": 0.01}, name, Lasso(alpha=0.01))
            yield row("elastic-net", {}, name, ElasticNet())
            yield row("elastic-net", {"alpha": 0.1, "l1_ratio": 0.2}, name, ElasticNet(alpha=0.1, l1_ratio=0.2))
        if which == "neural":
            params = {"max_iter": 100, "learning_rate_init": 0.01, "hidden_layer_sizes": [20]}
            yield row("mlp", params, name, MLPRegressor(**params), seeds=3)


rows = ",\n  ".join(json.dumps(row) for row in family(sys.argv[1]))
print(f'{{"scikit-learn": "{sklearn.__version__}", "scores": [\n  {rows}\n]}}')
