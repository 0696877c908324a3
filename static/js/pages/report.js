/* The report page: the contents fold away on a narrow screen, and mark where the reader is. */
(function () {
  "use strict";
  var contents = document.querySelector(".rp-contents");
  if (!contents) return;
  if (window.matchMedia("(max-width: 75rem)").matches) contents.open = false;
  contents.addEventListener("click", function (event) {
    if (event.target.closest("a") && window.matchMedia("(max-width: 75rem)").matches) contents.open = false;
  });

  /* What scrolls sideways can be scrolled by keyboard, too. */
  document.querySelectorAll(".rp-sheet .lk-table, .rp-sheet .lk-drawing").forEach(function (box) {
    if (box.scrollWidth <= box.clientWidth) return;
    var name = box.querySelector("caption, title");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", name ? name.textContent : "Gambar");
  });

  var links = new Map();
  contents.querySelectorAll("a").forEach(function (link) {
    var target = document.getElementById(link.getAttribute("href").slice(1));
    if (target) links.set(target, link);
  });
  var current = null;
  function mark(link) {
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    link.setAttribute("aria-current", "location");
    var list = contents.querySelector("nav");
    var place = link.offsetTop - list.offsetTop;
    if (place < list.scrollTop || place > list.scrollTop + list.clientHeight - 40) list.scrollTop = place - 80;
  }
  var observer = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (entry.isIntersecting) mark(links.get(entry.target));
    });
  }, { rootMargin: "-60px 0px -70% 0px" });
  links.forEach(function (link, target) { observer.observe(target); });
})();
