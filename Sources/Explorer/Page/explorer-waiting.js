// What the page says while one waits and when something went wrong: always in words.

import { counted, duration, element, number, signButton } from "./explorer-elements.js";
import { sentence } from "./explorer-client.js";

/** How long something may take before a sign of it appears; a flicker at every key would only disturb. */
const patience = 150;

export class Waiting {
  #pending = new Map();
  #complaints = new Map();

  constructor() {
    this.line = document.getElementById("waiting");
    this.box = document.getElementById("complaints");
  }

  /**
   * Waits for work and says so. What fails is told under its topic, until the same succeeds.
   *
   * @returns What the work gives; undefined when it failed or was given up.
   */
  async during(topic, words, work) {
    const token = Symbol(topic);
    const timer = setTimeout(() => { this.#pending.set(token, words); this.#show(); }, patience);
    try {
      const value = await work;
      this.complain(topic, null);
      return value;
    } catch (error) {
      const text = sentence(error);
      if (text !== null) this.complain(topic, text);
      return undefined;
    } finally {
      clearTimeout(timer);
      this.#pending.delete(token);
      this.#show();
    }
  }

  #show() {
    const words = [...new Set(this.#pending.values())];
    this.line.hidden = words.length === 0;
    this.line.lastElementChild.textContent = words.length === 0 ? "" : words.join(", ") + "…";
    document.documentElement.dataset.waiting = String(words.length);
  }

  /** Tells what went wrong; null takes it back. */
  complain(topic, text) {
    if (text === null) {
      if (!this.#complaints.delete(topic)) return;
    } else if (this.#complaints.get(topic) === text) return;
    else this.#complaints.set(topic, text);
    this.box.replaceChildren(...Array.from(this.#complaints, ([topic, text]) =>
      element("p", { class: "complaint" }, text, " ",
        signButton("×", "Dismiss", () => this.complain(topic, null)))));
  }
}

const doing = { reading: "Looking for images", embedding: "Embedding images", mapping: "Making the map" };

/** How far the images have come, by the server's events. */
export class Progress {
  constructor(client, waiting, changed) {
    Object.assign(this, { client, waiting, changed });
    this.box = document.getElementById("progress");
    this.bar = this.box.querySelector("progress");
    this.text = document.getElementById("progress-text");
    [this.revision, this.isAtWork] = [-1, false];
    this.events = null;
  }

  /** Shows a progress, and listens on while there is more to come. */
  show(progress, revision) {
    const isAtWork = Object.hasOwn(doing, progress.stage);
    this.box.hidden = !isAtWork;
    document.documentElement.dataset.stage = progress.stage;
    if (progress.stage === "failed") {
      this.waiting.complain("progress", progress.message ?? "The images could not be prepared; the terminal says why.");
    }
    if (isAtWork) {
      if (progress.total > 0) [this.bar.max, this.bar.value] = [progress.total, progress.done];
      else this.bar.removeAttribute("value");
      this.text.textContent = Progress.words(progress);
    }
    if (isAtWork && this.events === null) this.#listen();
    if (!isAtWork) this.#close();
    const isNews = this.revision >= 0 && (revision > this.revision || (this.isAtWork && !isAtWork));
    [this.revision, this.isAtWork] = [revision, isAtWork];
    if (isNews) this.changed(isAtWork);
  }

  static words({ stage, done, total, rate, message }) {
    const parts = [doing[stage] + (total > 0 ? `: ${number(done)} of ${number(total)}` : "")];
    if (rate > 0) {
      parts.push(`${rate >= 10 ? number(Math.round(rate)) : rate.toPrecision(2)} a second`);
      if (total > done) parts.push(`${duration((total - done) / rate)} left`);
    }
    if (message) parts.push(message);
    return parts.join(", ");
  }

  #listen() {
    this.events = new EventSource("api/v1/events");
    this.events.addEventListener("progress", (event) => {
      this.waiting.complain("events", null);
      const progress = JSON.parse(event.data);
      this.show(progress, progress.revision);
    });
    this.events.addEventListener("error", () => {
      this.waiting.complain("events", "The connection to topoclip is gone; the page tries again.");
    });
  }

  #close() {
    this.events?.close();
    this.events = null;
    this.waiting.complain("events", null);
  }
}

/** What the page says of the whole: notes, numbers, what could not be used. */
export function showNotes(info) {
  document.title = info.title;
  document.getElementById("title").textContent = info.title;
  const facts = [counted(info.count, "image")];
  if (info.embeddedCount < info.count) facts.push(`${number(info.embeddedCount)} embedded`);
  if (info.model) facts.push(info.dimension > 0 ? `${info.model}, ${info.dimension} numbers an image` : info.model);
  document.getElementById("facts").textContent = facts.join(" · ");
  const box = document.getElementById("notes");
  const isOpen = box.querySelector("details")?.open ?? false;
  const notes = info.notes.map((note) => element("p", { class: "note" }, note));
  const missing = info.count - info.locatedCount;
  if (missing > 0 && info.locatedCount > 0) {
    notes.push(element("p", { class: "note" }, `${counted(missing, "image")} not on the map yet.`));
  }
  if (info.problemCount > 0) {
    const more = info.problemCount - info.problems.length;
    notes.push(element("details", { class: "problems", open: isOpen },
      element("summary", {}, info.problemCount === 1 ? "1 file or entry could not be used"
        : `${number(info.problemCount)} files or entries could not be used`),
      element("ul", {}, ...info.problems.map(({ subject, reason }) =>
        element("li", {}, element("strong", {}, subject), ` ${reason}`))),
      more > 0 ? element("p", { class: "note" }, `And ${number(more)} more.`) : null));
  }
  notes.push(element("p", { class: "note" }, `topoclip ${info.version}`));
  box.replaceChildren(...notes);
}
