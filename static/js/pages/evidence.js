/* Attaching evidence: files dropped anywhere on the page, and what was chosen and whether it fits. Without this
   script the plain form does the same work. */
(function () {
  "use strict";

  function form() { return document.getElementById("lampirkan"); }
  function box() { return form() && form().querySelector("input[type=file]:not([data-camera])"); }

  function weight(bytes) {
    var units = [[1048576, "MB"], [1024, "KB"]];
    var unit = units.find(function (pair) { return bytes >= pair[0]; });
    if (!unit) return bytes + " bita";
    return (bytes / unit[0]).toLocaleString("id-ID", { maximumFractionDigits: 1 }) + " " + unit[1];
  }

  /* A file over the limit is left out before it is sent: the server would read it for nothing. */
  function choose(files) {
    var limit = Number(form().dataset.limit);
    var kept = new DataTransfer();
    var list = form().querySelector("[data-chosen]");
    list.replaceChildren();
    Array.from(files).forEach(function (file) {
      var line = document.createElement("li");
      line.textContent = file.name + " (" + weight(file.size) + ")";
      if (file.size > limit) {
        line.className = "ev-refused";
        line.textContent += ": lebih besar dari " + form().dataset.limitText + ", tidak dikirim. "
          + "Perkecil berkasnya, atau simpan di penyimpanan bersama lalu lampirkan tautannya.";
      } else {
        kept.items.add(file);
      }
      list.appendChild(line);
    });
    box().files = kept.files;
  }

  document.addEventListener("change", function (event) {
    if (!event.target.matches("#lampirkan input[type=file]")) return;
    if (event.target.hasAttribute("data-camera")) {
      var all = Array.from(box().files).concat(Array.from(event.target.files));
      event.target.value = "";
      choose(all);
    } else {
      choose(event.target.files);
    }
  });

  function carriesFiles(event) {
    return box() && event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  }
  ["dragenter", "dragover"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      form().querySelector("[data-drop]").classList.add("ev-over");
    });
  });
  ["dragleave", "drop"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (!carriesFiles(event)) return;
      if (name === "dragleave" && event.relatedTarget) return;
      form().querySelector("[data-drop]").classList.remove("ev-over");
      if (name === "dragleave") return;
      event.preventDefault();
      choose(Array.from(box().files).concat(Array.from(event.dataTransfer.files)));
      box().focus();
    });
  });

  document.addEventListener("htmx:afterSettle", function () {
    var focus = document.querySelector("#bukti [data-focus]");
    if (focus) focus.focus();
  });
})();
