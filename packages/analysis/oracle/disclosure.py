"""Disclosure figures by brute force over all pairs of records, with the risks to 40 digits. Run: python3 disclosure.py"""
import json, math, pathlib, random, sys
from fractions import Fraction
import mpmath as mp

mp.mp.dps = 40
number = lambda value: float(mp.nstr(mp.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value, 20))
matches = lambda a, b: all(x is None or y is None or x == y for x, y in zip(a, b))

def risk(f, population):
    """mean of 1/F: (p^f / f) 2F1(f, f; f + 1; 1 - p)"""
    p = mp.mpf(f) / mp.mpf(population)
    return p**f / f * mp.hyp2f1(f, f, f + 1, 1 - p)

def recursive(counts, c):
    """Every l is tried by its definition r1 < c (rl + ... + rm)."""
    r = sorted(counts, reverse=True)
    return max([l for l in range(1, len(r) + 1) if r[0] < c * sum(r[l - 1:])], default=0)

def counted(values, levels):
    return [sum(value == level for value in values) for level in levels]

def ordered_distance(p, q):
    return sum((abs(sum((a - b for a, b in zip(p[:k], q[:k])), Fraction(0))) for k in range(1, len(p) + 1)), Fraction(0)) / (len(p) - 1)

def described(name, seed, n, widths, missing):
    rng = random.Random(seed)
    cell = lambda width: None if rng.random() < missing else str(rng.randrange(width))
    rows = [[cell(width) for width in widths] for _ in range(n)]
    weights = [rng.choice([1, 2, 3.5, 18, 45.5, 92]) for _ in range(n)]
    sensitive = [None if rng.random() < 0.05 else str(rng.choice([0, 0, 0, 1, 1, 2, 3, 9, 10])) for _ in range(n)]
    classes = [[s for s in range(n) if matches(rows[r], rows[s])] for r in range(n)]
    f = [len(members) for members in classes]
    population = [sum(Fraction(weights[s]) for s in members) for members in classes]
    levels = sorted({value for value in sensitive if value is not None}, key=int)
    tallies = [t for t in (counted([sensitive[s] for s in members], levels) for members in classes) if sum(t)]
    whole = counted(sensitive, levels)
    shares = lambda counts: [Fraction(count, sum(counts)) for count in counts]
    q = shares(whole)
    risks = [risk(k, mp.mpf(F.numerator) / F.denominator) for k, F in zip(f, population)]
    entropy = min(mp.exp(-sum(mp.mpf(c) / sum(t) * mp.log(mp.mpf(c) / sum(t)) for c in t if c)) for t in tallies)
    keys = [tuple(row) for row in rows]
    return {
        'name': name, 'rows': rows, 'weights': weights, 'sensitive': sensitive,
        'sizes': f, 'populations': [number(F) for F in population], 'k': min(f), 'sampleUniques': f.count(1),
        'populationUniques': sum(k == 1 and F <= 1 for k, F in zip(f, population)),
        'expectedPopulationUniques': number(sum((1 / F for k, F in zip(f, population) if k == 1), Fraction(0))),
        'prosecutor': number(sum(Fraction(1, k) for k in f) / n), 'journalist': number(sum(1 / F for F in population) / n),
        'journalistMaximum': number(max(1 / F for F in population)),
        'prosecutorAbove': [sum(Fraction(1, k) > Fraction(t, 100) for k in f) for t in (20, 10, 5)],
        'risks': [number(r) for r in risks], 'expected': number(sum(risks)),
        'distinct': min(sum(c > 0 for c in t) for t in tallies), 'entropy': number(entropy),
        'recursive': [{'c': c, 'l': min(recursive([x for x in t if x], c) for t in tallies)} for c in (1, 2, 4)],
        'equal': number(max(sum(abs(a - b) for a, b in zip(shares(t), q)) / 2 for t in tallies)),
        'ordered': number(max(ordered_distance(shares(t), q) for t in tallies)),
        'uniqueAnswers': sum(keys.count(key) == 1 and any(x is not None for x in key) for key in keys),
    }

pairs = [(f, F) for f in (1, 2, 3, 4, 7, 12, 49, 50, 51, 200) for F in (f, f * 1.0001, f * 1.5, f * 2, f * 2.01, f * 3.7, f * 40.5, f * 1e4, f * 1e7)]
golden = {
    'provenance': {'made_by': 'oracle/disclosure.py', 'python': sys.version.split()[0], 'mpmath': mp.__version__, 'digits': mp.mp.dps,
                   'data': 'simulated', 'tolerance': {'integers': 0, 'risks': 1e-12}},
    'classRisks': [{'f': f, 'population': F, 'risk': number(risk(f, F))} for f, F in pairs],
    'cases': [described('complete, three keys', 1, 80, [2, 4, 5], 0), described('a tenth missing', 2, 80, [2, 4, 5], 0.1),
              described('half missing', 3, 40, [3, 3, 4, 2], 0.5), described('large classes', 4, 150, [2, 2], 0.02)],
}
pathlib.Path(__file__).with_name('disclosure.golden.json').write_text(json.dumps(golden, ensure_ascii=False) + '\n')
