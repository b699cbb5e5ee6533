"""Prints posteriors and log marginal likelihoods of scikit-learn's GaussianProcessRegressor as JSON."""

import json

import numpy
import sklearn
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

random = numpy.random.default_rng(5)
cases = []
for rows, dimensions in [(1, 1), (7, 2), (25, 4)]:
    x = random.uniform(size=(rows, dimensions))
    y = numpy.sin(5 * x).sum(axis=1) + 0.1 * random.normal(size=rows)
    lengths = random.uniform(0.2, 1.5, size=dimensions)
    amplitude, noise = float(random.uniform(0.5, 2)), float(random.uniform(0.001, 0.1))
    kernel = ConstantKernel(amplitude) * Matern(lengths, nu=2.5) + WhiteKernel(noise)
    model = GaussianProcessRegressor(kernel, alpha=0, optimizer=None).fit(x, y)
    points = random.uniform(size=(5, dimensions))
    mean, covariance = model.predict(points, return_cov=True)
    likelihood, gradient = model.log_marginal_likelihood(model.kernel_.theta, eval_gradient=True)
    cases.append(
        {
            "inputs": x.tolist(),
            "targets": y.tolist(),
            "lengthscales": lengths.tolist(),
            "amplitude": amplitude,
            "noise": noise,
            "points": points.tolist(),
            "mean": mean.tolist(),
            # predict counts the noise of a new observation in.
            "variance": (numpy.diag(covariance) - noise).tolist(),
            "log_likelihood": likelihood,
            # by the logarithms of amplitude, length scales, noise
            "gradient": gradient.tolist(),
        }
    )
print(json.dumps({"made_with": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}", "cases": cases}))
