"""How the page looks: one column, pictures with their table beside them where there is room.

Colours are named once, for light and for dark; on paper the light ones hold. Wide tables scroll on
a screen and are shown whole on paper.
"""

from __future__ import annotations

_LIGHT = """\
color-scheme: light; --papier: #fff; --inkt: #1c2733; --grijs: #4c5b6a; --lijn: #cbd3db;
  --vlak: #f4f6f8; --goed: #12633a; --deels: #7a4b00; --fout: #9b1c1c; --staaf: #2f8a5b;
  --weg: #c0392b; --gevolg: #e0a79f; --dubbel: #8a97a5; --nu: #1d5fa8; --jaar: #8a5a00;
  --toen: #516070; --let: #b3261e; --baan: #e3e8ed; --norm: #6a3fa0;"""

_DARK = """\
color-scheme: dark; --papier: #12181f; --inkt: #e6ebf0; --grijs: #a9b6c3; --lijn: #3a4653;
  --vlak: #1c242d; --goed: #6fd3a0; --deels: #f2b45c; --fout: #ff9d94; --staaf: #3f9f6d;
  --weg: #e5675b; --gevolg: #8a4a44; --dubbel: #7d8b99; --nu: #7ab7ff; --jaar: #e3b45a;
  --toen: #a9b6c3; --let: #ff8a80; --baan: #2a343f; --norm: #c3a3f0;"""

_PAGE = """\
* { box-sizing: border-box; }
body { margin: 0; background: var(--papier); color: var(--inkt);
  font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.75rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
p { margin: 0 0 .75rem; max-width: 46rem; } .klein { font-size: .9rem; color: var(--grijs); }
.uitkomst { font-size: 1.15rem; font-weight: 600; border-left: .35rem solid currentColor;
  padding: .35rem .75rem; background: var(--vlak); }
.geaccepteerd { color: var(--goed); } .deels { color: var(--deels); }
.geweigerd { color: var(--fout); }
article { border: 1px solid var(--lijn); border-radius: .4rem; padding: 1rem; margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0 0 .75rem; }
dt { color: var(--grijs); } dd { margin: 0; overflow-wrap: anywhere; }
.tabel { overflow-x: auto; margin: 0 0 .75rem; }
.tabel:focus-visible { outline: 2px solid var(--nu); outline-offset: 2px; }
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
"""

_PICTURES = """\
figure { margin: 0 0 1.5rem; display: grid; gap: 1rem 2.5rem; }
figcaption { font-weight: 600; }
@media (min-width: 76rem) {
  figure { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); align-items: start; }
  figcaption { grid-column: 1 / -1; } figure.onder { display: block; }
  .onder .kijk { margin: .5rem 0 1rem; } }
.kijk { max-width: 46rem; min-width: 0; }
.beeld { display: block; overflow: visible; font-size: 13px; }
.beeld text { fill: var(--inkt); } .beeld .bij, .beeld .schaal { fill: var(--grijs); }
.beeld .schaal { font-size: 12px; } .beeld .waarde { font-variant-numeric: tabular-nums; }
.legenda { list-style: none; display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; padding: 0;
  margin: 0 0 .6rem; font-size: .9rem; color: var(--grijs); }
.legenda svg { overflow: visible; vertical-align: -2px; margin-right: .4rem; }
.patronen { position: absolute; }
.v-goed { fill: var(--staaf); } .v-weg { fill: url(#p-fout); } .v-fout { fill: var(--weg); }
.v-twee { fill: url(#p-dubbel); } .v-dubbel { fill: var(--dubbel); }
.v-papier { fill: var(--papier); } .v-gevolg { fill: var(--gevolg); stroke: var(--weg); }
.v-nu { fill: var(--nu); } .v-jaar { fill: var(--jaar); } .v-let { fill: var(--let); }
.l-toen, .l-jaar { fill: var(--papier); stroke: var(--toen); stroke-width: 2; }
.l-jaar { stroke: var(--jaar); } .l-verwacht { stroke: var(--inkt); stroke-width: 3; }
.l-norm { fill: var(--norm); stroke: var(--papier); }
.s-as, .s-baan { stroke: var(--lijn); } .s-baan { stroke-width: 2; stroke: var(--baan); }
.s-weg { stroke: var(--toen); stroke-width: 2; }
.s-nu { stroke: var(--nu); stroke-width: 5; stroke-opacity: .4; }
.s-vlak { stroke: var(--papier); stroke-width: 1.5; stroke-opacity: .75; }
.beeld .kort { display: none; fill: var(--grijs); }
@media (max-width: 34rem) { .beeld .bij { display: none; } .beeld .kort { display: inline; }
  main { padding: 1rem .9rem 2rem; }
  h1 { font-size: 1.5rem; } .beeld { font-size: 12px; } th, td { padding-right: .5rem; }
  td, tbody th { hyphens: auto; } tbody th { min-width: 9.5rem; }
  td:not(.getal) { min-width: 8.5rem; } }
"""

_PRINT = """\
@media print { @page { margin: 15mm; } main { max-width: none; padding: 0; }
  body { font-size: 10pt; } table { font-size: 8pt; } th, td { padding-right: .4rem; }
  td, tbody th { overflow-wrap: anywhere; }
  figure { display: block; } .kijk { max-width: none; margin-bottom: .5rem; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .tabel { overflow: visible; } tr, .kijk { break-inside: avoid; }
  h2, h3, figcaption { break-after: avoid; } }
"""

STYLE = (
    f":root {{ {_LIGHT} }}\n"
    f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_DARK} }} }}\n"
    f"{_PAGE}{_PICTURES}{_PRINT}"
)
