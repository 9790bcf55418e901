"""Many workbooks: what is to be done, what was done, and tables of it, as data."""
