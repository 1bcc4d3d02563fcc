/* A finding leads to its field: a part of the story, or the section with that anchor. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector("[data-findings]");

  const rowOf = anchor => {
    const field = document.querySelector(`input[name$="-carried_anchor"][value="${anchor}"]`);
    return field && field.closest(".inline-related");
  };

  const placeOf = (target, part) => {
    const [group, anchor] = target.split(":");
    if (!anchor) {
      return document.getElementById(`id_${group}`)
        || document.getElementById(`id_${group}_0`)
        || document.getElementById(`${group}-group`);
    }
    const row = rowOf(anchor);
    if (!row) return document.getElementById("sections-group");
    return row.querySelector(part === "body" ? ".ProseMirror" : `[name$="-${part}"]`) || row;
  };

  if (list) {
    list.addEventListener("click", event => {
      const link = event.target.closest("[data-target]");
      if (!link) return;
      const place = placeOf(link.dataset.target, link.dataset.part);
      if (!place) return;
      event.preventDefault();
      place.scrollIntoView({ block: "center" });
      if (!place.matches("input, textarea, select, [contenteditable]")) place.tabIndex = -1;
      place.focus({ preventScroll: true });
    });
  }
});
