/* Behaviour shared by all pages: menus, dialogs, theme buttons, forms sent once, and htmx's hooks.
   Everything is bound by data attributes on document, so that swapped-in parts need no binding. */
(function () {
  "use strict";

  function icon(name) {
    var model = document.querySelector("svg.icon use");
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    if (model) {
      var use = document.createElementNS("http://www.w3.org/2000/svg", "use");
      use.setAttribute("href", model.getAttribute("href").split("#")[0] + "#" + name);
      svg.appendChild(use);
    }
    return svg;
  }

  /* Toasts: portalToast("Tersimpan", "success"), or the server's header
     HX-Trigger: {"pesan": {"text": "...", "tone": "success"}}. Errors stay until closed. */
  var SIGNS = { info: "info-circle", success: "circle-check", warning: "alert-triangle", danger: "alert-circle" };
  function toast(text, tone) {
    var place = document.getElementById("toast");
    if (!place) return;
    var kind = SIGNS[tone] ? tone : "info";
    var box = document.createElement("div");
    box.className = "sk-notice sk-tone-" + kind;
    var body = document.createElement("p");
    body.className = "sk-notice-body";
    body.textContent = text;
    var close = document.createElement("button");
    close.type = "button";
    close.className = "sk-icon-button";
    close.setAttribute("aria-label", "Tutup pesan");
    close.appendChild(icon("x"));
    close.addEventListener("click", function () { box.remove(); });
    box.append(icon(SIGNS[kind]), body, close);
    place.appendChild(box);
    if (kind === "success" || kind === "info") setTimeout(function () { box.remove(); }, 8000);
  }
  window.portalToast = toast;
  document.addEventListener("pesan", function (event) { toast(event.detail.text, event.detail.tone); });

  /* Menus (details[data-menu]): one open at a time; a click outside and Escape close it. */
  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details[data-menu]"));

    var opener = event.target.closest("[data-dialog]");
    if (opener) {
      var dialog = document.getElementById(opener.getAttribute("data-dialog"));
      if (dialog) dialog.showModal();
      return;
    }
    if (event.target.closest("[data-dialog-close]")) {
      event.target.closest("dialog").close();
      return;
    }
    var theme = event.target.closest("[data-theme-value]");
    if (theme && window.portalTheme) {
      window.portalTheme.choose(theme.getAttribute("data-theme-value"));
      markTheme();
      closeMenus();
      return;
    }
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details[data-menu][open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  function markTheme() {
    if (!window.portalTheme) return;
    var chosen = window.portalTheme.choice();
    document.querySelectorAll("[data-theme-value]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-theme-value") === chosen));
    });
  }

  /* What a browser says in a bubble, in its own language, stands under the field, as the server's errors do. */
  var FIELDS = ":is(input, select, textarea)";
  function wrongWith(field) {
    var label = field.labels && field.labels.length ? field.labels[0].firstChild.textContent.trim() : "Isian ini";
    if (field.validity.valueMissing) return label + " wajib diisi.";
    if (field.validity.rangeUnderflow && field.type === "date") {
      return "Pilih tanggal " + longDay.format(new Date(field.min)) + " atau sesudahnya.";
    }
    return label + " belum benar. Periksa isiannya.";
  }
  function place(field) { return field.closest(".sk-field") || field.parentNode; }
  function unmark(field) {
    var error = document.getElementById(field.id + "-periksa");
    if (!error) return;
    error.remove();
    field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", field.getAttribute("aria-describedby").replace(error.id, "").trim());
    place(field).classList.remove("sk-field-invalid");
  }
  document.addEventListener("invalid", function (event) {
    var field = event.target;
    if (!field.id) return;
    event.preventDefault();
    unmark(field);
    var error = document.createElement("div");
    var words = document.createElement("p");
    error.className = "sk-error";
    error.id = field.id + "-periksa";
    words.textContent = wrongWith(field);
    error.append(icon("alert-circle"), words);
    place(field).append(error);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", ((field.getAttribute("aria-describedby") || "") + " " + error.id).trim());
    place(field).classList.add("sk-field-invalid");
    if (field.form && field === field.form.querySelector(FIELDS + ":invalid")) field.focus();
  }, true);
  document.addEventListener("input", function (event) {
    if (event.target.matches(FIELDS) && event.target.validity.valid) unmark(event.target);
  });

  /* A form is sent once: a second submit is dropped until the page answers or comes back from the cache.
     Forms with data-repeat (searches, for example) may be sent again. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-repeat") || event.defaultPrevented) return;
    if (form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete], [data-hx-post]")) return;
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
    document.querySelectorAll("[aria-busy=true]").forEach(function (node) { node.removeAttribute("aria-busy"); });
  });

  /* htmx */
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector('meta[name="csrf-token"]');
    if (token) event.detail.headers["X-CSRFToken"] = token.content;
  });

  function saveState(element, state) {
    var scope = element.closest("[data-autosave]");
    if (!scope) return;
    var sign = scope.querySelector("[data-save-state]") || document.querySelector("[data-save-state]");
    if (!sign) return;
    sign.setAttribute("data-save-state", state);
    if (state === "saved") {
      var time = sign.querySelector("[data-save-time]");
      var now = new Date();
      if (time) {
        time.textContent = " pukul " + String(now.getHours()).padStart(2, "0") + "." + String(now.getMinutes()).padStart(2, "0");
      }
    }
  }
  document.addEventListener("htmx:beforeRequest", function (event) { saveState(event.detail.elt, "saving"); });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful) saveState(event.detail.elt, "saved");
    else saveState(event.detail.elt, event.detail.xhr && event.detail.xhr.status ? "error" : "offline");
  });
  document.addEventListener("htmx:sendError", function () {
    toast("Tidak ada sambungan ke server. Periksa jaringan, lalu coba lagi; isian di layar tidak hilang.", "danger");
  });
  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr.status;
    if (event.detail.xhr.getResponseHeader("HX-Trigger")) return;
    if (status === 403) toast("Anda tidak berwenang melakukan ini, atau sesi telah berakhir. Muat ulang halaman, lalu masuk kembali.", "danger");
    else if (status === 404) toast("Data ini sudah tidak ada. Muat ulang halaman untuk melihat keadaan terbaru.", "danger");
    else if (status === 409) toast("Data ini telah diubah orang lain. Muat ulang halaman, lalu ulangi perubahan Anda.", "danger");
    else toast("Server tidak dapat memproses permintaan ini. Coba lagi; bila tetap gagal, hubungi admin instansi.", "danger");
  });

  /* Typed but not yet sent: the browser asks before the page is left. Only for forms that ask for it. */
  var dirty = new Set();
  document.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-guard]");
    if (form) dirty.add(form);
  });
  document.addEventListener("submit", function (event) { dirty.delete(event.target); });
  window.addEventListener("beforeunload", function (event) {
    dirty.forEach(function (form) { if (!form.isConnected) dirty.delete(form); });
    if (dirty.size) event.preventDefault();
  });

  /* What was sent when the session had ended, or into an error, stands in its form again on the way back: kept
     in this tab, for the same person, once. With the version its writer saw, so that what a colleague wrote
     meanwhile is not overwritten unread. */
  var SENT = "sk-terkirim";
  function reader() {
    var who = document.querySelector(".sk-menu-who");
    return who ? who.textContent : "";
  }
  var WORDS = "textarea, select, input:is([type=text], [type=date], [type=time], [type=number], [type=url]), " +
    "input[type=checkbox], input[type=hidden]:is([name=version], [name$=-lihat])";
  function entered(field) { return field.type === "checkbox" ? String(field.checked) : field.value; }
  function enter(field, text) {
    if (field.type === "checkbox") field.checked = text === "true";
    else field.value = text;
  }
  function words(form) {
    return Array.from(form.elements).filter(function (field) { return field.name && field.matches(WORDS); });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("form[data-guard]")) return;
    var fields = words(form).map(function (field) { return [field.name, entered(field)]; });
    var sent = { at: location.pathname, to: form.getAttribute("action"), who: reader(), fields: fields };
    sessionStorage.setItem(SENT, JSON.stringify(sent));
  });
  function giveBack() {
    var sent = JSON.parse(sessionStorage.getItem(SENT) || "null");
    if (!sent) return;
    if (document.body.classList.contains("sk-minimal")) {
      sent.lost = true;
      sessionStorage.setItem(SENT, JSON.stringify(sent));
      return;
    }
    if (sent.lost && sent.who === reader() && sent.at !== location.pathname) return;
    sessionStorage.removeItem(SENT);
    if (!sent.lost || sent.who !== reader()) return;
    var form = Array.from(document.querySelectorAll("form[data-guard]")).find(function (found) {
      return found.getAttribute("action") === sent.to;
    });
    if (!form) return;
    var differing = words(form).filter(function (field) {
      var kept = sent.fields.find(function (pair) { return pair[0] === field.name; });
      if (!kept || kept[1] === entered(field)) return false;
      enter(field, kept[1]);
      return true;
    });
    if (!differing.length) return;
    dirty.add(form);
    var closed = form.closest("details");
    if (closed) closed.open = true;
    toast("Belum tersimpan. Tulisan Anda sudah dikembalikan ke isiannya; periksa, lalu simpan lagi.", "warning");
  }
  window.addEventListener("pageshow", function (event) { if (event.persisted) giveBack(); });

  /* A table no wider than its place need not scroll: the mark lets its heading follow the page. */
  function markTables() {
    document.querySelectorAll(".sk-table-wrap").forEach(function (wrap) {
      wrap.toggleAttribute("data-fits", wrap.firstElementChild.offsetWidth <= wrap.clientWidth);
    });
  }
  window.addEventListener("resize", markTables);
  document.addEventListener("htmx:afterSettle", markTables);
  document.addEventListener("toggle", markTables, true);

  /* A browser prints a chosen day in its own language and order; the paper says it in Indonesian. */
  var longDay = new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeZone: "UTC" });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll('main input[type="date"]').forEach(function (box) {
      var said = box.nextElementSibling;
      if (!said || !said.matches(".sk-printed-day")) {
        said = document.createElement("span");
        said.className = "sk-printed-day";
        box.after(said);
      }
      said.textContent = box.valueAsDate ? longDay.format(box.valueAsDate) : "";
    });
  });

  function ready() {
    markTheme();
    markTables();
    giveBack();
    document.querySelectorAll(".sk-tabs [aria-current]").forEach(function (tab) {
      tab.parentNode.parentNode.parentNode.scrollLeft = tab.offsetLeft - 48;
    });
    var focus = document.querySelector("[data-focus]");
    if (focus) focus.focus();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
