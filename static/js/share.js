// Sharing and printing a story. All words stand in the page, so that they are converted
// with it; what only works with a script is unhidden here.
const find = (name) => document.querySelector(`[data-${name}]`);
const panel = find("share");
const opener = find("share-open");
const field = find("share-address");
const isWechat = /MicroMessenger/i.test(navigator.userAgent);

function offer(name, act) {
  for (const button of document.querySelectorAll(`[data-${name}]`)) {
    button.hidden = false;
    button.addEventListener("click", act);
  }
}

function say(name) {
  find("share-said").textContent = find(name).textContent;
}

// The code for paper is not loaded for the screen: it must be there before the sheet is.
async function printStory() {
  panel?.close();
  const code = find("print-code");
  if (code) {
    code.loading = "eager";
    await code.decode().catch(() => {});
  }
  print();
}

async function copy() {
  try {
    await navigator.clipboard.writeText(field.value);
    say("share-copied");
  } catch {
    // No secure connection or no permission: the reader copies by hand.
    field.focus();
    field.select();
    say("share-selected");
  }
}

function open(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  find("share-said").textContent = "";
  panel.showModal();
}

// What WeChat shows of a page is its first large picture: a story without one lends its card.
function lendCard(address) {
  const card = new Image();
  card.className = "lent-card";
  card.alt = "";
  card.src = address;
  document.body.prepend(card);
}

// The newsroom's clock, like every other time on the paper.
const CLOCK = new Intl.DateTimeFormat("en", {
  timeZone: "Asia/Shanghai", hourCycle: "h23",
  year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
});

function noteTime() {
  const now = Object.fromEntries(CLOCK.formatToParts().map(({ type, value }) => [type, value]));
  find("printed-at").textContent = `${now.year}年${now.month}月${now.day}日 ${now.hour}:${now.minute}`;
  find("printed").hidden = false;
}

offer("print", printStory);
if (find("printed")) addEventListener("beforeprint", noteTime);
if (panel) {
  const shared = { title: panel.dataset.title, url: field.value };
  offer("share-copy", copy);
  opener?.addEventListener("click", open);
  if (isWechat) {
    find("share-wechat").hidden = false;
    if (opener?.dataset.square) lendCard(opener.dataset.square);
  } else if (navigator.canShare?.(shared)) {
    offer("share-more", () => navigator.share(shared).catch(() => {}));
  }
}
