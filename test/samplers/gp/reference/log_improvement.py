"""Prints log(phi(z) + z Phi(z)) and its derivative as JSON, computed with 120 digits."""

import json

import mpmath

mpmath.mp.dps = 120
rows = []
for z in [-1e6, -1e3, -100, -38.5, -20, -10, -5, -3.1, -3, -2.9, -1, -0.1, 0, 0.1, 1, 3, 10, 40]:
    # The two terms cancel to 1 / z^2 of their size: 120 digits leave more than 100.
    density = mpmath.npdf(mpmath.mpf(z))
    probability = mpmath.erfc(-mpmath.mpf(z) / mpmath.sqrt(2)) / 2
    value = density + mpmath.mpf(z) * probability
    rows.append({"z": z, "value": float(mpmath.log(value)), "slope": float(probability / value)})
print(json.dumps({"made_with": f"mpmath {mpmath.__version__}", "rows": rows}))
