"""``make bench``: run every bench and print its figures."""

from bench import assess, charts, check_in, home, sign_in, verdict

for bench in (check_in, sign_in, home, assess, verdict, charts):
    print(f"\n{(bench.__doc__ or bench.__name__).splitlines()[0]}")
    bench.main()
