/* The tour: walks through the steps that the server wrote into <dialog id="tur">. The dialog is modal, so focus
   stays in it and Escape ends it; where it was before it comes back to. However it ends, it is not offered again. */
(function () {
  "use strict";

  var GAP = 12;
  var dialog = document.getElementById("tur");
  if (!dialog) return;
  var ring = dialog.querySelector("[data-tour-ring]");
  var card = dialog.querySelector("[data-tour-card]");
  var count = dialog.querySelector("[data-tour-count]");
  var title = document.getElementById("tur-judul");
  var text = dialog.querySelector("[data-tour-text]");
  var back = dialog.querySelector("[data-tour-back]");
  var next = dialog.querySelector("[data-tour-next]");
  var steps = [];
  var here = 0;

  /* What a step tells of; on a narrow screen the menu is folded away, and its button stands for it. */
  function elementOf(step) {
    var found = document.querySelector(step.getAttribute("data-tour-target"));
    if (!found) return null;
    if (found.getClientRects().length) return found;
    return found.closest(".sk-side") ? document.querySelector(".sk-nav-toggle") : null;
  }

  function place() {
    if (!dialog.open) return;
    var box = elementOf(steps[here]).getBoundingClientRect();
    ring.style.left = box.left - 6 + "px";
    ring.style.top = box.top - 6 + "px";
    ring.style.width = box.width + 12 + "px";
    ring.style.height = box.height + 12 + "px";
    var width = card.offsetWidth;
    var height = card.offsetHeight;
    var below = box.bottom + GAP + 6;
    var top = below + height <= window.innerHeight ? below : box.top - height - GAP - 6;
    var left = box.left;
    if (top < GAP || box.right + width + 2 * GAP <= window.innerWidth) {
      /* Beside it, where there is room; else as far down as it goes. */
      if (box.right + width + 2 * GAP <= window.innerWidth) left = box.right + GAP + 6;
      top = Math.max(GAP, Math.min(box.top, window.innerHeight - height - GAP));
    }
    card.style.left = Math.max(GAP, Math.min(left, window.innerWidth - width - GAP)) + "px";
    card.style.top = Math.max(GAP, top) + "px";
  }

  function show(number) {
    here = number;
    var step = steps[here];
    elementOf(step).scrollIntoView({ block: "center", inline: "nearest" });
    var folded = elementOf(step).matches(".sk-nav-toggle");
    count.textContent = "Langkah " + (here + 1) + " dari " + steps.length + (folded ? ", di dalam menu" : "");
    title.textContent = step.getAttribute("data-tour-title");
    text.textContent = step.content.textContent;
    back.hidden = here === 0;
    next.textContent = here === steps.length - 1 ? "Selesai" : "Lanjut";
    place();
    /* The heading names the dialog: a screen reader reads it, and the text follows. */
    title.focus();
  }

  function start() {
    steps = Array.from(dialog.querySelectorAll("template")).filter(elementOf);
    if (!steps.length) return;
    dialog.showModal();
    show(0);
  }

  dialog.addEventListener("close", function () {
    var offer = document.getElementById("tawaran-tur");
    if (offer) {
      /* Focus went back to its button, which goes. */
      offer.remove();
      document.getElementById("isi").focus();
    }
    window.htmx.ajax("POST", dialog.getAttribute("data-done"), { swap: "none" });
  });
  dialog.querySelector("[data-tour-leave]").addEventListener("click", function () { dialog.close(); });
  back.addEventListener("click", function () { show(here - 1); });
  next.addEventListener("click", function () {
    if (here === steps.length - 1) dialog.close();
    else show(here + 1);
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-tour-start]")) start();
  });
  window.addEventListener("resize", place);
  if (dialog.hasAttribute("data-starts")) start();
})();
