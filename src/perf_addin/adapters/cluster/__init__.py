"""The tasks of a batch on the machines of a Dask cluster."""
