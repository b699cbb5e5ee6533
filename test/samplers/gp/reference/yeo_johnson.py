"""Prints Yeo-Johnson transformed values and fitted exponents of scipy.stats.yeojohnson as JSON."""

import json

import numpy
import scipy
from scipy import stats

random = numpy.random.default_rng(2)
samples = [random.gamma(1.5, size=30) - 1, -random.gamma(2, size=40), random.normal(size=25)]
values = [-30.0, -2.5, -1.0, -1e-3, 0.0, 1e-3, 0.7, 4.0, 100.0]
print(
    json.dumps(
        {
            "made_with": f"scipy {scipy.__version__}, numpy {numpy.__version__}",
            "values": values,
            "transformed": [
                {"exponent": e, "values": stats.yeojohnson(numpy.array(values), e).tolist()} for e in [-1.5, 0, 0.3, 1, 2, 3.2]
            ],
            "samples": [{"values": s.tolist(), "exponent": stats.yeojohnson_normmax(s)} for s in samples],
        }
    )
)
