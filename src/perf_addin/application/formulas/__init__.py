"""Formulas as workbooks store them, and what they come to."""
