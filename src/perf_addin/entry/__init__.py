"""What people touch: the command line. Converts, calls, shows."""
