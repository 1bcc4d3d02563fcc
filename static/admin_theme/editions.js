// The variant workbench: where the page stood when a form was sent, and keys to go
// through the doubtful places. Everything works without it.
(() => {
  "use strict";
  const bench = document.querySelector("[data-bench]");
  if (!bench) return;

  const placeKept = `editions-scroll:${location.pathname}`;
  const keysKept = "editions-keys";
  const places = [...bench.querySelectorAll("[data-place]")];

  const kept = sessionStorage.getItem(placeKept);
  if (kept !== null) {
    sessionStorage.removeItem(placeKept);
    const { top, place } = JSON.parse(kept);
    // After the browser has gone to the address's anchor.
    addEventListener("load", () => requestAnimationFrame(() => {
      scrollTo({ top, behavior: "instant" });
      places[Math.min(place, places.length - 1)]?.focus({ preventScroll: true });
    }));
  }
  bench.addEventListener("submit", event => {
    const place = places.indexOf(event.target.closest("[data-place]"));
    sessionStorage.setItem(placeKept, JSON.stringify({ top: scrollY, place }));
  });

  bench.addEventListener("click", event => {
    const piece = event.target.closest(".several[data-key]");
    if (piece) location.assign(`?at=${encodeURIComponent(piece.dataset.key)}#chosen`);
  });

  if (!places.length) return;

  const heading = document.getElementById("places-heading");
  const line = document.createElement("p");
  line.className = "bench__keys";
  const label = document.createElement("label");
  const isOn = document.createElement("input");
  isOn.type = "checkbox";
  isOn.checked = localStorage.getItem(keysKept) !== "off";
  label.append(isOn, " 用键盘：j 下一处，k 上一处，a 对");
  line.append(label);
  heading.after(line);
  isOn.addEventListener("change", () => {
    localStorage.setItem(keysKept, isOn.checked ? "on" : "off");
  });

  const step = by => {
    const here = places.indexOf(document.activeElement?.closest("[data-place]"));
    const next = here < 0 ? (by > 0 ? 0 : places.length - 1) : here + by;
    const place = places[Math.max(0, Math.min(next, places.length - 1))];
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  };
  addEventListener("keydown", event => {
    const isTyping = event.target.matches?.("input:not([type=checkbox]), textarea, select");
    if (!isOn.checked || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "a") document.activeElement?.closest("[data-place]")?.querySelector("[data-accept]")?.click();
    else return;
    event.preventDefault();
  });
})();
