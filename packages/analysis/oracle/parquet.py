# Small Parquet files by Arrow, of simulated pupils, for the tests of the reader. Run: python3 parquet.py (pyarrow)
import datetime, os, pyarrow as pa, pyarrow.parquet as pq
folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'parquet')
os.makedirs(folder, exist_ok=True)
n = 12
table = pa.table({
    'school': pa.array([f'学校{k % 3}' for k in range(n)]),
    'arm': pa.array(['programme' if k % 3 else 'control' for k in range(n)]).dictionary_encode(),
    'pre': pa.array([None if k == 4 else 10 + (k * 7) % 5 + k / 7 for k in range(n)], pa.float64()),
    'post': pa.array([float('nan') if k == 7 else k * 0.1 for k in range(n)], pa.float64()),
    'age': pa.array([None if k == 2 else 11 + k % 4 for k in range(n)], pa.int64()),
    'grade': pa.array([7 + k % 3 for k in range(n)], pa.int8()),
    'boards': pa.array([None if k == 1 else k % 2 == 0 for k in range(n)]),
    'born': pa.array([datetime.date(2012, 1 + k, 3) for k in range(n)]),
    'note': pa.array(['' if k == 0 else 'NA' if k == 1 else f' word {k} ' for k in range(n)]),
    'answers': pa.array([[k, k + 1] for k in range(n)]),
})
for codec, more in (('snappy', {}), ('zstd', {'data_page_version': '2.0'}), ('gzip', {'row_group_size': 5}), ('brotli', {'use_dictionary': False}), ('none', {})):
    pq.write_table(table, os.path.join(folder, f'{codec}.parquet'), compression=codec, store_schema=False, **more)
