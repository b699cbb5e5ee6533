"""Sweeps over scikit-learn's counterparts of our trainers.

Arguments: the table as CSV with a column `fold`, the plan (JSON, see sweep-plans.ts), the seed, the number of trials.
Searches by Optuna's TPE and prints {"score": the best mean over the folds}. Without a number of trials, answers each line
{"trainer", "params"} on stdin with its {"score"}.
"""
import csv
import json
import sys
import warnings

import numpy as np
import optuna
import sklearn.metrics
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")

# Name -> counterpart for classes, for numbers, what is not a default.
COUNTERPARTS = {
    "random-forest": (RandomForestClassifier, RandomForestRegressor, {}),
    "gradient-boosting": (HistGradientBoostingClassifier, HistGradientBoostingRegressor, {"early_stopping": False}),
    "logistic-regression": (LogisticRegression, None, {"solver": "saga", "tol": 1e-5}),
    "svm": (SVC, SVR, {}),
    "knn": (KNeighborsClassifier, KNeighborsRegressor, {}),
}


def suggest(trial, prefix, parameters):
    params = {}
    for parameter in parameters:
        name, when = parameter["name"], parameter.get("when")
        if when is not None and params.get(when["param"]) != when["equals"]:
            continue
        if parameter["type"] == "categorical":
            params[name] = trial.suggest_categorical(prefix + name, parameter["choices"])
        elif parameter["type"] == "int":
            params[name] = trial.suggest_int(prefix + name, parameter["low"], parameter["high"], log="log" in parameter)
        else:
            params[name] = trial.suggest_float(
                prefix + name, parameter["low"], parameter["high"], log="log" in parameter
            )
    return params


def create_model(model, params, task, seed):
    classifier, regressor, settings = COUNTERPARTS[model["trainer"]]
    counterpart = classifier if task == "classification" else regressor
    estimator = counterpart(**{**settings, **model.get("fixed", {}), **params})
    # Ours draws from the sweep's seed as well.
    if "random_state" in estimator.get_params():
        estimator.set_params(random_state=seed)
    return make_pipeline(StandardScaler(), estimator) if model.get("isScaled") else estimator


def fold_score(model, metric, features, target, test):
    model.fit(features[~test], target[~test])
    if metric == "r2":
        return sklearn.metrics.r2_score(target[test], model.predict(features[test]))
    return sklearn.metrics.log_loss(target[test], model.predict_proba(features[test]), labels=np.unique(target))


class Scorer:
    """Mean score over the folds."""

    def __init__(self, path, plan, seed):
        with open(path, newline="") as file:
            rows = list(csv.DictReader(file))
        self.plan, self.seed = plan, seed
        self.models = {model["trainer"]: model for model in plan["models"]}
        self.target = np.array([row.pop(plan["target"]) for row in rows])
        if plan["task"] == "regression":
            self.target = self.target.astype(float)
        self.folds = np.array([int(row.pop("fold")) for row in rows])
        self.features = np.array([list(row.values()) for row in rows], dtype=float)

    def score(self, name, params):
        model = create_model(self.models[name], params, self.plan["task"], self.seed)
        scores = [
            fold_score(model, self.plan["metric"], self.features, self.target, self.folds == fold)
            for fold in np.unique(self.folds)
        ]
        return float(np.mean(scores))


def search(scorer, trials):
    def objective(trial):
        names = list(scorer.models)
        name = names[0] if len(names) == 1 else trial.suggest_categorical("model", names)
        return scorer.score(name, suggest(trial, name + ".", scorer.models[name]["parameters"]))

    direction = "maximize" if scorer.plan["metric"] == "r2" else "minimize"
    study = optuna.create_study(direction=direction, sampler=optuna.samplers.TPESampler(seed=scorer.seed))
    study.optimize(objective, n_trials=trials)
    return study.best_value


def main():
    path, plan, seed = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
    scorer = Scorer(path, plan, seed)
    if len(sys.argv) > 4:
        print(json.dumps({"score": search(scorer, int(sys.argv[4]))}))
        return
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"score": scorer.score(request["trainer"], request["params"])}), flush=True)


main()
