// Reading a story aloud, with a voice of the reader's own machine. Network voices stop
// after some fifteen seconds and resume() is unreliable on phones: so every utterance is
// one sentence, and a pause forgets the utterance but not the sentence.

// At most 120 characters: a whole rest, else up to a comma, else what fits.
const PIECE = /.{1,120}$|.{1,119}[，、：,\s]|.{1,120}/gsu;
const PATIENCE = 2000; // milliseconds until there is a voice, or there is no button
const RATES = { 慢: 0.75, 中: 1, 快: 1.4 };
const READ = "h1, .story__subtitle, .facts, .story__standfirst, .prose :is(h2, p, li, tr)";
const SKIPPED = "figure, .notices, .correction, .story__back";

const { lang } = document.documentElement;
const isHant = lang.startsWith("zh-Hant");
const WORDS = isHant
  ? { read: "朗讀", pause: "暫停", speed: "語速" }
  : { read: "朗读", pause: "暂停", speed: "语速" };

const synthesis = window.speechSynthesis;
const place = document.querySelector("[data-reading-actions]");
const story = place?.closest("article");

let voice;
let rate = RATES.中;
let blocks = [];
let at = 0; // paragraph
let sentence = 0;
let utterance = null; // the one being heard

function chosenVoice() {
  const accents = { "zh-Hans": "CN", "zh-Hant-HK": "HK" };
  const accent = new RegExp(`[-_]${accents[lang] ?? "TW"}(?![a-z])`, "i");
  const chinese = synthesis.getVoices().filter(({ lang }) => /^(zh|cmn|yue)(?![a-z])/i.test(lang));
  const fitting = chinese.filter(({ lang }) => accent.test(lang));
  const isLocal = ({ localService }) => localService;
  return fitting.find(isLocal) ?? fitting[0] ?? chinese.find(isLocal) ?? chinese[0];
}

function sentencesOf(element) {
  // Facts and table cells are read one by one, with a breath between them.
  const parts = element.matches("dl, tr") ? [...element.children] : [element];
  const text = parts
    .map(part => part.textContent.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join("，");
  const whole = text.match(/[^。！？；!?;]+[。！？；!?;…]*[”’」』）》]*/gu) ?? [];
  return whole.flatMap(one => one.match(PIECE)).filter(one => /[\p{L}\p{N}]/u.test(one));
}

function blocksOf(article) {
  const elements = [...article.querySelectorAll(READ)]
    .filter(element => !element.closest(SKIPPED) && !element.matches("li:has(p, li)"))
    .map(element => element.closest("tr") ?? element);
  return [...new Set(elements)]
    .map(element => ({ element, sentences: sentencesOf(element) }))
    .filter(block => block.sentences.length);
}

function mark(element) {
  story.querySelector("[data-is-read]")?.removeAttribute("data-is-read");
  if (!element) return;
  element.dataset.isRead = "";
  const { top, bottom, height } = element.getBoundingClientRect();
  if (top >= 72 && bottom <= innerHeight - 160) return;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({
    behavior: isCalm ? "auto" : "smooth",
    block: height > innerHeight / 2 ? "start" : "center",
  });
}

function showState() {
  for (const button of document.querySelectorAll("[data-read-aloud]")) {
    button.textContent = utterance ? WORDS.pause : WORDS.read;
    button.setAttribute("aria-pressed", Boolean(utterance));
  }
}

function silence() {
  const wasHeard = utterance;
  utterance = null; // first: cancel() reports the end of what it cancels
  if (wasHeard) synthesis.cancel();
}

function speak() {
  silence();
  const block = blocks[at];
  if (!block) return stop();
  const spoken = new SpeechSynthesisUtterance(block.sentences[sentence]);
  Object.assign(spoken, { voice, lang: voice.lang, rate });
  spoken.onend = () => {
    if (spoken !== utterance) return;
    utterance = null;
    sentence += 1;
    if (sentence === block.sentences.length) goTo(at + 1);
    else speak();
  };
  spoken.onerror = () => {
    if (spoken !== utterance) return;
    utterance = null;
    showState();
  };
  utterance = spoken;
  if (!block.element.hasAttribute("data-is-read")) mark(block.element);
  showState();
  synthesis.speak(spoken);
}

function goTo(paragraph) {
  at = Math.max(paragraph, 0);
  sentence = 0;
  speak();
}

function stop() {
  silence();
  at = sentence = 0;
  mark(null);
  showState();
}

function readOrPause() {
  if (!utterance) return speak();
  silence();
  showState();
}

function setRate(value, pressed) {
  rate = value;
  for (const other of pressed.parentElement.children) {
    other.setAttribute("aria-pressed", other === pressed);
  }
  if (utterance) speak();
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function readingButton(className) {
  const made = button(WORDS.read, readOrPause);
  made.className = className;
  made.dataset.readAloud = "";
  return made;
}

function rateButtons() {
  const group = document.createElement("div");
  group.className = "aloud__rates";
  group.role = "group";
  group.ariaLabel = WORDS.speed;
  for (const [words, value] of Object.entries(RATES)) {
    const made = button(words, () => setRate(value, made));
    made.setAttribute("aria-pressed", value === rate);
    group.append(made);
  }
  return group;
}

// The style shows it in large type, and while a story is being read; it is always there,
// as large type comes without a reload.
// A child of the body: a filter on any other ancestor would tear it from the window.
function bar() {
  const made = document.createElement("section");
  made.className = "aloud";
  made.ariaLabel = WORDS.read;
  made.append(
    readingButton("aloud__read"),
    button("上一段", () => goTo(at - 1)),
    button("下一段", () => goTo(at + 1)),
    rateButtons(),
    button("停止", () => {
      stop();
      if (!made.checkVisibility()) place.querySelector("button").focus({ preventScroll: true });
    }),
  );
  return made;
}

function begin() {
  voice = chosenVoice();
  if (!voice || blocks.length) return;
  blocks = blocksOf(story);
  place.append(readingButton("action"));
  document.querySelector("main").after(bar());
  showState();
  synthesis.removeEventListener("voiceschanged", begin);
}

if (synthesis && story) {
  begin();
  if (!voice) {
    synthesis.addEventListener("voiceschanged", begin);
    setTimeout(() => synthesis.removeEventListener("voiceschanged", begin), PATIENCE);
  }
  addEventListener("pagehide", stop);
}
