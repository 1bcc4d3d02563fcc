// The frame of every page: large type without a reload, the choice of an edition and the
// place in the text that it keeps, the channel at hand within the bar.
const root = document.documentElement;
const YEAR = 365 * 24 * 60 * 60; // seconds

function remember(name, value, seconds = YEAR) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Max-Age=${seconds}; Path=/; SameSite=Lax${secure}`;
}

function cookie(name) {
  return document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1];
}

// The server writes the same attributes (fronts/large_type.py). Nothing else differs:
// the whole look hangs on data-type.
const largeType = document.querySelector("[data-large-type]");

function show(isLarge) {
  const button = largeType.querySelector("button");
  if (isLarge) root.dataset.type = "large";
  else delete root.dataset.type;
  button.value = isLarge ? "0" : "1";
  button.setAttribute("aria-pressed", isLarge);
}

largeType?.addEventListener("submit", event => {
  const isLarge = root.dataset.type !== "large";
  remember("jx_large", "1", isLarge ? YEAR : 0);
  // Without cookies only the server could answer, and it could not remember either.
  if ((cookie("jx_large") === "1") !== isLarge) return;
  event.preventDefault();
  show(isLarge);
});

// A page that the back button takes out of memory still has the look it was left with.
addEventListener("pageshow", event => {
  if (event.persisted && largeType) show(cookie("jx_large") === "1");
});

// Which edition somebody chose. Nobody is ever sent to it; it ends the suggestion below.
document.addEventListener("click", event => {
  const link = event.target.closest("[data-edition-links] a");
  if (link) remember("jx_ed", link.hreflang);
});

const current = document.querySelector(".bar__list [aria-current]");
if (current) {
  const list = current.closest("ul");
  list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}

// A browser leaves a link where it is if a part of it is in sight: the ring would be cut.
document.querySelector(".bar__list").addEventListener("focusin", ({ target }) => {
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

const more = document.querySelector(".bar__more");

more?.addEventListener("keydown", event => {
  if (event.key !== "Escape" || !more.open) return;
  more.open = false;
  more.querySelector("summary").focus();
});

// Readers of Traditional Chinese who come upon the Simplified edition are told once that
// there is theirs. It floats, so that nothing moves under their eyes.
const EDITION_OF = { TW: "zh-Hant-TW", HK: "zh-Hant-HK", MO: "zh-Hant-HK" };

function preferredEdition() {
  const language = navigator.languages.find(tag => /^zh\b/i.test(tag));
  if (!language) return null;
  const locale = new Intl.Locale(language);
  if (locale.maximize().script !== "Hant") return null;
  return EDITION_OF[locale.region] ?? "zh-Hant";
}

function wasDismissed(isNow) {
  try {
    if (isNow) localStorage.setItem("jx_suggested", "1");
    return localStorage.getItem("jx_suggested") === "1";
  } catch {
    return false; // storage is refused: the line may come again
  }
}

function suggest(edition) {
  const link = document.querySelector(`[data-edition-links] [hreflang="${edition}"]`);
  if (!link) return;
  const line = document.createElement("aside");
  line.className = "suggestion";
  line.lang = edition;
  line.translate = false;
  line.ariaLabel = "文字版本";
  line.dataset.editionLinks = line.dataset.keepsAnchor = "";
  const way = document.createElement("a");
  way.className = "suggestion__link";
  way.href = link.href;
  way.hreflang = edition;
  way.textContent = "可改看繁體版";
  const close = document.createElement("button");
  close.className = "suggestion__close";
  close.type = "button";
  close.textContent = "不用了";
  close.addEventListener("click", () => {
    wasDismissed(true);
    line.remove();
  });
  line.append(way, close);
  document.querySelector(".skip").after(line);
}

if (root.lang === "zh-Hans" && !cookie("jx_ed") && !wasDismissed()) {
  const edition = preferredEdition();
  if (edition) suggest(edition);
}

// The other editions open at the section that is being read, not at the top.
const keepsPlace = document.querySelectorAll("[data-keeps-anchor] a");

function keepPlace() {
  for (const link of keepsPlace) link.hash = location.hash;
}

addEventListener("hashchange", keepPlace);
keepPlace();
