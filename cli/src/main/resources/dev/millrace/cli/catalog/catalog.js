
(() => {
  const tables = [...document.querySelectorAll("details.table")];
  const tools = document.querySelector(".tools");
  const find = document.getElementById("find");
  const found = document.getElementById("found");
  const all = document.getElementById("all");

  const reveal = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const table = place && place.closest("details");
    if (table) {
      table.open = true;
      table.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();

  for (const pre of document.querySelectorAll(".join pre")) {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.textContent = "Copy";
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(pre.textContent);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(pre);
        copy.textContent = "Selected";
      }
      setTimeout(() => { copy.textContent = "Copy"; }, 2000);
    });
    pre.after(copy);
  }

  if (!tools) {
    return;
  }
  tools.hidden = false;
  const events = tables.filter(table => tools.parentElement.contains(table));
  all.addEventListener("click", () => {
    const open = all.textContent === "Open all";
    for (const table of events) table.open = open;
    all.textContent = open ? "Close all" : "Open all";
  });

  const wasOpen = new Map(events.map(table => [table, table.open]));
  const search = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let columns = 0;
    let shown = 0;
    for (const table of events) {
      const name = table.querySelector("h3").textContent.toLowerCase();
      const whole = words.every(word => name.includes(word));
      let hits = 0;
      for (const row of table.querySelectorAll(".columns tbody tr")) {
        const text = name + " " + row.firstChild.textContent.toLowerCase();
        const hit = whole || words.every(word => text.includes(word));
        row.hidden = !hit;
        hits += hit;
      }
      table.hidden = hits === 0 && !whole;
      table.open = words.length === 0 ? wasOpen.get(table) : hits > 0 && !whole || wasOpen.get(table);
      shown += !table.hidden;
      columns += whole ? 0 : hits;
    }
    found.textContent = words.length === 0 ? ""
      : shown === 0 ? "No table or column is called so."
      : `${shown} of ${events.length} tables` + (columns ? `, ${columns} column${columns === 1 ? "" : "s"}` : "");
  };
  find.addEventListener("input", search);
})();
