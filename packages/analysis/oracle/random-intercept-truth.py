"""REML estimates to 40 digits from dense matrices, by mpmath. Run after random-intercept.R: python3 random-intercept-truth.py"""
import json
import os
import mpmath as mp

mp.mp.dps = 50
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, 'random-intercept.golden.json')) as file:
    cases = json.load(file)['cases']


def moments(rows, lam):
    """sum over schools of log|V|, and [X y]' V^-1 [X y], V = I + lam 11'"""
    schools = {}
    for row in rows:
        schools.setdefault(row['school'], []).append([mp.mpf(1)] + [mp.mpf(repr(v)) for v in row['values']])
    size = len(rows[0]['values']) + 1
    total, logdet = mp.zeros(size), mp.mpf(0)
    for members in schools.values():
        z = mp.matrix(members)
        sums = mp.matrix([[sum(row[k] for row in members) for k in range(size)]])
        n = len(members)
        total += z.T * z - (lam / (1 + n * lam)) * (sums.T * sums)
        logdet += mp.log(1 + n * lam)
    return logdet, total


def fit(rows, lam):
    logdet, m = moments(rows, lam)
    p, n = m.rows - 1, len(rows)
    a, b = m[:p, :p], m[:p, p]
    beta = mp.lu_solve(a, b)
    rss = m[p, p] - (b.T * beta)[0]
    deviance = logdet + mp.log(mp.det(a)) + (n - p) * (1 + mp.log(2 * mp.pi * rss / (n - p)))
    return deviance, beta, rss / (n - p), a


def best(rows):
    slope = lambda log: mp.diff(lambda u: fit(rows, mp.exp(u))[0], log)
    zero = fit(rows, mp.mpf(0))[0]
    places = [mp.mpf(k) / 2 for k in range(-20, 9)]
    values = [fit(rows, mp.exp(place))[0] for place in places]
    k = min(range(len(places)), key=lambda i: values[i])
    if values[k] >= zero or k == 0:
        return mp.mpf(0)
    return mp.exp(mp.findroot(slope, (places[k - 1], places[k + 1]), solver='anderson', tol=mp.mpf(10) ** -50, maxsteps=200, verify=False))


out = []
for case in cases:
    lam = best(case['rows'])
    deviance, beta, s2, a = fit(case['rows'], lam)
    covariance = mp.inverse(a) * s2
    out.append({
        'name': case['name'],
        'estimates': [float(b) for b in beta],
        'standardErrors': [float(mp.sqrt(covariance[i, i])) for i in range(covariance.rows)],
        'residualVariance': float(s2),
        'schoolVariance': float(lam * s2),
        'logLikelihood': float(-deviance / 2),
    })
record = {'provenance': {'made_by': 'oracle/random-intercept-truth.py', 'mpmath': mp.__version__, 'digits': mp.mp.dps, 'data': 'simulated, from random-intercept.golden.json', 'tolerance': 1e-10}, 'cases': out}
with open(os.path.join(here, 'random-intercept-truth.golden.json'), 'w') as file:
    json.dump(record, file, indent=1)
    file.write('\n')
