/* Tidemark: what a page can do more with a script. All facts are there without it.
   It stands in the head, so that what it adds has its place before anything is drawn and nothing moves; the rest waits for the page.
   A phrase between double braces is written by the build in the language of the site, as a string.
   Order: settings, what goes stale, times, copying, rows and filters, sorting, search, keys. */
(() => {
  "use strict";
  const page = document.documentElement;
  /* root: the way to the site's folder; asOf, staleAfter: the page's time and for how many seconds it holds, on pages about now */
  const { root, asOf, staleAfter } = document.currentScript.dataset;

  const make = (name, values = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(values)) {
      if (key.includes("-") || key === "role" || key === "for") element.setAttribute(key, value);
      else element[key] = value;
    }
    element.append(...children);
    return element;
  };
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const button = (text, pressed) => make("button", { type: "button", onclick: pressed }, text);
  /* letters alone, so that "Lukasz" finds "Łukasz" */
  const PLAIN = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", þ: "th", ß: "ss", æ: "ae", œ: "oe" };
  const folded = text => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[łøđðħıþßæœ]/g, letter => PLAIN[letter]);

  /* ---- settings: kept for this site by the browser where it lets a page do so */
  const site = new URL(root || ".", location.href);
  const setting = name => {
    try { return localStorage.getItem(`tidemark ${site.pathname} ${name}`); } catch { return null; }
  };
  const keep = (name, value) => {
    try { localStorage.setItem(`tidemark ${site.pathname} ${name}`, value); } catch { /* for this page only, then */ }
  };
  let keysOn = setting("keys") !== "off";
  let reloads = setting("reloads") === "on";

  /* ---- what goes stale --------------------------------------------------- */
  /* Now, before anything is drawn: the style sheet shows it. */
  const judge = () => {
    if (!asOf) return;
    page.classList.toggle("stale", Date.now() > Date.parse(asOf) + staleAfter * 1000);
    page.style.setProperty("--ago", JSON.stringify(` (${age(asOf)})`));
  };
  page.classList.add("scripted");
  page.classList.toggle("aged", setting("ages") === "on");
  /* What changes the whole page is done before it is shown. */
  page.classList.toggle("filling", setting("ages") === "on" || location.search !== "");

  /* A page that is left open is loaded again when there is a newer build, and only then: what it shows is not given up for a server that
     does not answer, or a folder that is gone. */
  let touched = 0;
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => { touched = Date.now(); }, true);
  const reloadIfNewer = () => {
    if (!reloads || !asOf || Date.now() - touched < 60_000 || document.querySelector("dialog[open]")) return;
    const probe = make("script", { src: root + "as-of.js?" + Date.now(), onerror: () => probe.remove() });
    probe.onload = () => {
      probe.remove();
      if (window.tidemarkAsOf && window.tidemarkAsOf !== asOf) location.reload();
    };
    document.head.append(probe);
  };

  /* ---- times ------------------------------------------------------------- */
  const inLanguage = make => {
    try { return make(page.lang); } catch { return make("en"); }
  };
  const relative = inLanguage(language => new Intl.RelativeTimeFormat(language, { style: "short" }));
  /* "this minute", "today": never "yesterday" for what was 40 hours ago */
  const current = inLanguage(language => new Intl.RelativeTimeFormat(language, { style: "short", numeric: "auto" }));
  const UNITS = [["year", 31557600], ["month", 2629800], ["day", 86400], ["hour", 3600], ["minute", 60]];
  const age = text => {
    const now = new Date();
    const isDay = text.length < 11;
    /* a day is compared with the reader's day */
    const seconds = isDay ? (Date.parse(text) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 1000 : (Date.parse(text) - now) / 1000;
    if (Number.isNaN(seconds)) return "";
    const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length);
    if (unit) return relative.format(Math.trunc(seconds / unit[1]), unit[0]);
    return current.format(0, isDay ? "day" : "minute");
  };
  const writeAges = () => {
    if (page.classList.contains("aged")) for (const time of all("main time[datetime]")) time.dataset.ago = age(time.dateTime);
  };
  judge();
  const showAges = on => {
    page.classList.toggle("aged", on);
    keep("ages", on ? "on" : "off");
    writeAges();
  };
  document.addEventListener("pointerover", event => {
    const time = event.target.closest?.("time[datetime]");
    if (time) time.title = age(time.dateTime);
  });

  /* ---- copying ----------------------------------------------------------- */
  const said = make("output", { className: "said-now" });
  let silence;
  const say = text => {
    said.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ""; }, 4000);
  };
  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { /* a page that came by plain http has no clipboard of its own */
      const field = make("textarea", { className: "unseen", value: text });
      const before = document.activeElement;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      before?.focus();
      if (!done) return say({{"The browser did not let the page copy"}});
    }
    say({{"Copied:"}} + " " + text);
  };
  const address = () => {
    const link = document.activeElement?.closest("a[href]");
    return link ? link.href : location.href;
  };
  const version = () => {
    const link = document.activeElement?.closest("main a[href]");
    return link ? link.textContent.trim() : document.querySelector("[data-copy]")?.dataset.copy;
  };
  const fillCopyTools = bar => {
    if (bar.dataset.copy) bar.append(button({{"Copy version"}}, () => copy(bar.dataset.copy)));
    bar.append(button({{"Copy link"}}, () => copy(location.href)));
  };

  /* ---- rows and filters -------------------------------------------------- */
  const STATES = {
    person: {{"needs a person"}}, behind: {{"behind"}}, waiting: {{"waiting"}}, failed: {{"failed"}}, running: {{"running"}},
    unknown: {{"unknown"}}, skipped: {{"skipped or cancelled"}}, succeeded: {{"succeeded"}},
  };
  const statesOf = row => {
    const states = new Set(all("use", row).map(use => use.getAttribute("href").replace("#mark-", "")));
    if (row.matches(".flagged, .gate-person, .waiting tr") || row.querySelector(".cell-needs")) states.add("person");
    if (row.querySelector("td > div .soft a")) states.add("behind");
    return states;
  };
  /* Names stand on the row, or are all, the first or the last of those in a part of it. */
  const NAMES = "[data-by=all] bdi, [data-by=first] bdi:first-of-type, [data-by=last] bdi:last-of-type:not(:first-of-type)";
  const peopleOf = row => new Set([...(row.dataset.people?.split("\n") ?? []), ...all(NAMES, row).map(name => name.textContent)]);
  const serviceOf = row => {
    for (const { href } of all("a", row)) {
      const [, page, folder] = (href.startsWith(site.href) && href.slice(site.href.length).match(/^(?:services\/([^/]+)\.html|(?:releases|deployments|runs)\/([^/]+)\/)/)) || [];
      if (page ?? folder) return page ?? folder;
    }
  };
  const lastChange = row => Math.max(0, ...all("time", row).map(time => Date.parse(time.dateTime)));

  /* One bar serves all lists of a page. On a page about services the lists beside that of the services show what is left of them;
     else each is held to what it knows: a list that names no person hides nothing for one. */
  const readRows = () => all("[data-rows]").map(list => {
    const rows = all(":scope > " + list.dataset.rows, list).map((row, index) =>
      ({ row, index, text: folded(row.textContent).trim(), states: statesOf(row), people: peopleOf(row), service: serviceOf(row) }));
    return { list, rows, hasStates: rows.some(row => row.states.size), hasPeople: rows.some(row => row.people.size) };
  });

  const choice = (label, name, none, options) => {
    const select = make("select", { name, "aria-label": label }, make("option", { value: "" }, none));
    select.append(...options.map(([value, text]) => make("option", { value }, text)));
    return select;
  };

  const fillTools = bar => {
    const lists = readRows();
    const about = bar.dataset.counts;
    const main = lists.filter(({ list }) => !about || list.matches(about));
    const others = lists.filter(list => !main.includes(list));
    const counted = main.flatMap(({ rows }) => rows);
    const named = new Set(counted.flatMap(({ people }) => [...people]));
    const known = Object.entries(STATES).filter(([state]) => counted.some(({ states }) => states.has(state)));

    const text = make("input", { type: "search", name: "filter", placeholder: {{"Filter these rows"}}, "aria-label": {{"Filter these rows"}}, autocomplete: "off", spellcheck: false });
    const state = choice({{"State"}}, "state", {{"Any state"}}, known);
    const person = choice({{"Person"}}, "person", {{"Any person"}}, [...named].sort(collator.compare).map(name => [name, name]));
    const order = choice({{"Order"}}, "order", {{"Configured order"}}, [["name", {{"By name"}}], ["person", {{"What needs a person first"}}], ["latest", {{"Latest change first"}}]]);
    const count = make("output", { className: "soft" });
    const clear = button({{"Show all"}}, () => { for (const field of [text, state, person, order]) field.value = ""; arrange(); show(); text.focus(); });

    const arrange = () => {
      const by = {
        name: (a, b) => collator.compare(a.text, b.text),
        person: (a, b) => b.states.has("person") - a.states.has("person") || a.index - b.index,
        latest: (a, b) => lastChange(b.row) - lastChange(a.row) || a.index - b.index,
      }[order.value] ?? ((a, b) => a.index - b.index);
      for (const { list, rows } of main) list.append(...[...rows].sort(by).map(({ row }) => row));
    };
    const show = () => {
      const words = folded(text.value).split(/\s+/).filter(Boolean);
      for (const { rows, hasStates, hasPeople } of main) {
        for (const { row, text: own, states, people } of rows) {
          row.hidden = !words.every(word => own.includes(word)) || (hasStates && state.value !== "" && !states.has(state.value))
            || (hasPeople && person.value !== "" && !people.has(person.value));
        }
      }
      const left = counted.filter(({ row }) => !row.hidden).length;
      const gone = new Set(counted.filter(({ row }) => row.hidden).map(({ service }) => service));
      for (const { rows } of others) for (const { row, service } of rows) row.hidden = gone.has(service);
      const isFiltered = text.value !== "" || state.value !== "" || person.value !== "";
      count.textContent = !isFiltered ? "" : left ? `${left} / ${counted.length}` : {{"Nothing fits."}};
      /* on paper, where the fields are not */
      count.dataset.what = [text.value, ...[state, person].map(field => field.value && field.selectedOptions[0].text)].filter(Boolean).join(", ");
      clear.hidden = !isFiltered && order.value === "";
      for (const field of [state, person, order]) field.classList.toggle("set", field.value !== "");
      remember([text, state, person, order]);
    };
    const recall = () => {
      const asked = new URLSearchParams(location.search);
      for (const field of [text, state, person, order].filter(field => field.isConnected)) {
        const value = asked.get(field.name) ?? "";
        field.value = value;
        if (field.value !== value) field.value = ""; /* a choice that this page does not have */
      }
    };
    bar.append(text);
    if (known.length > 1) bar.append(state);
    if (named.size > 0) bar.append(person);
    if (about) bar.append(order);
    bar.append(clear, count);
    text.addEventListener("input", show);
    for (const field of [state, person]) field.addEventListener("change", show);
    order.addEventListener("change", () => { arrange(); show(); });
    text.addEventListener("keydown", event => { if (event.key === "Escape") { text.value = ""; show(); text.blur(); } });
    recall();
    if (order.value) arrange();
    show();
  };

  /* What is chosen stands in the address, so that it can be sent to somebody. */
  const remember = fields => {
    const asked = new URLSearchParams(location.search);
    for (const { name, value } of fields) value ? asked.set(name, value) : asked.delete(name);
    const query = String(asked) && "?" + asked;
    if (query === location.search) return;
    try { history.replaceState(null, "", location.pathname + query + location.hash); } catch { /* some browsers refuse this from disk */ }
  };

  /* ---- sorting: a column goes by its times, its durations or its words --- */
  const SECONDS = { d: 86400, h: 3600, min: 60, s: 1 };
  const PART = /(\d+(?:[.,]\d+)?)\s(d|h|min|s)(?![\p{L}\d])/gu;
  const collator = inLanguage(language => new Intl.Collator(language, { numeric: true }));
  const DURATION = new RegExp(`^${PART.source}(?:\\s${PART.source})*`, "u");
  /* Where some cells of a column have a figure, those without one have nothing to sort by. */
  const valueOf = (cell, hasFigures) => {
    const time = cell?.querySelector("time[datetime]");
    if (time) return Date.parse(time.dateTime);
    const text = (hasFigures ? cell?.querySelector("b") : cell)?.textContent.trim() ?? "";
    const duration = text.match(DURATION);
    /* a version is higher than those before its release */
    if (!duration) return text.replace(/^(v?\d+(?:\.\d+)+)(?![\w.+-])/, "$1\uffff");
    return [...duration[0].matchAll(PART)].reduce((sum, [, number, unit]) => sum + Number(number.replace(",", ".")) * SECONDS[unit], 0);
  };
  /* What cannot be compared comes last in either direction. */
  const compare = (a, b, sign) => (typeof a === "string") - (typeof b === "string") || (a === "") - (b === "")
    || sign * (typeof a === "number" ? a - b : collator.compare(a, b));
  const makeSortable = table => {
    const body = table.tBodies[0];
    const original = [...body.rows];
    all("thead th", table).forEach((head, column) => {
      const sort = () => {
        const next = { ascending: "descending", descending: null }[head.getAttribute("aria-sort")] ?? (head.hasAttribute("aria-sort") ? null : "ascending");
        for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
        if (next) head.setAttribute("aria-sort", next);
        const hasFigures = original.some(row => row.cells[column]?.querySelector("b") && !row.cells[column].querySelector("time"));
        /* releases stand in the order of their versions, which nothing here knows better */
        const value = head.hasAttribute("data-descends") ? (_, index) => -index : row => valueOf(row.cells[column], hasFigures);
        const keyed = original.map((row, index) => ({ row, index, value: value(row, index) }));
        const sign = next === "descending" ? -1 : 1;
        if (next) keyed.sort((a, b) => compare(a.value, b.value, sign) || a.index - b.index);
        body.append(...keyed.map(({ row }) => row));
      };
      if (head.querySelector("a")) {
        const small = button("", sort);
        small.className = "sort sort-beside";
        small.setAttribute("aria-label", {{"Sort by"}} + " " + head.textContent.trim());
        head.append(small);
      } else if (head.textContent.trim()) {
        const whole = button("", sort);
        whole.className = "sort";
        whole.append(...head.childNodes);
        head.append(whole);
      }
    });
  };

  /* ---- search ------------------------------------------------------------ */
  const KINDS = {
    page: {{"page"}}, service: {{"service"}}, environment: {{"environment"}}, incident: {{"incident"}}, release: {{"release"}},
    issue: {{"issue"}}, change: {{"commit"}}, deployment: {{"deployment"}},
  };
  let index, pending, search;
  /* A page that is opened from disk cannot fetch; a script it can have. */
  const loadIndex = done => {
    if (index) return done();
    if (pending) return;
    pending = make("script", { src: root + "search.js" });
    pending.onerror = () => {
      pending.remove();
      pending = null;
      search.count.textContent = {{"The index of this site, search.js, does not load."}};
    };
    pending.onload = () => {
      if (!window.tidemarkSearch?.entries) return pending.onerror();
      index = window.tidemarkSearch.entries.map(entry => ({ entry, title: folded(entry.title), text: folded(entry.text) }));
      done();
    };
    document.head.append(pending);
  };
  const begins = (text, word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (at === 0 || !/[\p{L}\d]/u.test(text[at - 1])) return true;
    return false;
  };
  const rank = ({ title, text }, words) => {
    let sum = 0;
    for (const word of words) {
      const score = title === word ? 9 : begins(title, word) ? 5 : title.includes(word) ? 3 : begins(text, word) ? 2 : text.includes(word) ? 1 : 0;
      if (!score) return 0;
      sum += score;
    }
    return sum;
  };
  /* Where a word stands in what the reader sees: folding keeps the length of most texts; where it does not, nothing is marked. */
  const marked = (text, words) => {
    const plain = folded(text);
    if (plain.length !== text.length) return [text];
    const hits = words.map(word => [plain.indexOf(word), word.length]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0]);
    const pieces = [];
    let end = 0;
    for (const [at, length] of hits) {
      if (at < end) continue;
      pieces.push(text.slice(end, at), make("mark", {}, text.slice(at, at + length)));
      end = at + length;
    }
    return [...pieces, text.slice(end)];
  };
  const excerpt = ({ entry, text }, words) => {
    const at = Math.max(0, ...words.map(word => text.indexOf(word)));
    const start = at > 60 ? entry.text.indexOf(" ", at - 40) + 1 : 0;
    const whole = entry.text.slice(start);
    const end = whole.lastIndexOf(" ", 130);
    return (start ? "… " : "") + (whole.length > 130 ? whole.slice(0, end > 0 ? end : 130) + " …" : whole);
  };
  const find = () => loadIndex(() => {
    const words = folded(search.text.value).split(/\s+/).filter(Boolean);
    const found = words.length ? index.map(item => ({ item, score: rank(item, words) })).filter(({ score }) => score) : [];
    found.sort((a, b) => b.score - a.score);
    search.list.replaceChildren(...found.slice(0, 40).map(({ item }) => make("li", {},
      make("a", { href: root + item.entry.url }, make("span", { className: "soft" }, KINDS[item.entry.kind] ?? ""), make("bdi", {}, ...marked(item.entry.title, words)),
        make("small", { className: "soft", dir: "auto" }, ...marked(excerpt(item, words), words))))));
    search.count.textContent = words.length ? `${found.length} ` + {{"found"}} + (found.length > 40 ? ", " + {{"the best 40 are shown"}} : "") : "";
  });
  const dialog = (title, ...children) => {
    const keys = button({{"Keys"}}, () => { box.close(); openHelp(); });
    const close = button("×", () => box.close());
    close.setAttribute("aria-label", {{"Close"}});
    const box = make("dialog", { "aria-label": title }, make("header", {}, make("h2", {}, title), ...(title === {{"Keys"}} ? [] : [keys]), close), ...children);
    const isOutside = ({ clientX: x, clientY: y }) => {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      return x < left || x > right || y < top || y > bottom;
    };
    let began = false;
    box.addEventListener("pointerdown", event => { began = event.target === box && isOutside(event); });
    box.addEventListener("click", event => { if (began && event.target === box && isOutside(event)) box.close(); });
    document.body.append(box);
    return box;
  };
  const openSearch = () => {
    if (!search) {
      search = {
        text: make("input", { type: "search", autocomplete: "off", spellcheck: false, "aria-label": {{"Search this site"}}, placeholder: {{"Service, version, commit, issue, person, words of a note"}} }),
        list: make("ol"), count: make("output", { className: "soft" }),
      };
      search.box = dialog({{"Search"}}, search.text, search.count, search.list);
      search.box.classList.add("search");
      search.text.addEventListener("input", find);
      search.box.addEventListener("click", event => { if (event.target.closest("a")) search.box.close(); });
      search.box.addEventListener("keydown", event => {
        if (event.key === "Escape") {
          /* in a field with words the browser would only empty it; and a field that is hidden keeps the focus, and with it the keys, until the next frame */
          search.text.blur();
          return search.box.close();
        }
        const links = all("a", search.list);
        const at = links.indexOf(document.activeElement);
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) {
          event.preventDefault();
          (links[at + step] ?? (step < 0 ? search.text : null))?.focus();
        } else if (event.key === "Enter" && event.target === search.text && !event.isComposing) links[0]?.click();
      });
    }
    search.box.showModal();
    search.text.focus();
    search.text.select();
  };

  /* ---- keys -------------------------------------------------------------- */
  const go = path => { location.href = root + path; };
  const press = query => document.querySelector(query)?.focus();
  const KEYS = [
    ["/", {{"search this site"}}, openSearch],
    ["f", {{"filter the rows of this page"}}, () => press(".tools input")],
    ["t", {{"show how long ago each time is"}}, () => showAges(!page.classList.contains("aged"))],
    ["c", {{"copy the version of this page, or the words of the link that has the focus"}}, () => { const text = version(); if (text) copy(text); }],
    ["y", {{"copy the address of this page, or of the link that has the focus"}}, () => copy(address())],
    ["d", {{"go to the dashboard"}}, () => go("index.html")],
    ["w", {{"go to what waits"}}, () => go("pending.html")],
    ["i", {{"go to the incidents"}}, () => go("incidents.html")],
    ["m", {{"go to the metrics"}}, () => go("metrics.html")],
    ["?", {{"show these keys"}}, () => openHelp()],
  ];
  let help;
  const openHelp = () => {
    if (!help) {
      const tick = (text, on, changed) => make("label", {}, make("input", { type: "checkbox", checked: on, onchange: event => changed(event.target.checked) }), " ", text);
      help = dialog({{"Keys"}},
        make("dl", {}, ...[...KEYS, ["← ↑ → ↓", {{"in the table of what runs where: go to the cell beside"}}]].map(([key, text]) =>
          make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, text)))),
        tick({{"These keys are on"}}, keysOn, on => { keysOn = on; keep("keys", on ? "on" : "off"); }),
        tick({{"Show how long ago each time is"}}, page.classList.contains("aged"), showAges),
        tick({{"Load the page again when there is a newer build, for a screen on the wall"}}, reloads, on => { reloads = on; keep("reloads", on ? "on" : "off"); }));
    }
    help.showModal();
  };
  const moveInMatrix = (event, cell) => {
    const rows = all(".matrix tbody > tr:not(.group)").filter(row => !row.hidden);
    const [down, across] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
    const forward = getComputedStyle(cell).direction === "rtl" ? -across : across;
    let row = rows.indexOf(cell.parentNode) + down, column = cell.cellIndex + forward;
    /* a cell without a link is stepped over */
    for (; rows[row]?.cells[column]; row += down, column += forward) {
      const link = rows[row].cells[column].querySelector("a");
      if (!link) continue;
      event.preventDefault();
      return link.focus();
    }
  };
  document.addEventListener("keydown", event => {
    if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.isComposing || event.target.closest?.("input, select, textarea") || document.querySelector("dialog[open]")) return;
    const cell = event.target.closest?.(".matrix tbody td, .matrix tbody th");
    if (cell && event.key.startsWith("Arrow")) return moveInMatrix(event, cell);
    const key = KEYS.find(([name]) => name === event.key);
    if (!key) return;
    event.preventDefault();
    key[2]();
  });

  const fillSiteTools = place => place.append(button({{"Search"}}, openSearch));
  const tellTime = () => {
    judge();
    writeAges();
  };
  const start = [
    () => document.body.append(said), () => all(".site-tools").forEach(fillSiteTools), () => all(".page-tools").forEach(fillCopyTools),
    () => all("table[data-sortable]").forEach(makeSortable), () => all(".tools").forEach(fillTools), tellTime,
  ];
  document.addEventListener("DOMContentLoaded", () => {
    /* a theme may lack what one of them needs: the others go on */
    for (const step of start) {
      try { step(); } catch (fault) { console.error(fault); }
    }
    page.classList.remove("filling");
    setInterval(tellTime, 30_000);
    setInterval(reloadIfNewer, 60_000);
  });
  document.addEventListener("visibilitychange", tellTime);
})();
