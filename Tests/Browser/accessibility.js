// What WCAG 2.2 (A and AA) asks of a page and a program can see: an expression that
// gives a sentence for each fault. check-site evaluates it in the page.
(() => {
  const found = [];
  const report = (rule, element, cause) => {
    const shown = element ? " " + element.outerHTML.replace(/\s+/g, " ").slice(0, 90) : "";
    found.push(`${rule}: ${cause}${shown}`);
  };
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const isShown = (element) => {
    const style = getComputedStyle(element);
    return element.getClientRects().length > 0 && style.visibility !== "hidden";
  };
  const textOf = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");

  /** The accessible name, as far as these pages need it (accname 1.2). */
  const nameOf = (element) => {
    const labelled = element.getAttribute("aria-labelledby");
    if (labelled) return textOf(labelled).trim();
    const label = element.getAttribute("aria-label");
    if (label?.trim()) return label.trim();
    if (element.labels?.length) return Array.from(element.labels, (one) => one.textContent).join(" ").trim();
    if (element.tagName === "IMG") return (element.getAttribute("alt") ?? "").trim();
    if (element.tagName === "TABLE") return (element.caption?.textContent ?? "").trim();
    if (["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName)) return "";
    return (element.textContent + all("img[alt]").filter((one) => element.contains(one)).map((one) => one.alt).join(" ")).trim();
  };

  // The document (3.1.1, 2.4.2, 1.4.4).
  if (!/^[a-z]{2,3}(-|$)/i.test(document.documentElement.lang)) report("lang", null, "the page does not say its language");
  if (!document.title.trim()) report("title", null, "the page has no title");
  const viewport = document.querySelector("meta[name=viewport]")?.content ?? "";
  if (/user-scalable\s*=\s*no|maximum-scale/.test(viewport)) report("zoom", null, "the page cannot be made larger");

  // Identifiers, and what refers to them (4.1.2).
  const ids = new Map();
  for (const element of all("[id]")) ids.set(element.id, (ids.get(element.id) ?? 0) + 1);
  for (const [id, count] of ids) if (count > 1) report("duplicate-id", null, `${count} elements have the id '${id}'`);
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for", "aria-activedescendant"]) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/)) {
        if (!ids.has(id)) report("reference", element, `${attribute} leads to no element:`);
      }
    }
  }

  // Landmarks (1.3.1, 2.4.1): all of the text is in one.
  const mains = all("main");
  if (mains.length !== 1) report("landmark", null, `there are ${mains.length} main parts`);
  const landmarks = all("nav, [role=region], [role=search], aside");
  const names = new Set();
  for (const element of landmarks.filter(isShown)) {
    const name = element.getAttribute("aria-label") ?? (element.hasAttribute("aria-labelledby") ? nameOf(element) : "");
    const kind = element.getAttribute("role") ?? element.tagName.toLowerCase();
    const isAlone = landmarks.filter((one) => (one.getAttribute("role") ?? one.tagName.toLowerCase()) === kind).length === 1;
    if (!name && !(isAlone && kind === "search")) report("landmark", element, "a part has no name:");
    if (name && names.has(kind + name)) report("landmark", element, "two parts of a kind have one name:");
    names.add(kind + name);
  }
  for (const element of document.body.children) {
    const isSkip = element.matches("a.skip");
    if (isSkip || ["SCRIPT", "STYLE"].includes(element.tagName) || element.matches("header, main, footer, nav, aside")) continue;
    report("landmark", element, "something is in no part of the page:");
  }
  const first = document.querySelector("a[href], button, input, select, summary, [tabindex]");
  const hasHeader = document.querySelector("body > header nav ul, body > header form");
  if (hasHeader && !(first?.getAttribute("href") ?? "").startsWith("#")) report("skip", first, "the first link does not skip to the contents:");

  // Headings (1.3.1, 2.4.6).
  let level = 0;
  const headings = all("h1, h2, h3, h4, h5, h6").filter(isShown);
  if (headings.filter((one) => one.tagName === "H1").length !== 1) report("headings", null, "there is not just one h1");
  for (const heading of headings) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) report("headings", heading, `h${next} follows h${level}:`);
    if (!heading.textContent.trim()) report("headings", heading, "a heading is empty:");
    level = next;
  }

  // Names of what can be used (2.4.4, 4.1.2), and texts of links.
  const vague = new Set(["here", "click here", "link", "more", "read more", "this"]);
  for (const element of all("a[href], button, summary, [role=button], [role=option]")) {
    const name = nameOf(element);
    if (!name) report("name", element, "it has no name:");
    else if (vague.has(name.toLowerCase())) report("link-text", element, "its text says nothing of where it leads:");
  }
  for (const element of all("input:not([type=hidden]), select, textarea")) {
    if (!nameOf(element)) report("label", element, "it has no label:");
  }
  for (const element of all("img")) if (!element.hasAttribute("alt")) report("alt", element, "a picture has no alternative:");
  for (const element of all("svg")) {
    const isHidden = element.getAttribute("aria-hidden") === "true";
    if (!isHidden && !(element.getAttribute("role") === "img" && nameOf(element))) report("alt", element, "a drawing has no name:");
  }
  for (const element of all("[aria-hidden=true]")) {
    if (element.querySelector("a[href], button, input, select, [tabindex='0']")) report("hidden-focus", element, "something that is hidden takes the focus:");
  }

  // Tables (1.3.1).
  for (const table of all("table")) {
    if (!nameOf(table) || !(table.caption || table.hasAttribute("aria-labelledby") || table.hasAttribute("aria-label"))) report("table", table, "a table has no name:");
    const columns = Array.from(table.tHead?.rows[0]?.cells ?? []);
    if (columns.length === 0) report("table", table, "a table has no heads of columns:");
    for (const cell of table.querySelectorAll("th")) {
      if (!["col", "row"].includes(cell.scope)) report("table", cell, "a head does not say what it is for:");
      if (!cell.textContent.trim()) report("table", cell, "a head is empty:");
    }
    for (const row of table.tBodies[0]?.rows ?? []) {
      if (row.cells.length !== columns.length) { report("table", row, "a row has not as many cells as heads:"); break; }
      if (!row.querySelector("th[scope=row]")) { report("table", row, "a row has no head:"); break; }
    }
  }

  // Lists (1.3.1).
  for (const list of all("ul, ol")) {
    for (const child of list.children) if (!["LI", "SCRIPT", "TEMPLATE"].includes(child.tagName)) report("list", child, "it is in a list and no item:");
  }
  for (const item of all("li")) if (!item.parentElement.matches("ul, ol, menu")) report("list", item, "an item is in no list:");
  for (const list of all("dl")) {
    if (!list.querySelector("dt") || !list.querySelector("dd")) report("list", list, "a list of terms has none:");
  }

  // Focus (2.1.1, 2.4.3, 2.4.7): in the order of the document, and where things scroll.
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) report("focus-order", element, "it takes the focus out of turn:");
  for (const element of all("body *")) {
    const style = getComputedStyle(element);
    const scrolls = (/(auto|scroll)/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (/(auto|scroll)/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
    if (!scrolls || !isShown(element) || element.matches("input, select, textarea, #search-results")) continue;
    if (element.tabIndex < 0 && !element.querySelector("a[href], button, input")) report("scroll", element, "it scrolls, but not by keyboard:");
  }
  const place = document.scrollingElement.scrollTop;
  // Who moves the focus by keyboard sees where it is: check-site has pressed a key before.
  for (const element of all("a[href], input, select, summary, [tabindex='0']").filter(isShown).slice(0, 60)) {
    element.focus({ preventScroll: true });
    if (document.activeElement !== element) { report("focus", element, "it does not take the focus:"); continue; }
    const style = getComputedStyle(element);
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!hasOutline) report("focus-visible", element, "nothing shows that it has the focus:");
  }
  document.activeElement?.blur?.();
  document.scrollingElement.scrollTop = place;

  // Sizes of what is touched (2.5.8): 24 px, or in a sentence, or with room around it.
  const targets = all("a[href], button, input, select, summary").filter(isShown).slice(0, 400)
    .map((element) => ({ element: element, box: element.getBoundingClientRect() }))
    .filter((one) => one.box.width > 0 && one.box.left >= 0);
  const isInSentence = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    return Array.from(element.parentElement.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim().length > 1);
  };
  const small = targets.filter((one) => Math.min(one.box.width, one.box.height) < 23.5 && !isInSentence(one.element));
  for (const one of small) {
    const x = (one.box.left + one.box.right) / 2;
    const y = (one.box.top + one.box.bottom) / 2;
    const crowding = targets.find((other) => other !== one && !one.element.contains(other.element) && !other.element.contains(one.element)
      && Math.hypot(Math.max(other.box.left - x, 0, x - other.box.right), Math.max(other.box.top - y, 0, y - other.box.bottom)) < 12);
    if (crowding) report("target-size", one.element, `it is ${Math.round(one.box.width)} by ${Math.round(one.box.height)} px, and another is beside it:`);
  }
  return found;
})()
