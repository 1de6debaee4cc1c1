// Explains the stretch of the day that is pointed at, tapped or stepped to, in the words of the table below.
"use strict";
(() => {
  const bar = document.querySelector("#day .timeline");
  const rows = [...document.querySelectorAll("#day tr[data-from]")];
  const why = document.getElementById("why");
  if (rows.length === 0) {
    return;
  }
  const said = why.querySelector("[role=status]");
  const mark = bar.querySelector(".picked");
  const earlier = document.getElementById("earlier");
  const later = document.getElementById("later");
  const width = bar.viewBox.baseVal.width;
  const from = (row) => Number(row.dataset.from);
  const to = (row) => Number(row.dataset.to);
  const sentence = (text) => text[0].toUpperCase() + text.slice(1) + ".";
  let picked = -1;

  function pick(next) {
    if (next === picked || next < 0 || next >= rows.length) {
      return;
    }
    rows[picked]?.classList.remove("picked");
    picked = next;
    const row = rows[next];
    const [state, begin, end, length, because] = [...row.cells].map((cell) => cell.textContent.trim());
    const name = document.createElement("b");
    name.textContent = sentence(`${state}, ${begin} to ${end}, ${length}`);
    said.replaceChildren(name, " " + sentence(because));
    row.classList.add("picked");
    mark.setAttribute("x", from(row));
    mark.setAttribute("width", Math.max(to(row) - from(row), 2));
    mark.setAttribute("visibility", "visible");
    // Not "disabled": that would take the focus from whoever steps by the keyboard.
    earlier.setAttribute("aria-disabled", next === 0);
    later.setAttribute("aria-disabled", next === rows.length - 1);
  }

  function pickAt(event) {
    const box = bar.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width;
    pick(rows.findIndex((row) => from(row) <= x && x < to(row)));
  }

  /** On a phone the bar is wider than the page: what is stepped to is brought into sight. */
  function show() {
    const box = bar.parentElement;
    const place = (from(rows[picked]) / width) * bar.getBoundingClientRect().width;
    box.scrollLeft = place - box.clientWidth / 2;
  }

  function step(by) {
    pick(picked + by);
    show();
  }

  bar.addEventListener("pointermove", pickAt);
  bar.addEventListener("pointerdown", pickAt);
  earlier.addEventListener("click", () => step(-1));
  later.addEventListener("click", () => step(1));
  why.hidden = false;
  // What people come for is why it was down.
  pick(Math.max(0, rows.findIndex((row) => row.querySelector(".state.down") !== null)));
  show();
})();
