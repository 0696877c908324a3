/* The details of a cell in a panel at the side. A link with data-details opens it, Shift+F2 in a cell too (the
   key of a spreadsheet's comments); Esc or a click beside it closes it, and the focus goes back. */
(function () {
  "use strict";
  const dialog = document.getElementById("rincian");
  if (!dialog) return;
  const inside = document.getElementById("rincian-isi");
  const base = dialog.dataset.base;

  function say(text) {
    const line = document.createElement("p");
    line.className = "sk-note";
    line.setAttribute("role", "status");
    line.textContent = text;
    inside.replaceChildren(line);
  }

  function open(url) {
    say("Memuat rincian…");
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    window.htmx.ajax("GET", url, { target: inside, swap: "innerHTML" });
  }

  /* What was typed last is on its way first, so that the panel tells of it. */
  function openCell(box) {
    const url = base.replace("SEL", box.id);
    if (!window.portalEntry || box.readOnly) return open(url);
    window.portalEntry.commit(box);
    window.portalEntry.whenIdle(() => open(url));
  }

  document.addEventListener("click", (event) => {
    if (event.target === dialog) return dialog.close();
    const link = event.target.closest("a[data-details], #rincian .sk-tabs a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F2" || !event.shiftKey || event.ctrlKey || event.altKey || dialog.open) return;
    const box = event.target.closest(".en-box input");
    if (box) {
      event.preventDefault();
      return openCell(box);
    }
    const row = event.target.closest("tr");
    const link = row && row.querySelector("a[data-details]");
    if (!link) return;
    event.preventDefault();
    open(link.href);
  });
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.target === inside && event.detail.requestConfig.verb === "get") {
        say("Rincian belum dapat dimuat. Periksa koneksi, tutup panel ini, lalu coba lagi; isian Anda tidak terpengaruh.");
      }
    });
  }
})();
