/* Saving the entry grid. What was typed lies in the browser's own storage, by user and unit's quarter, until
   the server has acknowledged it: a lost connection or a closed page loses nothing. Cells are sent in the
   order in which they were left, together with what their writer saw, so that somebody else's newer value is
   asked about and never overwritten.

   A waiting cell: {value, seen, url, at, tried, next, nextSeen, stuck}. Once `value` was tried, a newer one
   waits as `next`: the server may have kept the first although its answer was lost. `stuck` waits for the writer. */
(function () {
  "use strict";
  const page = document.querySelector("[data-entry-key]");
  if (!page) return;

  const RETRY_FIRST = 2000;
  const RETRY_LONGEST = 30000;
  const PATIENCE = 30000;
  const WORDS = { saving: "menyimpan", saved: "tersimpan", waiting: "menunggu koneksi", failed: "gagal – coba lagi", draft: "belum dikirim" };

  /* ------------------------------------------------------------ storage */
  function store(name) {
    const key = "sakip-isian:" + page.dataset.entryKey + ":" + name;
    let memory = {};
    return {
      read() {
        try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return memory; }
      },
      write(all) {
        memory = all;
        try {
          if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
          else localStorage.removeItem(key);
        } catch { /* Storage is full or refused: the page itself still holds it. */ }
      },
      put(name, entry) { const all = this.read(); all[name] = entry; this.write(all); },
      drop(name) { const all = this.read(); delete all[name]; this.write(all); },
    };
  }
  const waiting = store("antrean");
  const drafts = store("konsep");

  /* ------------------------------------------------------------ the page */
  const boxOf = (name) => document.getElementById(name);
  const seenOf = (name) => document.querySelector(`input[data-seen="${name}"]`);
  const urlOf = (box) => box.closest("[data-save-url]").dataset.saveUrl;
  const settled = (name) => (seenOf(name) ? seenOf(name).value : "");

  function mark(name, state) {
    const box = boxOf(name);
    if (!box) return;
    const place = box.closest(".en-box") || box;
    let note = place.parentNode.querySelector(`[data-cell-note="${name}"]`);
    if (!note) {
      note = document.createElement("button");
      note.type = "button";
      note.className = "en-cell-note";
      note.dataset.cellNote = name;
      note.tabIndex = -1;
      place.after(note);
    }
    place.dataset.state = state;
    note.dataset.state = state;
    note.textContent = WORDS[state] || "";
    note.disabled = state !== "failed" && state !== "draft";
  }

  function show(state) {
    const sign = document.querySelector("[data-save-state]");
    sign.dataset.saveState = state;
    const time = sign.querySelector("[data-save-time]");
    if (state !== "saved" || !time) return;
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    time.textContent = " pukul " + two(now.getHours()) + "." + two(now.getMinutes());
  }

  /* Every part of the answer takes the place of the part of the page that has its name. Cells that were not
     sent keep what is said about them, and what their writer saw: one that nobody touches shows the newer
     value, one that is being typed in will be asked about it. */
  function swap(text, sent) {
    const answer = document.createElement("template");
    answer.innerHTML = text;
    const parts = [...answer.content.querySelectorAll("[hx-swap-oob]")];
    answer.content.querySelectorAll("template").forEach((inner) => parts.push(...inner.content.children));
    for (const part of parts) {
      const old = document.getElementById(part.id);
      if (!old || (part.id.endsWith("-salah") && !(part.id.slice(0, -6) in sent))) continue;
      part.removeAttribute("hx-swap-oob");
      for (const seen of part.querySelectorAll("input[data-seen]")) {
        const name = seen.dataset.seen;
        const box = boxOf(name);
        if (name in sent || !box) continue;
        const before = settled(name);
        if (box.value === before && box !== document.activeElement) box.value = seen.value;
        else seen.value = before;
      }
      old.replaceWith(part);
    }
    document.dispatchEvent(new CustomEvent("htmx:afterSettle"));
  }

  /* ------------------------------------------------------------ what is typed */
  function draft(box) {
    const name = box.name;
    const entry = waiting.read()[name];
    const known = entry ? entry.next ?? entry.value : settled(name);
    if (box.value === known) drafts.drop(name);
    else drafts.put(name, { value: box.value, seen: settled(name) });
  }

  function commit(box, seen) {
    const name = box.name;
    const entry = waiting.read()[name];
    drafts.drop(name);
    if (entry && entry.tried && !entry.stuck) {
      /* It is on its way. The same value again is no news: a key and then the browser's own change say it. */
      if (seen === undefined && box.value === (entry.next ?? entry.value)) return;
      entry.next = box.value;
      if (seen !== undefined) entry.nextSeen = seen;
      waiting.put(name, entry);
    } else if (entry || seen !== undefined || box.value !== settled(name)) {
      const before = seen ?? (entry ? entry.seen : settled(name));
      waiting.put(name, { value: box.value, seen: before, url: urlOf(box), at: Date.now() });
    } else {
      return;
    }
    mark(name, "saving");
    flush();
  }

  /* ------------------------------------------------------------ sending */
  let busy = false;
  let delay = RETRY_FIRST;
  let timer = 0;

  function ready(all) {
    return Object.keys(all).filter((name) => !all[name].stuck).sort((a, b) => all[a].at - all[b].at);
  }

  function token() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : document.querySelector('meta[name="csrf-token"]').content;
  }

  async function flush() {
    if (busy) return;
    clearTimeout(timer);
    const all = waiting.read();
    const names = ready(all);
    if (!names.length) {
      const left = Object.keys(all).length;
      if (left) show("error");
      return;
    }
    const url = all[names[0]].url;
    const batch = names.filter((name) => all[name].url === url);
    const body = new URLSearchParams();
    const sent = {};
    for (const name of batch) {
      sent[name] = all[name].value;
      all[name].tried = true;
      body.set(name, all[name].value);
      body.set(name + "-lihat", all[name].seen);
      mark(name, "saving");
    }
    waiting.write(all);
    show("saving");
    busy = true;
    let answer, text;
    try {
      const headers = { "X-CSRFToken": token(), "HX-Request": "true" };
      const signal = AbortSignal.timeout(PATIENCE);
      answer = await fetch(url, { method: "POST", body, headers, signal, keepalive: body.toString().length < 50000 });
      text = await answer.text();
    } catch {
      busy = false;
      later("waiting");
      return release();
    }
    busy = false;
    if (answer.status === 200 || answer.status === 422) acknowledged(sent, text);
    else if (answer.status >= 500) later("failed");
    else refused(sent, answer);
    if (!busy) release();
  }

  /* Who waits until nothing is on its way, acknowledged or not. */
  const waiters = [];
  function release() { while (waiters.length) waiters.shift()(); }
  function whenIdle(then) {
    if (busy) waiters.push(then);
    else then();
  }

  function acknowledged(sent, text) {
    delay = RETRY_FIRST;
    swap(text, sent);
    for (const [name, value] of Object.entries(sent)) {
      const seen = seenOf(name);
      const box = boxOf(name);
      const entry = waiting.read()[name];
      /* A cell that the answer does not know was not saved either. */
      const wrong = !seen || seen.hasAttribute("data-wrong");
      if (box) box.toggleAttribute("aria-invalid", wrong);
      if (box && wrong) box.setAttribute("aria-invalid", "true");
      if (!entry) continue;
      entry.tried = false;
      if (entry.next !== undefined) {
        entry.value = entry.next;
        delete entry.next;
        if (entry.nextSeen !== undefined) entry.seen = entry.nextSeen;
        else if (!wrong) entry.seen = seen.value;
        delete entry.nextSeen;
        waiting.put(name, entry);
      } else if (wrong) {
        entry.stuck = true;
        waiting.put(name, entry);
        mark(name, "wrong");
      } else {
        waiting.drop(name);
        if (box && seen && box !== document.activeElement && box.value === value) box.value = seen.value;
        if (box && box === document.activeElement && box.value === value && seen) {
          box.value = seen.value;
          if (box.select) box.select();
        }
        mark(name, "saved");
      }
    }
    const all = waiting.read();
    if (!Object.keys(all).length) show("saved");
    flush();
  }

  function later(state) {
    for (const name of ready(waiting.read())) mark(name, state);
    show(state === "waiting" ? "offline" : "error");
    timer = setTimeout(flush, delay);
    delay = Math.min(delay * 2, RETRY_LONGEST);
  }

  /* The quarter was closed meanwhile, or the session ended: the server says which. Nothing is dropped. */
  function refused(sent, answer) {
    for (const name of Object.keys(sent)) mark(name, "failed");
    show("error");
    let said;
    try { said = JSON.parse(answer.headers.get("HX-Trigger")).pesan.text; } catch { said = null; }
    window.portalToast(said || "Server menolak isian ini. Muat ulang halaman; isian Anda tetap disimpan di perangkat ini.", "danger");
  }

  /* ------------------------------------------------------------ coming back */
  function restore() {
    const all = waiting.read();
    const lost = [];
    for (const [name, entry] of Object.entries(all)) {
      const box = boxOf(name);
      if (!box) {
        lost.push(entry.next ?? entry.value);
        continue;
      }
      delete entry.stuck;
      box.value = entry.next ?? entry.value;
      mark(name, "waiting");
    }
    waiting.write(all);
    for (const [name, entry] of Object.entries(drafts.read())) {
      const box = boxOf(name);
      if (!box || all[name]) continue;
      box.value = entry.value;
      mark(name, "draft");
      waiting.put(name, { value: entry.value, seen: entry.seen, url: urlOf(box), at: Date.now(), stuck: true });
    }
    const left = Object.keys(drafts.read()).length;
    if (left) window.portalToast(left + " isian belum sempat dikirim ketika halaman ditutup. Periksa sel yang ditandai, lalu pilih “belum dikirim” atau tekan Enter.", "warning");
    if (lost.length) window.portalToast("Isian yang belum terkirim dan tidak dapat disimpan lagi karena barisnya tertutup: " + lost.join("; ") + ".", "warning");
    flush();
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-cell]")) draft(event.target);
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-cell]")) return commit(box);
    /* A word from the list goes into its box; the list is only a helper. */
    const name = box.getAttribute("data-pick");
    if (!name) return;
    boxOf(name).value = box.value === "belum ada" ? "" : box.value;
    box.value = "";
    commit(boxOf(name));
  });
  document.addEventListener("click", (event) => {
    const note = event.target.closest("[data-cell-note]");
    if (note) {
      const name = note.dataset.cellNote;
      const entry = waiting.read()[name];
      if (entry) {
        delete entry.stuck;
        waiting.put(name, entry);
        drafts.drop(name);
      }
      return flush();
    }
    /* A reading of a doubtful number, or the choice between two people's values. */
    const choice = event.target.closest(".sk-cell-error button[name]");
    if (!choice) return;
    event.preventDefault();
    const [, name, kind] = choice.name.match(/^(.*)-(arti|timpa)$/);
    const box = boxOf(name);
    if (kind === "arti") box.value = choice.value.trim();
    commit(box, kind === "timpa" ? choice.value.trim() : undefined);
    box.focus();
  });
  window.addEventListener("online", () => { delay = RETRY_FIRST; flush(); });
  window.portalEntry = { commit, draft, whenIdle };
  restore();
})();
