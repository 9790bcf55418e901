"""How the league looks, on a screen and on A4."""

from __future__ import annotations

from perf_addin.application.grid import Look
from perf_addin.application.looks import PALETTE

_RULES = """\
:root { color-scheme: light; font: 15px/1.45 system-ui, "Segoe UI", Arial, sans-serif; }
body { margin: 0; background: #fff; color: #1d1d1b; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
h1 { margin: 0 0 .25rem; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
p { margin: .25rem 0 .75rem; max-width: 46rem; }
.sums { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.2rem, 1fr)); gap: .5rem;
  margin: 1rem 0; }
.sums div { padding: .5rem .75rem; border: 1px solid #8a8a86; border-radius: 4px; }
.sums dt { font-size: .85rem; }
.sums dd { margin: 0; font-size: 1.5rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .35rem .45rem; border-bottom: 1px solid #c9c9c4; text-align: left;
  vertical-align: top; }
thead th { border-bottom: 2px solid #1d1d1b; vertical-align: bottom; font-size: .85rem; }
tbody th { font-weight: 400; overflow-wrap: anywhere; min-width: 10rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.period { white-space: nowrap; }
.text { overflow-wrap: anywhere; }
thead span { padding: .1rem .35rem; border-radius: 3px; white-space: nowrap; }
.share { min-width: 5.5rem; }
.bar { display: flex; height: 1.1rem; gap: 1px; margin-top: .15rem; }
.bar i { flex: 0 1 0; min-width: 2px; }
a { color: #0b4f9e; }
"""
_PRINT = """\
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { font-size: 9pt; }
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  thead { display: table-header-group; }
  tr, .sums { break-inside: avoid; }
  h2 { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""
_NOT_RATED = ".N { background: #dededa; color: #1d1d1b; }\n"
_RATINGS = "".join(
    f".{look.value} {{ background: #{paint.fill}; color: #{paint.font}; }}\n"
    for look, paint in PALETTE.items()
    if look is not Look.PLAIN
)

STYLE = _RULES + _RATINGS + _NOT_RATED + _PRINT
