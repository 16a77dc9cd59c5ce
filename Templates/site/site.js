// Search as you type, a choice among what has left, and a timeline that shows its end
// first where it does not fit. Without this script every package is still reachable
// by links; the box is only shown where it works.
"use strict";
(function () {
  const script = document.currentScript;
  const root = script.dataset.root;
  const most = 50;

  const timeline = document.querySelector(".timeline");
  if (timeline) timeline.parentElement.scrollLeft = timeline.parentElement.scrollWidth;

  filterRows();

  const form = document.querySelector(".search");
  const input = document.getElementById("search");
  const list = document.getElementById("search-results");
  const news = document.getElementById("search-news");
  if (!form || !input || !list || !news) return;

  /** Packages, and RPMs by other names: shown name, what it is of, lower case, page. */
  let packages = null;
  let severalStreams = false;
  let options = [];
  let selected = -1;

  /** The stream whose page this is, to have its packages first. */
  function isHere(stream) {
    return document.baseURI.startsWith(new URL(root + stream.directory + "/", document.baseURI).href);
  }

  function takeIndex(index) {
    const streams = index.streams.filter(isHere)
      .concat(index.streams.filter((stream) => !isHere(stream)));
    severalStreams = streams.length > 1;
    packages = [];
    for (const stream of streams) {
      const binaries = stream.binaries || {};
      for (const [name, state, page] of stream.packages) {
        const href = root + stream.directory + "/" + (page || "package/" + name + ".html");
        const about = state || "live";
        packages.push({ name: name, lower: name.toLowerCase(), about: about, href: href, stream: stream.title });
        if (!Object.hasOwn(binaries, name)) continue;
        for (const rpm of binaries[name]) {
          packages.push({ name: rpm, lower: rpm.toLowerCase(), about: "of " + name, href: href, stream: stream.title });
        }
      }
    }
  }

  // The index is a script, since pages that are opened as files cannot fetch.
  // It is asked for when somebody is about to search.
  let isAskedFor = false;
  function loadIndex() {
    if (isAskedFor) return;
    isAskedFor = true;
    const element = document.createElement("script");
    element.src = root + "search-index.js";
    element.onload = function () {
      takeIndex(window.composeSiteSearch);
      if (input.value) search();
    };
    element.onerror = function () {
      isAskedFor = false;
      news.textContent = "The search index could not be loaded.";
    };
    document.head.append(element);
  }

  /**
   * Those that have all words of `text` in their names: first the one that is called so,
   * then those that begin with it, then the others.
   */
  function matches(text) {
    const words = text.split(/\s+/);
    const exact = [];
    const beginning = [];
    const containing = [];
    for (const entry of packages) {
      if (entry.lower === text) exact.push(entry);
      else if (entry.lower.startsWith(text)) beginning.push(entry);
      else if (words.every((word) => entry.lower.includes(word))) containing.push(entry);
    }
    return exact.concat(beginning, containing);
  }

  function option(entry, number) {
    const link = document.createElement("a");
    link.href = entry.href;
    link.id = "search-result-" + number;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = entry.name;
    const about = document.createElement("span");
    about.textContent = severalStreams ? entry.about + ", " + entry.stream : entry.about;
    link.append(name, " ", about);
    return link;
  }

  function search() {
    const text = input.value.trim().toLowerCase();
    if (!text) return close();
    if (!packages) return loadIndex();
    const found = matches(text);
    options = found.slice(0, most).map(option);
    // Before the list changes, since scrolling has its places computed.
    if (!list.hidden) list.scrollTop = 0;
    list.replaceChildren(...options);
    if (found.length === 0) {
      const none = document.createElement("div");
      none.className = "none";
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.setAttribute("aria-selected", "false");
      none.textContent = "No package or RPM has all of that in its name.";
      list.append(none);
    }
    select(-1);
    open();
    news.textContent = found.length === 1 ? "1 result"
      : found.length + " results" + (found.length > most ? ", the first " + most + " shown" : "");
  }

  function open() {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    select(-1);
  }

  function select(number) {
    if (options[selected]) options[selected].setAttribute("aria-selected", "false");
    selected = number;
    const now = options[selected];
    if (!now) return input.removeAttribute("aria-activedescendant");
    now.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", now.id);
    now.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  input.addEventListener("focus", loadIndex);
  input.addEventListener("input", search);
  input.addEventListener("keydown", function (event) {
    const isOpen = !list.hidden;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return search();
      const count = options.length;
      if (count === 0) return;
      // One place before the first is the box itself.
      const step = event.key === "ArrowDown" ? 1 : -1;
      select((selected + 1 + step + count + 1) % (count + 1) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (isOpen) close();
      else input.value = "";
    } else if (event.key === "Enter") {
      event.preventDefault();
      const target = options[selected] || options[0];
      if (isOpen && target) location.href = target.href;
    }
  });
  // As on other sites: "/" leads to the search from wherever nothing is typed.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("focusout", function (event) {
    if (!form.contains(event.relatedTarget)) close();
  });

  input.autocapitalize = "none";
  form.hidden = false;

  /** Lets a reader choose among the packages that have left: by name and by release. */
  function filterRows() {
    const filter = document.querySelector(".filter");
    const name = document.getElementById("filter-name");
    const release = document.getElementById("filter-release");
    const table = document.getElementById("left-table");
    const news = document.getElementById("filter-news");
    if (!filter || !name || !release || !table || !news) return;
    const rows = Array.from(table.tBodies[0].rows, (row) => ({
      row: row, name: row.cells[0].textContent.toLowerCase(), release: row.cells[1].textContent,
    }));
    function choose() {
      const words = name.value.trim().toLowerCase().split(/\s+/);
      let shown = 0;
      for (const entry of rows) {
        const fits = words.every((word) => entry.name.includes(word))
          && (!release.value || entry.release === release.value);
        entry.row.hidden = !fits;
        if (fits) shown += 1;
      }
      news.textContent = shown + " of " + rows.length;
    }
    name.addEventListener("input", choose);
    release.addEventListener("change", choose);
    filter.addEventListener("submit", (event) => event.preventDefault());
    filter.hidden = false;
    choose();
  }
})();
