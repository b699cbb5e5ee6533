"""Prints reference values of the normal distribution and of truncated normals as JSON."""

import json

import numpy
import scipy
from scipy.stats import norm, truncnorm

points = [-37.5, -20, -8, -7.0710678, -5, -3.2, -1, -0.3, 0, 1e-9, 0.7, 2, 4.5, 7.5]
probabilities = [1e-300, 1e-50, 1e-16, 1e-9, 1e-4, 0.02, 0.074, 0.075, 0.3, 0.5, 0.9, 0.925, 0.926, 0.99, 1 - 1e-9]
truncated = [
    {"mean": 0, "std": 1, "min": -1, "max": 2},
    {"mean": 3, "std": 0.5, "min": 5, "max": 7},
    {"mean": 10, "std": 2, "min": 1, "max": 4},
    {"mean": 0, "std": 1, "min": 9, "max": 10},
]
shares = [0, 0.01, 0.25, 0.5, 0.9, 0.999]

print(
    json.dumps(
        {
            "made_with": f"scipy {scipy.__version__}, numpy {numpy.__version__}",
            "cdf": [[x, norm.cdf(x)] for x in points],
            "quantile": [[p, norm.ppf(p)] for p in probabilities],
            "truncated": [
                {
                    **case,
                    "values": [
                        [
                            u,
                            float(
                                truncnorm.ppf(
                                    u,
                                    (case["min"] - case["mean"]) / case["std"],
                                    (case["max"] - case["mean"]) / case["std"],
                                    loc=case["mean"],
                                    scale=case["std"],
                                )
                            ),
                        ]
                        for u in shares
                    ],
                }
                for case in truncated
            ],
        },
        indent=1,
    )
)
