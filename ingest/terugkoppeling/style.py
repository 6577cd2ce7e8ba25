"""How the page looks: dark on white, one column, wide tables scroll; on paper all is shown."""

from __future__ import annotations

STYLE = """\
:root { color-scheme: light; --inkt: #1c2733; --grijs: #516070; --lijn: #cbd3db; --vlak: #f4f6f8;
  --goed: #12633a; --deels: #7a4b00; --fout: #9b1c1c; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--inkt);
  font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.25rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
p { margin: 0 0 .75rem; max-width: 46rem; }
.uitkomst { font-size: 1.15rem; font-weight: 600; border-left: .35rem solid currentColor;
  padding: .35rem .75rem; background: var(--vlak); }
.geaccepteerd { color: var(--goed); } .deels { color: var(--deels); }
.geweigerd { color: var(--fout); }
article { border: 1px solid var(--lijn); border-radius: .4rem; padding: 1rem; margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0 0 .75rem; }
dt { color: var(--grijs); } dd { margin: 0; overflow-wrap: anywhere; }
.tabel { overflow-x: auto; margin: 0 0 .75rem; }
.tabel:focus-visible { outline: 2px solid #1d5fa8; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
.smal table { width: auto; min-width: 20rem; }
caption { text-align: left; color: var(--grijs); padding: 0 0 .35rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0;
  border-bottom: 1px solid var(--lijn); }
thead th { color: var(--grijs); font-weight: 600; border-bottom: 2px solid var(--lijn); }
tbody th { font-weight: 400; } tfoot th, tfoot td { font-weight: 700; border-bottom: 0; }
.getal { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .getal { white-space: normal; }
td, tbody th { overflow-wrap: break-word; }
footer { margin-top: 2rem; color: var(--grijs); }
@media print { @page { margin: 15mm; } main { max-width: none; padding: 0; }
  body { font-size: 10pt; } table { font-size: 8pt; } th, td { padding-right: .4rem; }
  td, tbody th { overflow-wrap: anywhere; }
  .tabel { overflow: visible; } article, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; } }
"""
