"""40-digit tails and quantiles, by mpmath. Run: python3 distributions.py"""
import json
import os
import mpmath as mp

mp.mp.dps = 60
half = mp.mpf(1) / 2


def beta_series(a, b, x, y):
    """I_x(a, b) by a series of positive terms: no digit is lost, only time when x is near 1"""
    term, total, n = mp.mpf(1), mp.mpf(1), 0
    while term > total * mp.mpf(10) ** -55:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    return total * mp.exp(a * mp.log(x) + b * mp.log(y) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)) / a


def beta_tails(a, b, x, y):
    if (a * y > b * x and y > 0.001) or x < 0.001:
        lower = beta_series(a, b, x, y)
        return lower, 1 - lower
    upper = beta_series(b, a, y, x)
    return 1 - upper, upper


def t_tails(t, df):
    t, df = mp.mpf(t), mp.mpf(df)
    beyond = beta_tails(df / 2, half, df / (df + t * t), t * t / (df + t * t))[0] / 2
    return (1 - beyond, beyond) if t >= 0 else (beyond, 1 - beyond)


def f_tails(f, d1, d2):
    f, d1, d2 = mp.mpf(f), mp.mpf(d1), mp.mpf(d2)
    return beta_tails(d1 / 2, d2 / 2, d1 * f / (d1 * f + d2), d2 / (d1 * f + d2))


def chi_tails(x, df):
    a, x = mp.mpf(df) / 2, mp.mpf(x) / 2
    return mp.gammainc(a, 0, x, regularized=True), mp.gammainc(a, x, mp.inf, regularized=True)


def z_tails(z):
    z = mp.mpf(z)
    return mp.erfc(-z / mp.sqrt(2)) / 2, mp.erfc(z / mp.sqrt(2)) / 2


def nct_tails(t, df, ncp):
    """P(T <= t) = integral over u = ln s of Phi(t s - ncp) times the density of u, by the trapezoid rule"""
    t, df, ncp = mp.mpf(t), mp.mpf(df), mp.mpf(ncp)
    constant = mp.log(2) + df / 2 * mp.log(df / 2) - mp.loggamma(df / 2)
    width = 1 / mp.sqrt(2 * df)
    step = min(width, 1 / (1 + abs(t))) / 6
    reach = int(max(14 * width, mp.mpf(80) / df) / step)
    sides = [mp.mpf(0), mp.mpf(0)]
    for k in range(-reach, reach + 1):
        s = mp.exp(k * step)
        weight = mp.exp(constant + df * k * step - df * s * s / 2)
        lower, upper = z_tails(t * s - ncp)
        sides[0] += lower * weight
        sides[1] += upper * weight
    return sides[0] * step, sides[1] * step


def solve(f, low, high):
    return mp.findroot(f, (mp.mpf(low), mp.mpf(high)), solver='anderson', tol=mp.mpf(10) ** -40, maxsteps=60, verify=False)


def quantile(tails, p, low, high):
    """the place where the upper tail is p, by bisection on the logarithm and then a secant"""
    p = mp.mpf(p)
    low, high = mp.mpf(low), mp.mpf(high)
    for _ in range(110):
        middle = mp.sqrt(low * high)
        if tails(middle)[1] > p:
            low = middle
        else:
            high = middle
    return mp.sqrt(low * high)


number = lambda value: float(value)
pair = lambda tails: {'lower': number(tails[0]), 'upper': number(tails[1])}
record = {
    'provenance': {
        'made_by': 'oracle/distributions.py',
        'mpmath': mp.__version__,
        'digits': 34,
        'tolerance': {'tails': 1e-13, 'quantiles': 1e-13, 'noncentral': 1e-12},
    },
    't': [{'t': t, 'df': df, **pair(t_tails(t, df))} for df in (0.5, 1, 2.7, 10, 143.2, 1e5) for t in (-6, 0.3, 2, 12, 40)],
    'f': [{'f': f, 'df1': a, 'df2': b, **pair(f_tails(f, a, b))} for a, b in ((1, 4), (3, 17.5), (8, 1e5), (1e5, 9e5), (499, 4491)) for f in (0.2, 0.9, 1.1, 4, 30)],
    'chi_squared': [{'x': x, 'df': df, **pair(chi_tails(x, df))} for df in (0.7, 1, 4, 55, 1e5) for x in (0.01, 1, 9, 80, 99000, 101500) if not (df < 100 and x > 1000) and not (df > 1000 and x < 1000)],
    'normal': [{'z': z, **pair(z_tails(z))} for z in (-12, -2.5, -0.1, 0, 0.7, 1.99, 2.01, 4, 20, 37)],
    't_quantile': [{'upper_p': p, 'df': df, 't': number(quantile(lambda t: t_tails(t, df), p, mp.mpf('1e-6'), mp.mpf('1e12')))} for df in (1, 2.7, 30, 1e5) for p in (1e-9, 0.0005, 0.025, 0.3)],
    'f_quantile': [{'upper_p': p, 'df1': a, 'df2': b, 'f': number(quantile(lambda f: f_tails(f, a, b), p, mp.mpf('1e-12'), mp.mpf('1e9')))} for a, b in ((3, 17.5), (499, 4491), (1, 4)) for p in (0.001, 0.025, 0.5, 0.975)],
    'chi_squared_quantile': [{'upper_p': p, 'df': df, 'x': number(quantile(lambda x: chi_tails(x, df), p, mp.mpf('1e-12'), mp.mpf('1e9')))} for df in (1, 4, 55) for p in (1e-6, 0.05, 0.6, 0.99)],
    'normal_quantile': [{'upper_p': p, 'z': number(quantile(z_tails, p, mp.mpf('1e-9'), 40))} for p in (1e-12, 0.001, 0.025, 0.2, 0.49)],
}
mp.mp.dps = 34
record['noncentral_t'] = [{'t': t, 'df': df, 'noncentrality': d, **pair(nct_tails(t, df, d))} for df in (2, 11, 60, 1000) for t, d in ((-1.5, 0.4), (0, 1), (2.2, 0), (2.2, 6), (9, 3), (0.5, -4), (25, 20))]
limits = []
for t, df in ((2.466076431817457, 53), (-1.9, 6), (0.1, 30), (8, 400), (73.2, 1383)):
    lower = solve(lambda d: nct_tails(t, df, d)[1] - mp.mpf('0.025'), t - 6, t)
    upper = solve(lambda d: nct_tails(t, df, d)[0] - mp.mpf('0.025'), t, t + 6)
    limits.append({'t': t, 'df': df, 'level': 0.95, 'lower': number(lower), 'upper': number(upper)})
record['noncentrality_limits'] = limits
j = lambda m: mp.exp(mp.loggamma(m / 2) - mp.loggamma((m - 1) / 2)) / mp.sqrt(m / 2)
record['small_sample_correction'] = [{'df': m, 'J': number(j(mp.mpf(m)))} for m in (2, 3, 7.5, 20, 53, 1000, 2757, 1e5)]

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'distributions.golden.json'), 'w') as file:
    json.dump(record, file, indent=1)
    file.write('\n')
