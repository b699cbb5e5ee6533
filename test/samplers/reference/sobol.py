"""Prints points of the unscrambled Sobol sequence (Joe and Kuo's direction numbers) as JSON, in units of 2^-30."""

import json

import numpy
import scipy
from scipy.stats import qmc

DIMENSIONS = 256
ROWS = [0, 1, 2, 3, 4, 7, 8, 31, 100, 513, 1023]

points = qmc.Sobol(DIMENSIONS, scramble=False, bits=30).random(1024)
print(
    json.dumps(
        {
            "made_with": f"scipy {scipy.__version__}, numpy {numpy.__version__}",
            "dimensions": DIMENSIONS,
            "rows": ROWS,
            "points": [[int(x * 2**30) for x in points[row]] for row in ROWS],
        }
    )
)
