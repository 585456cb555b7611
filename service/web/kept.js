/** The decisions that this browser keeps, of all articles: counted, exported as training labels, removed. */
import { byId, counted } from "./dom.js";
import { download } from "./download.js";
import { trainingLines } from "./labels.js";
import { allCorrections, removeCorrections } from "./store.js";

const FORGET = "Remove from this browser";

export class KeptCorrections {
  #say;
  #onRemoved;
  #exported = ""; // what the last export held

  constructor({ say, onRemoved }) {
    this.#say = say;
    this.#onRemoved = onRemoved;
    byId("export").addEventListener("click", () => this.#export());
    byId("forget").addEventListener("click", (event) => this.#forget(event.currentTarget));
    this.show();
  }

  show() {
    const records = allCorrections();
    const quotes = records.flatMap(({ decided }) => Object.values(decided));
    const corrected = quotes.filter(({ verdict }) => verdict === "corrected").length;
    byId("kept-corrections").hidden = quotes.length === 0;
    byId("kept-count").textContent =
      `${counted(quotes.length, "quote")} in ${counted(records.length, "article")} reviewed, ${corrected} corrected. ` +
      "Your decisions are saved only in this browser, with the articles’ texts, until you remove them. The export has a " +
      "line for each article, with a label for each reviewed quote, and can be used to train and measure the model.";
    byId("forget").textContent = FORGET;
  }

  #export() {
    const lines = trainingLines(allCorrections());
    download(`corrections-${new Date().toISOString().slice(0, 10)}.jsonl`, "application/jsonl", lines);
    this.#exported = lines;
    this.#say("Exported.");
  }

  /** Removes them, after a second click where they have not been exported as they are. */
  #forget(button) {
    const records = allCorrections();
    const isSure = trainingLines(records) === this.#exported || button.textContent !== FORGET;
    if (!isSure) {
      button.textContent = "Not exported: remove anyway";
      return;
    }
    removeCorrections(records);
    this.#exported = "";
    this.#onRemoved();
    this.show();
    this.#say("Removed from this browser.");
  }
}
