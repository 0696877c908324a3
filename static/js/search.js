/* The search over everything: Ctrl+K (Cmd+K), or "/" outside a field, or the link in the bar opens the dialog.
   htmx asks for the results; the arrows go through them, and what is typed on a result goes on in the box. */
(function () {
  "use strict";
  const dialog = document.getElementById("cari");
  const box = document.getElementById("cari-kata");
  const found = document.getElementById("cari-hasil");

  function open() {
    /* One thing at a time: not over another dialog. */
    if (dialog.open || document.querySelector("dialog[open]")) return;
    dialog.showModal();
    box.focus();
    box.select();
    window.htmx.trigger(box, "buka");
  }

  function links() {
    return Array.from(found.querySelectorAll("a"));
  }

  /* By so many results from where the focus is; before the first one is the box. */
  function move(steps) {
    const all = links();
    const next = all.indexOf(document.activeElement) + steps;
    if (next < 0) box.focus();
    else if (all.length) all[Math.min(next, all.length - 1)].focus();
  }

  document.addEventListener("click", (event) => {
    if (event.target === dialog) return dialog.close();
    const link = event.target.closest("a");
    if (!link) return;
    if (link.hasAttribute("data-search") && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      open();
    } else if (found.contains(link) && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      /* The result may lie on this very page. */
      dialog.close();
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return open();
    }
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
    if (event.key === "/" && isPlain && !event.target.closest("input, textarea, select, [contenteditable]")) {
      if (dialog.open) return;
      event.preventDefault();
      open();
    }
  });

  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (found.contains(event.target) && (event.key.length === 1 && event.key !== " " || event.key === "Backspace")) {
      box.focus();
    }
  });

  /* New results take the place of the one that had the focus. */
  found.addEventListener("htmx:afterSwap", () => {
    found.scrollTop = 0;
    if (dialog.open && !dialog.contains(document.activeElement)) box.focus();
  });
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    box.addEventListener(failure, (event) => {
      const line = document.createElement("p");
      line.className = "sr-none";
      line.textContent = event.detail.xhr.status === 403
        ? "Sesi Anda telah berakhir. Tekan Enter untuk masuk kembali."
        : "Pencarian belum dapat dijalankan. Periksa koneksi, lalu tekan Enter untuk membuka halaman Cari.";
      found.replaceChildren(line);
    });
  }
})();
