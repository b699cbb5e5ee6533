"""Optuna's samplers behind JSON lines: one request a line on stdin, one reply a line on stdout.

{"open": {"sampler", "seed", "in_flight", "space"}} -> {"cpu_ms"}            one study at a time
{"ask": true}                                       -> {"id", "params", "cpu_ms"}
{"tell": {"id", "value"}}                           -> {"cpu_ms"}
"""
import json
import sys
import time
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")


def create_sampler(name, seed, in_flight):
    # As its documentation advises where trials run in parallel.
    liar = in_flight > 1
    if name == "Optuna TPE":
        return optuna.samplers.TPESampler(seed=seed, constant_liar=liar)
    if name == "Optuna TPE, multivariate, group":
        return optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True, constant_liar=liar)
    if name == "Optuna CMA-ES":
        return optuna.samplers.CmaEsSampler(seed=seed)
    return optuna.samplers.RandomSampler(seed=seed)


def suggest(trial, space):
    params = {}
    for parameter in space:
        name, when = parameter["name"], parameter.get("when")
        if when is not None and params.get(when["param"]) != when["equals"]:
            continue
        if parameter["type"] == "categorical":
            params[name] = trial.suggest_categorical(name, parameter["choices"])
            continue
        log = parameter.get("log", False)
        step = parameter.get("step")
        if parameter["type"] == "int":
            params[name] = trial.suggest_int(name, parameter["low"], parameter["high"], step=step or 1, log=log)
        else:
            params[name] = trial.suggest_float(name, parameter["low"], parameter["high"], step=step, log=log)
    return params


def main():
    study, space, trials = None, None, {}
    for line in sys.stdin:
        request = json.loads(line)
        started = time.process_time()
        reply = {}
        if "open" in request:
            opened = request["open"]
            space, trials = opened["space"], {}
            study = optuna.create_study(sampler=create_sampler(opened["sampler"], opened["seed"], opened["in_flight"]))
        elif "ask" in request:
            trial = study.ask()
            trials[trial.number] = trial
            reply = {"id": trial.number, "params": suggest(trial, space)}
        else:
            study.tell(trials.pop(request["tell"]["id"]), request["tell"]["value"])
        reply["cpu_ms"] = 1000 * (time.process_time() - started)
        print(json.dumps(reply), flush=True)


main()
