// One reading of this story is counted, without saying by whom: no cookie, no name.
// A page that is opened in the background counts once it is looked at.
const story = document.querySelector("[data-counts-at]");

function count() {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", count);
  navigator.sendBeacon(story.dataset.countsAt);
}

if (story) {
  document.addEventListener("visibilitychange", count);
  count();
}
