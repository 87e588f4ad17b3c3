"""REML and ML estimates of nested models to 40 digits from dense matrices, by mpmath: Newton from lme4's θ. Run after nested.R: python3 nested-truth.py"""
import json
import os
import mpmath as mp

mp.mp.dps = 60
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, 'nested.golden.json')) as file:
    cases = json.load(file)['cases']
exact = lambda value: mp.mpf(repr(value))


def design(case):
    names = [c['name'] for c in case['REML']['coefficients']][1:]
    column = lambda row, name: mp.fprod(exact(row[part]) for part in name.split(':'))
    return [([mp.mpf(1)] + [column(row, name) for name in names], exact(row['y'])) for row in case['rows']]


def blocks(case):
    """rows of each coarsest group, and for every pair of its rows which levels they share"""
    levels = list(zip(case['levels'], case['slopes']))
    levels.sort(key=lambda level: -len({tuple(row[name] for name in level[0]) for row in case['rows']}))
    coarsest = levels[-1][0]
    groups = {}
    for place, row in enumerate(case['rows']):
        groups.setdefault(tuple(row[name] for name in coarsest), []).append(place)
    return levels, list(groups.values())


def covariances(levels, theta):
    """Λ Λ' of each level, over σ²"""
    made, at = [], 0
    for _, slope in levels:
        if slope:
            a, b, c = theta[at:at + 3]
            made.append((a * a, a * b, b * b + c * c))
        else:
            made.append((theta[at] ** 2, mp.mpf(0), mp.mpf(0)))
        at += 3 if slope else 1
    return made


def deviance(case, parts, theta, reml):
    rows, columns, (levels, groups) = case['rows'], parts['design'], parts['blocks']
    psi = covariances(levels, theta)
    p, n = len(columns[0][0]), len(rows)
    total, logdet = mp.zeros(p + 1), mp.mpf(0)
    for members in groups:
        v = mp.eye(len(members))
        for i, one in enumerate(members):
            for j, other in enumerate(members):
                for (names, _), (v0, c, v1) in zip(levels, psi):
                    if all(rows[one][name] == rows[other][name] for name in names):
                        s, t = exact(rows[one].get('wave', 0)), exact(rows[other].get('wave', 0))
                        v[i, j] += v0 + c * (s + t) + v1 * s * t
        factor = mp.cholesky(v)
        logdet += 2 * sum(mp.log(factor[i, i]) for i in range(len(members)))
        z = mp.matrix([list(columns[k][0]) + [columns[k][1]] for k in members])
        for j in range(p + 1):  # forward substitution
            for i in range(len(members)):
                z[i, j] = (z[i, j] - sum(factor[i, k] * z[k, j] for k in range(i))) / factor[i, i]
        total += z.T * z
    a, b = total[:p, :p], total[:p, p]
    beta = mp.lu_solve(a, b)
    rss = total[p, p] - (b.T * beta)[0]
    free = n - p if reml else n
    value = logdet + (mp.log(mp.det(a)) if reml else 0) + free * (1 + mp.log(2 * mp.pi * rss / free))
    return value, beta, rss / free, a, psi


def best(case, parts, theta, reml):
    theta = [exact(value) for value in theta]
    free = [k for k, value in enumerate(theta) if value != 0]
    f = lambda t: deviance(case, parts, t, reml)[0]
    step = mp.mpf(10) ** -12
    for _ in range(8):
        moved = lambda *shifts: f([value + sum(share * step for k, share in shifts if k == i) for i, value in enumerate(theta)])
        centre = f(theta)
        up, down = [moved((k, 1)) for k in free], [moved((k, -1)) for k in free]
        gradient = mp.matrix([(u - d) / (2 * step) for u, d in zip(up, down)])
        hessian = mp.matrix(len(free), len(free))
        for i, k in enumerate(free):
            for j, other in enumerate(free):
                if i == j:
                    hessian[i, i] = (up[i] - 2 * centre + down[i]) / step ** 2
                elif i > j:
                    both = moved((k, 1), (other, 1)) - up[i] - up[j] + 2 * centre - down[i] - down[j] + moved((k, -1), (other, -1))
                    hessian[i, j] = hessian[j, i] = both / (2 * step ** 2)
        change = mp.lu_solve(hessian, -gradient)
        for i, k in enumerate(free):
            theta[k] += change[i]
        if max(abs(c) for c in change) < mp.mpf(10) ** -20:
            return theta
    raise ValueError('no convergence')


def truth(case, method):
    parts = {'design': design(case), 'blocks': blocks(case)}
    theta = best(case, parts, case[method]['theta'], method == 'REML')
    value, beta, s2, a, psi = deviance(case, parts, theta, method == 'REML')
    covariance = mp.inverse(a) * s2
    levels = parts['blocks'][0]
    return {
        'estimates': [float(b) for b in beta],
        'standardErrors': [float(mp.sqrt(covariance[i, i])) for i in range(covariance.rows)],
        'residualVariance': float(s2),
        'covariances': [[float(v * s2) for v in (own if slope else own[:1])] for (_, slope), own in zip(levels, psi)],
        'logLik': float(-value / 2),
    }


out = [{'name': case['name'], **{method: truth(case, method) for method in ('REML', 'ML')}} for case in cases]
record = {'provenance': {'made_by': 'oracle/nested-truth.py', 'mpmath': mp.__version__, 'digits': mp.mp.dps, 'data': 'simulated, from nested.golden.json', 'tolerance': 1e-10}, 'cases': out}
with open(os.path.join(here, 'nested-truth.golden.json'), 'w') as file:
    json.dump(record, file, indent=1)
    file.write('\n')
