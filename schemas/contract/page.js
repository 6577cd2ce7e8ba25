"use strict";
// Shows the rows that hold every word of the search, and the tables they are in.
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
const tables = [...document.querySelectorAll("details")].map((details) => ({
  details,
  name: plain(details.querySelector("summary").textContent),
  rows: [...details.querySelectorAll("tbody tr")].map((row) => ({ row, text: plain(row.textContent) })),
}));
const box = document.getElementById("zoek");
const search = () => {
  const words = plain(box.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { details, name, rows } of tables) {
    let here = 0;
    for (const { row, text } of rows) {
      const fits = words.every((word) => text.includes(word) || name.includes(word));
      row.hidden = !fits;
      here += fits;
    }
    details.hidden = here === 0;
    details.open = words.length > 0 && here > 0 && (here < rows.length || words.some((word) => name.includes(word)));
    found += here;
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = [...section.querySelectorAll("details")].every((details) => details.hidden);
  }
  document.getElementById("gevonden").textContent = words.length ? `${found} ${found === 1 ? "veld" : "velden"}` : "";
  document.getElementById("niets").hidden = found > 0;
};
const show = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
  }
};
box.addEventListener("input", search);
addEventListener("hashchange", show);
show();
