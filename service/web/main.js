/** The page: what is asked goes from the form to the service, and the answer to the desk, where an editor works on it. */
import { byId, element } from "./dom.js";
import { Desk } from "./desk.js";
import { estimate, inWords, learn } from "./estimate.js";
import { EXAMPLES, exampleText } from "./examples.js";
import { readLink, writeLink } from "./link.js";
import { explain } from "./messages.js";
import { pastedInPlaceOfText } from "./pasted.js";
import { attributeWhenReady, info, useKey } from "./service.js";
import { draft, keepDraft, keepSpeeds, speeds } from "./store.js";

const fields = {
  text: byId("text"),
  publisher: byId("publisher"),
  confidence: byId("confidence"),
  nonspeech: byId("nonspeech"),
};
const desk = new Desk({ publisher, say, showProblem });

let example = ""; // the name of the example that the text is, if it is one
let running = null; // the AbortController of the request under way
let limits = null; // the service's
let choosing = 0; // the animation frame in which the settings are applied

// Asking

/** Asks for the quotes of what is in the box: as text, or as the HTML that it is. */
async function ask(form = "text") {
  if (!fields.text.value.trim()) {
    byId("source").open = true;
    fields.text.focus();
    showProblem({ title: "No article yet", advice: "Paste an article or choose an example." });
    return;
  }
  running?.abort();
  const mine = (running = new AbortController());
  const given = fields.text.value;
  const stopClock = startWorking([...given].length);
  try {
    const answer = await attributeWhenReady({ [form]: given, include_nonspeech: true }, mine.signal, showWait);
    if (form !== "text") putOwnText(answer.text);
    const seconds = stopClock();
    if (form === "text") keepSpeeds(learn(speeds(), [...given].length, seconds));
    showAnswer(answer.text ?? given, answer);
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

/** Shows that the service is at work on so many characters. Returns what stops the clock and says its seconds. */
function startWorking(characters) {
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  const expected = estimate(speeds(), characters);
  const of = expected ? ` of ${inWords(expected)}` : "";
  const clock = () => (byId("elapsed").textContent = `${elapsed().toFixed(1)} s${of}`);
  clock();
  byId("working").hidden = false;
  byId("problem").replaceChildren();
  say(expected ? `Reading the article. This takes ${inWords(expected)}.` : "Reading the article.");
  const timer = setInterval(clock, 100);
  return () => {
    clearInterval(timer);
    return elapsed();
  };
}

function showWait(failure) {
  if (failure) showProblem(explain(failure));
  else byId("problem").replaceChildren();
}

function showAnswer(text, answer) {
  desk.show(text, answer, settings());
  const wasOpen = byId("source").open;
  byId("source").open = false;
  if (wasOpen) byId("result").focus();
  markStale();
  say(`Done: ${byId("summary").textContent}.`);
}

// Saying

function showProblem({ title, advice, details = [], reference = null }) {
  say("");
  byId("problem").replaceChildren(
    element(
      "div",
      { class: "problem" },
      element("h2", {}, title),
      advice ? element("p", {}, advice) : null,
      details.length ? element("ul", {}, ...details.map((detail) => element("li", {}, detail))) : null,
      reference ? element("p", { class: "hint" }, "Request id: ", element("code", {}, reference)) : null,
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

// The form

function publisher() {
  return fields.publisher.value.trim() || null;
}

function settings() {
  return { minConfidence: Number(fields.confidence.value), nonspeech: fields.nonspeech.checked };
}

async function takeExample(name) {
  const text = await exampleText(name).catch(() => null);
  if (text === null) return;
  example = name;
  putText(text);
  settingsChanged();
  await ask();
}

/** Puts a text into the box that need not be kept: an example, or the draft. */
function putText(text) {
  fields.text.value = text;
  textChanged();
}

/** Puts a text into the box as if it had been typed: it is kept. */
function putOwnText(text) {
  fields.text.value = text;
  textTyped();
}

function textTyped() {
  example = "";
  keepDraft({ text: fields.text.value, publisher: fields.publisher.value });
  textChanged();
  settingsChanged();
}

function textChanged() {
  const length = [...fields.text.value].length;
  const limit = limits ? ` of ${limits.max_article_chars.toLocaleString("en")}` : "";
  const seconds = estimate(speeds(), length);
  const size = length || limit ? `${length.toLocaleString("en")}${limit} characters` : "";
  byId("size").textContent = [size, seconds ? `${inWords(seconds)} to read` : ""].filter(Boolean).join(", ") + (size ? "." : "");
  byId("size").classList.toggle("over", limits !== null && length > limits.max_article_chars);
  hintAtPasted();
  markStale();
}

/** An answer to another text than the one in the box says so. */
function markStale() {
  byId("stale").hidden = desk.text === null || desk.text === fields.text.value;
}

function hintAtPasted() {
  const asHtml = element("button", { type: "button" }, "Read it as HTML");
  asHtml.addEventListener("click", () => ask("html"));
  const hints = {
    link: ["This is a link, which the service does not open. Open it yourself and paste the article’s text here."],
    markup: ["This looks like HTML. ", asHtml],
  };
  byId("pasted").replaceChildren(...(hints[pastedInPlaceOfText(fields.text.value)] ?? []));
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

/** The settings choose from the answer that is there; nothing is asked again. */
function settingChosen() {
  settingsChanged();
  cancelAnimationFrame(choosing); // a slider moves faster than a long article is drawn
  choosing = requestAnimationFrame(() => desk.choose(settings()));
}

function emptyBox() {
  fields.publisher.value = "";
  putOwnText("");
  fields.text.focus();
}

function newArticle() {
  desk.clear();
  byId("source").open = true;
  emptyBox();
  say("Ready for another article.");
}

function connect() {
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  byId("cancel").addEventListener("click", () => running?.abort());
  byId("clear").addEventListener("click", emptyBox);
  byId("new").addEventListener("click", newArticle);
  byId("ask-again").addEventListener("click", () => ask());
  fields.text.addEventListener("input", textTyped);
  fields.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
  });
  byId("key").addEventListener("change", (event) => useKey(event.currentTarget.value.trim()));
  fields.publisher.addEventListener("input", settingsChanged);
  fields.confidence.addEventListener("input", settingChosen);
  fields.nonspeech.addEventListener("change", settingChosen);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") running?.abort();
  });
  for (const [name, title] of Object.entries(EXAMPLES)) {
    const button = element("button", { type: "button", "data-example": name }, title);
    button.addEventListener("click", () => takeExample(name));
    document.querySelector(".examples").append(button);
  }
}

async function start() {
  connect();
  const link = readLink();
  const kept = draft();
  fields.publisher.value = link.publisher || kept.publisher;
  fields.confidence.value = link.confidence;
  fields.nonspeech.checked = link.nonspeech === "1";
  example = link.example;
  settingsChanged();
  putText(example ? "" : kept.text);
  info().then(showInfo, () => {}); // the page does without
  if (example) await takeExample(example);
}

function showInfo(given) {
  limits = given.limits;
  textChanged();
  const { model } = given;
  if (model) byId("model").textContent = `Model: ${model.name} ${model.version} (${model.sha256.slice(0, 12)}).`;
}

start();
