"""A study of Optuna with an objective that does nothing. usage: no_op_optuna.py random|tpe TRIALS [STORAGE_URL]"""
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {"random": optuna.samplers.RandomSampler, "tpe": optuna.samplers.TPESampler}


def evaluate(trial):
    rate = trial.suggest_float("rate", 1e-4, 1, log=True)
    trial.suggest_float("momentum", 0, 0.99)
    trial.suggest_float("dropout", 0, 0.5)
    trial.suggest_int("layers", 1, 8)
    trial.suggest_categorical("activation", ["relu", "tanh", "gelu"])
    return rate


sampler, trials, *storage = sys.argv[1:]
study = optuna.create_study(sampler=SAMPLERS[sampler](seed=1), storage=storage[0] if storage else None)
study.optimize(evaluate, n_trials=int(trials))
