/* Sets the colour theme before the first paint; loaded in <head> without defer, on purpose. The choice
   (light, dark or auto) stays in this browser; app.js binds the buttons. */
(function () {
  "use strict";
  var KEY = "portal-sakip-theme";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function choice() {
    try {
      return localStorage.getItem(KEY) || "auto";
    } catch (error) {
      return "auto"; // storage switched off
    }
  }

  function apply() {
    var chosen = choice();
    var dark = chosen === "dark" || (chosen === "auto" && system.matches);
    root.setAttribute("data-bs-theme", dark ? "dark" : "light");
    root.setAttribute("data-theme-choice", chosen);
  }

  window.portalTheme = {
    choice: choice,
    choose: function (value) {
      try {
        localStorage.setItem(KEY, value);
      } catch (error) {
        /* the choice then lasts for this page only */
      }
      apply();
      if (choice() !== value) {
        root.setAttribute("data-bs-theme", value === "dark" ? "dark" : "light");
      }
    },
  };
  root.classList.add("js");
  apply();
  system.addEventListener("change", apply);
})();
