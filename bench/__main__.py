"""``make bench``: run every bench and print its figures."""

from bench import charts, check_in

for bench in (check_in, charts):
    print(f"\n{bench.__doc__ or bench.__name__}".rstrip())
    bench.main()
