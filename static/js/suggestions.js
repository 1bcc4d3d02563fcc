// Completions under the search field. Without a script the field is an ordinary one.
const WAIT = 150; // milliseconds after the last key
const line = document.querySelector("[data-suggestions]");
const field = line.querySelector("input");
const said = line.querySelector("[role=status]");
const list = document.createElement("ul");
let chosen = -1;
let timer;
let asking;

list.className = "suggestions";
list.id = "search-suggestions";
list.role = "listbox";
list.ariaLabel = document.querySelector("h1").textContent;
list.hidden = true;
line.append(list);
field.role = "combobox";
field.setAttribute("aria-autocomplete", "list");
field.setAttribute("aria-controls", list.id);
field.ariaExpanded = "false";

function close() {
  clearTimeout(timer);
  asking?.abort();
  list.hidden = true;
  field.ariaExpanded = "false";
  choose(-1);
}

function choose(place) {
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = place;
  const row = list.children[chosen];
  row?.setAttribute("aria-selected", "true");
  row?.scrollIntoView({ block: "nearest" });
  if (row) field.setAttribute("aria-activedescendant", row.id);
  else field.removeAttribute("aria-activedescendant");
}

function rowFor(title, kind, address, place) {
  const row = document.createElement("li");
  row.className = "suggestions__one";
  row.id = `search-suggestion-${place}`;
  row.role = "option";
  row.ariaSelected = "false";
  row.dataset.address = address;
  const words = document.createElement("span");
  words.textContent = title;
  const mark = document.createElement("span");
  mark.className = "suggestions__kind";
  mark.textContent = kind;
  row.append(words, " ", mark);
  return row;
}

async function suggest() {
  const typed = field.value.trim();
  if (!typed) return close();
  asking?.abort();
  asking = new AbortController();
  const address = `${line.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) return close();
    const [, titles, kinds, addresses] = await answer.json();
    choose(-1);
    list.replaceChildren(
      ...titles.map((title, place) => rowFor(title, kinds[place], addresses[place], place)),
    );
    list.hidden = titles.length === 0;
    said.textContent = titles.length ? `${titles.length} ${said.dataset.some}` : "";
    field.ariaExpanded = String(!list.hidden);
  } catch (error) {
    // Aborted by the next key, which asks anew. Without a connection the field works as
    // it does without a script.
    if (error.name !== "AbortError") close();
  }
}

field.addEventListener("input", (event) => {
  clearTimeout(timer);
  choose(-1);
  // While an input method is composing, what stands in the field is no word yet.
  if (!event.isComposing) timer = setTimeout(suggest, WAIT);
});
field.addEventListener("compositionend", () => {
  clearTimeout(timer);
  timer = setTimeout(suggest, WAIT);
});
field.addEventListener("keydown", (event) => {
  // Safari ends a composition before it tells of the key that ended it.
  if (event.isComposing || event.keyCode === 229) return;
  const last = list.children.length - 1;
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  } else if (event.key === "ArrowDown" && !list.hidden) {
    event.preventDefault();
    choose(chosen < last ? chosen + 1 : 0);
  } else if (event.key === "ArrowUp" && !list.hidden) {
    event.preventDefault();
    choose(chosen > 0 ? chosen - 1 : last);
  } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
    event.preventDefault();
    location.assign(list.children[chosen].dataset.address);
  }
});
field.addEventListener("blur", close);
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const row = event.target.closest("[role=option]");
  if (row) location.assign(row.dataset.address);
});
