/* The sheet of a performance agreement: Enter goes down a column, and typing into a row means that it is held. */
(function () {
  "use strict";
  const BOX = ".ag-sheet .sk-input input";

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key !== "Enter" || event.isComposing || !box.matches(BOX)) return;
    event.preventDefault();
    const column = [...box.closest("table").querySelectorAll(BOX)].filter((other) => other.closest("td").cellIndex === box.closest("td").cellIndex);
    const next = column[column.indexOf(box) + (event.shiftKey ? -1 : 1)];
    if (next) next.focus();
    (next || box).select();
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches(".ag-sheet .sk-input :is(input, textarea)")) return;
    const tick = event.target.closest("tr").querySelector(".ag-tick input");
    if (!tick.checked) tick.checked = true;
  });
})();
