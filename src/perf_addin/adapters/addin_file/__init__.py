"""The desktop add-in as a file: `perf_addin.xlam`, built on any machine."""
