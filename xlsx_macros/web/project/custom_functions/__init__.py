"""What Excel on the web may call in cells; xlwings-server looks for it under this name."""

from perf_addin.application.functions import FUNCTIONS
from perf_addin.entry import worksheet_functions

globals().update({f.name: getattr(worksheet_functions, f.name) for f in FUNCTIONS})
