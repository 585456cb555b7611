/** The page: what is asked goes from the form to the service, and the answer to the article, the lists and the status. */
import { ArticleView } from "./article.js";
import { copy } from "./clipboard.js";
import { byId, element } from "./dom.js";
import { EXAMPLES, exampleText } from "./examples.js";
import { Filters } from "./filters.js";
import { readLink, writeLink } from "./link.js";
import { explain } from "./messages.js";
import { attribute, attributeAsCsv, info, useKey } from "./service.js";
import { voices } from "./voices.js";

const fields = {
  text: byId("text"),
  publisher: byId("publisher"),
  confidence: byId("confidence"),
  nonspeech: byId("nonspeech"),
};
const view = new ArticleView(byId("article"));
const filters = new Filters({ speaker: byId("speakers"), outlet: byId("outlets") }, showMatches);

let example = ""; // the name of the example that the text is, if it is one
let asked = null; // the article that the answer on the page is to, as it was sent
let answer = null;
let running = null; // the AbortController of the request under way
let maxCharacters = null;

// Asking

async function ask() {
  if (!fields.text.value.trim()) {
    byId("source").open = true;
    fields.text.focus();
    showProblem({ title: "There is no article yet", advice: "Paste one, or take an example.", details: [], reference: null });
    return;
  }
  running?.abort();
  const mine = (running = new AbortController());
  const article = articleToAsk();
  const stopClock = startWorking();
  try {
    const given = await attributeWhenReady(article, mine.signal);
    [asked, answer] = [article, given];
    showAnswer();
  } catch (error) {
    if (error.name !== "AbortError") {
      showProblem(explain(error));
      if (error.status === 401) askForKey();
    } else if (running === mine) {
      byId("problem").replaceChildren();
      say("Stopped.");
    }
  } finally {
    stopClock();
    if (running === mine) {
      running = null;
      byId("working").hidden = true;
    }
  }
}

/** Asks again for as long as the service says when to: while it starts, or has no room. */
async function attributeWhenReady(article, signal) {
  for (;;) {
    try {
      return await attribute(article, signal);
    } catch (error) {
      if (!error.retryAfter) throw error;
      showProblem(explain(error));
      await pause(1000 * error.retryAfter, signal);
      byId("problem").replaceChildren();
    }
  }
}

function articleToAsk() {
  return {
    text: fields.text.value,
    publisher: fields.publisher.value.trim() || null,
    min_confidence: Number(fields.confidence.value),
    include_nonspeech: fields.nonspeech.checked,
  };
}

function startWorking() {
  const began = performance.now();
  const clock = () => (byId("elapsed").textContent = `${((performance.now() - began) / 1000).toFixed(1)} s`);
  clock();
  byId("working").hidden = false;
  byId("problem").replaceChildren();
  say("Reading the article.");
  const timer = setInterval(clock, 100);
  return () => clearInterval(timer);
}

/** Waits. Throws the AbortError of `signal` where that comes first. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

// Showing

function showAnswer() {
  const known = voices(answer.speakers);
  byId("summary").textContent = [
    counted(answer.quotes.filter((quote) => quote.kind === "speech").length, "quote"),
    counted(answer.speakers.length, "speaker"),
    counted(answer.outlets.length, "outlet"),
  ].join(" · ");
  byId("warnings").replaceChildren(...answer.warnings.map((warning) => element("li", {}, warning)));
  view.show(asked.text, answer.quotes, known);
  byId("result").hidden = false;
  filters.show(answer, known);
  const wasOpen = byId("source").open;
  byId("source").open = false;
  if (wasOpen) byId("result").focus();
  say(`Done: ${byId("summary").textContent}.`);
}

function showMatches(ids) {
  view.filter(ids);
  const isAll = ids.size === answer.quotes.length;
  const clear = element("button", { type: "button" }, "Show all");
  clear.addEventListener("click", () => filters.clear());
  const shown = `${ids.size} of ${answer.quotes.length} shown.`;
  byId("shown").replaceChildren(...(isAll ? [] : [shown, " ", clear]));
  if (!isAll) say(shown);
}

function showProblem({ title, advice, details, reference }) {
  say("");
  byId("problem").replaceChildren(
    element(
      "div",
      { class: "problem" },
      element("h2", {}, title),
      advice ? element("p", {}, advice) : null,
      details.length ? element("ul", {}, ...details.map((detail) => element("li", {}, detail))) : null,
      reference ? element("p", { class: "hint" }, "Request ", element("code", {}, reference)) : null,
    ),
  );
}

function askForKey() {
  byId("key-label").hidden = false;
  byId("key").focus();
}

function say(words) {
  byId("status").textContent = words;
}

function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

// Copying

async function copyFrom(button, produce) {
  const label = button.dataset.label ?? (button.dataset.label = button.textContent);
  try {
    const done = await copy(await produce());
    button.textContent = done ? "Copied" : "Not copied";
    say(done ? "Copied." : "The browser did not allow it.");
  } catch (error) {
    showProblem(explain(error));
  }
  setTimeout(() => (button.textContent = label), 2000);
}

// The form

async function takeExample(name) {
  const text = await exampleText(name).catch(() => null);
  if (text === null) return;
  fields.text.value = text;
  example = name;
  textChanged();
  settingsChanged();
  await ask();
}

function textChanged() {
  const length = [...fields.text.value].length;
  const limit = maxCharacters === null ? "" : ` of ${maxCharacters.toLocaleString("en")}`;
  byId("size").textContent = length || limit ? `${length.toLocaleString("en")}${limit} characters` : "";
  byId("size").classList.toggle("over", maxCharacters !== null && length > maxCharacters);
}

function settingsChanged() {
  byId("confidence-shown").textContent = Number(fields.confidence.value).toFixed(2);
  writeLink({
    example,
    publisher: fields.publisher.value.trim(),
    confidence: fields.confidence.value,
    nonspeech: fields.nonspeech.checked ? "1" : "",
  });
}

/** A setting that changes the answer on the page is asked for again. */
function settingChosen() {
  settingsChanged();
  if (answer) ask();
}

function connect() {
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  byId("cancel").addEventListener("click", () => running?.abort());
  fields.text.addEventListener("input", () => {
    example = "";
    textChanged();
    settingsChanged();
  });
  fields.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
  });
  byId("key").addEventListener("change", (event) => useKey(event.currentTarget.value.trim()));
  fields.publisher.addEventListener("change", settingChosen);
  fields.confidence.addEventListener("input", settingsChanged);
  fields.confidence.addEventListener("change", settingChosen);
  fields.nonspeech.addEventListener("change", settingChosen);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    running?.abort();
    view.letGo();
  });
  byId("copy-json").addEventListener("click", (event) => copyFrom(event.currentTarget, () => JSON.stringify(answer, null, 2)));
  byId("copy-csv").addEventListener("click", (event) => copyFrom(event.currentTarget, () => attributeAsCsv(asked)));
  byId("copy-link").addEventListener("click", (event) => copyFrom(event.currentTarget, () => location.href));
  for (const [name, title] of Object.entries(EXAMPLES)) {
    const button = element("button", { type: "button", "data-example": name }, title);
    button.addEventListener("click", () => takeExample(name));
    document.querySelector(".examples").append(button);
  }
}

async function start() {
  connect();
  const link = readLink();
  fields.publisher.value = link.publisher;
  fields.confidence.value = link.confidence;
  fields.nonspeech.checked = link.nonspeech === "1";
  example = link.example;
  settingsChanged();
  textChanged();
  info().then(showInfo, () => {}); // the page does without
  if (example) await takeExample(example);
}

function showInfo({ model, limits }) {
  maxCharacters = limits.max_article_chars;
  textChanged();
  if (model) byId("model").textContent = `Answered by ${model.name} ${model.version} (${model.sha256.slice(0, 12)}).`;
}

start();
