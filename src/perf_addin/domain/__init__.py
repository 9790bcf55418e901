"""The field's rules: figures, targets, tolerances, ratings, breaches, periods.

Standard library only. No files, no clock, no Excel.
"""
