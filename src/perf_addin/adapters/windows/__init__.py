"""A machine with Windows: the folders, files and registry that Excel looks at."""
