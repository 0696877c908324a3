/* What may take longer than a second says what is being done and for how long already, and can be cancelled
   where cancelling changes nothing.
   data-busy="Menerapkan isian…" on a form, or on its button, that is sent as a page: text and time until the
   answer comes; with data-busy-cancel also Batal, which stops waiting. On a form that htmx sends: how much of the
   file is sent, then the text; Batal aborts it.
   data-file="Menyusun berkas…" on a link to a file: it is fetched here, so that its end is known.
   Without this script forms and links do the same work. */
(function () {
  "use strict";

  var PATIENCE = 400;
  var shown = new WeakMap();

  /* A line beside `node`; it appears only when the answer is not there at once. */
  function show(node, text, cancel) {
    if (shown.has(node)) return shown.get(node);
    var since = Date.now();
    var box = document.createElement("span");
    var words = document.createElement("span");
    var time = document.createElement("span");
    var bar = document.createElement("progress");
    box.className = "sk-busy";
    box.hidden = true;
    words.setAttribute("role", "status");
    bar.max = 100;
    bar.hidden = true;
    bar.setAttribute("aria-label", "Bagian berkas yang sudah terkirim");
    box.append(words, bar, time);
    if (cancel) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm button";
      button.textContent = "Batal";
      button.addEventListener("click", cancel);
      box.append(button);
    }
    node.after(box);
    node.setAttribute("aria-busy", "true");
    var clock = setInterval(function () {
      var seconds = Math.floor((Date.now() - since) / 1000);
      if (seconds) time.textContent = seconds + " detik";
    }, 250);
    var start = setTimeout(function () {
      box.hidden = false;
      words.textContent = text;
    }, PATIENCE);
    var busy = {
      say: function (said) {
        if (text === said) return;
        text = said;
        if (!box.hidden) words.textContent = said;
      },
      sent: function (share) {
        bar.hidden = share >= 100;
        bar.value = share;
      },
      end: function () {
        clearInterval(clock);
        clearTimeout(start);
        node.removeAttribute("aria-busy");
        shown.delete(node);
        if (box.contains(document.activeElement)) node.focus();
        box.remove();
      },
    };
    shown.set(node, busy);
    return busy;
  }

  function told(text, tone) {
    if (window.portalToast) window.portalToast(text, tone);
  }

  /* A form sent as a page. The page that comes ends it. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    var button = event.submitter || form.querySelector("[type=submit]");
    var source = button && button.dataset.busy ? button : form;
    if (event.defaultPrevented || form.hasAttribute("hx-post") || !source.dataset.busy || !button) return;
    var cancel = source.hasAttribute("data-busy-cancel") && function () {
      window.stop();
      delete form.dataset.sent;
      busy.end();
    };
    var busy = show(button, source.dataset.busy, cancel);
    window.addEventListener("pageshow", busy.end, { once: true });
  });

  /* A form that htmx sends. */
  function buttonOf(event) {
    var form = event.detail.elt;
    return form && form.matches("form[data-busy][hx-post]") ? form.querySelector("[type=submit]") : null;
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    var form = event.detail.elt;
    var button = buttonOf(event);
    if (!button) return;
    show(button, "Mengirim berkas…", function () {
      window.htmx.trigger(form, "htmx:abort");
      window.stop();
      var busy = shown.get(button);
      if (busy) busy.end();
      told("Pengiriman dibatalkan.", "info");
    });
  });
  document.addEventListener("htmx:xhr:progress", function (event) {
    var button = buttonOf(event);
    var busy = button && shown.get(button);
    if (!busy || !event.detail.lengthComputable) return;
    var share = 100 * event.detail.loaded / event.detail.total;
    busy.sent(share);
    if (share >= 100) busy.say(event.detail.elt.dataset.busy);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var button = buttonOf(event);
    var busy = button && shown.get(button);
    var answer = event.detail.xhr;
    /* Where the answer leads to another page, that one ends it. */
    if (busy && !(answer.status && answer.getResponseHeader("HX-Redirect"))) busy.end();
  });

  /* A link to a file. */
  function nameIn(answer) {
    var found = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
    return found ? found[1] : "";
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-file]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (shown.has(link)) return;
    var stop = new AbortController();
    var busy = show(link, link.dataset.file, function () { stop.abort(); });
    fetch(link.href, { signal: stop.signal })
      .then(function (answer) {
        var name = nameIn(answer);
        /* A refusal, or the log-in, is a page: let the browser show it. */
        if (!answer.ok || !name) {
          window.location.assign(link.href);
          return null;
        }
        return answer.blob().then(function (content) { save(content, name); });
      })
      .catch(function (error) {
        if (error.name === "AbortError") told("Pembuatan berkas dibatalkan.", "info");
        else told("Berkas tidak dapat diambil. Periksa sambungan, lalu coba lagi.", "danger");
      })
      .finally(busy.end);
  });
  function save(content, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }
})();
