/* The entry grid under the fingers: keys as in a spreadsheet, and a block pasted from one.

   A cell that was reached is selected whole and its arrows move; F2, a click into it or typing makes them move
   the caret first. Esc gives back what stood there and lets the next Tab leave the grid. */
(function () {
  "use strict";
  const page = document.querySelector("[data-entry-key], [data-grid]");
  if (!page) return;
  /* Where cells are not saved one by one, a changed box only tells its form. */
  const queue = window.portalEntry || {
    commit: (box) => box.dispatchEvent(new Event("input", { bubbles: true })),
    draft: () => {},
  };
  const CELL = ".en-box input";

  let before = "";
  let isEditing = false;
  let leaves = false;

  const all = () => [...page.querySelectorAll(CELL)];
  const placeOf = (box) => {
    const cell = box.closest("td");
    return [...cell.parentNode.children].indexOf(cell);
  };
  const rows = () => [...page.querySelectorAll(".en-group > tr")].filter((row) => row.querySelector(CELL));
  const boxIn = (row, place) => row.children[place] && row.children[place].querySelector(CELL);

  function go(box) {
    if (!box) return false;
    box.focus();
    box.select();
    isEditing = false;
    return true;
  }

  /* The next box of the same column, past rows that have none there. */
  function vertical(box, step) {
    const found = rows();
    const place = placeOf(box);
    for (let at = found.indexOf(box.closest("tr")) + step; found[at]; at += step) {
      const other = boxIn(found[at], place);
      if (other) return other;
    }
    return null;
  }

  function sideways(box, step) {
    const found = all();
    return found[found.indexOf(box) + step] || null;
  }

  /* Leaving by a key sends a value even where the browser fires no change, as after a paste. */
  function leave(box) {
    queue.commit(box);
  }

  /* A cell that asks which of its readings is meant: Tab goes to the answers first. */
  function asks(box) {
    return Boolean(box.closest("td").querySelector(".sk-cell-error button")) && !isEditing;
  }

  function atEdge(box, step) {
    if (!isEditing) return true;
    const end = step < 0 ? 0 : box.value.length;
    return box.selectionStart === end && box.selectionEnd === end;
  }

  document.addEventListener("focusin", (event) => {
    if (!event.target.matches(CELL)) return;
    before = event.target.value;
    isEditing = leaves = false;
    event.target.select();
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target.matches(CELL) && event.target === document.activeElement) isEditing = true;
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches(CELL)) isEditing = true;
  });

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!box.matches(CELL) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    let to = null;
    switch (event.key) {
      case "Enter":
        event.preventDefault();
        leave(box);
        if (!go(vertical(box, event.shiftKey ? -1 : 1))) box.select();
        return;
      case "Tab":
        to = leaves || (!event.shiftKey && asks(box)) ? null : sideways(box, event.shiftKey ? -1 : 1);
        break;
      case "ArrowUp":
      case "ArrowDown":
        if (event.shiftKey) return;
        event.preventDefault();
        to = vertical(box, event.key === "ArrowUp" ? -1 : 1);
        break;
      case "ArrowLeft":
      case "ArrowRight": {
        const step = event.key === "ArrowLeft" ? -1 : 1;
        if (event.shiftKey || !atEdge(box, step)) return;
        to = sideways(box, step);
        break;
      }
      case "F2":
        if (event.shiftKey) return;
        event.preventDefault();
        isEditing = true;
        box.setSelectionRange(box.value.length, box.value.length);
        return;
      case "Escape":
        event.preventDefault();
        box.value = before;
        queue.draft(box);
        box.select();
        isEditing = false;
        leaves = true;
        return;
      default:
        return;
    }
    if (!to) return;
    event.preventDefault();
    leave(box);
    go(to);
  });

  /* A block from a spreadsheet fills cells to the right and down from here; each is checked for itself. */
  document.addEventListener("paste", (event) => {
    const box = event.target;
    if (!box.matches || !box.matches(CELL)) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const found = rows();
    const from = found.indexOf(box.closest("tr"));
    const places = [...new Set(all().map(placeOf))].sort((a, b) => a - b);
    const first = places.indexOf(placeOf(box));
    const filled = [];
    let outside = 0;
    text.split("\n").forEach((line, down) => {
      line.split("\t").forEach((value, right) => {
        const row = found[from + down];
        const target = row && places[first + right] !== undefined && boxIn(row, places[first + right]);
        if (target) {
          target.value = value.trim();
          filled.push(target);
        } else if (value.trim()) {
          outside += 1;
        }
      });
    });
    filled.forEach(leave);
    before = box.value;
    box.select();
    const rest = outside ? " " + outside + " isian tidak ada tempatnya dan tidak ditempel." : "";
    window.portalToast(filled.length + " sel ditempel." + rest, outside ? "warning" : "info");
  });
})();
