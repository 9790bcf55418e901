"""The scalar rating functions as LAMBDA names, for workbooks of people with nothing installed.

The formulas are written as a person would type them in Excel's Name Manager, with two habits:
words in lower case are variables, and words in capitals are functions or names. Names that begin
with PERF_ are helpers and hidden; each public function is a name over them.
"""

from perf_addin.application.lambdas.names import OWNER, lambda_names

__all__ = ["OWNER", "lambda_names"]
