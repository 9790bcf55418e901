"""Files on stores that fsspec reaches."""
