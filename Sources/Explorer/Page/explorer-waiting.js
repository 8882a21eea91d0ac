// What the page says while one waits and when something went wrong: always in words.

import { button, counted, duration, element, number, signButton } from "./explorer-elements.js";
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

/** How many problems are asked for at a time. */
const problemStep = 100;

/** What the page says of the whole: notes, numbers, what could not be used. */
export class Notes {
  #shown = "";

  constructor(client, waiting) {
    Object.assign(this, { client, waiting });
    this.box = document.getElementById("notes");
    // The problems as far as they were asked for.
    this.problems = [];
  }

  show(info) {
    document.title = info.title;
    document.getElementById("title").textContent = info.title;
    const facts = [counted(info.count, "image")];
    if (info.embeddedCount < info.count) facts.push(`${number(info.embeddedCount)} embedded`);
    if (info.model) facts.push(info.dimension > 0 ? `${info.model}, ${info.dimension} numbers an image` : info.model);
    document.getElementById("facts").textContent = facts.join(" · ");
    const texts = [...info.notes];
    const missing = info.count - info.locatedCount;
    if (missing > 0 && info.locatedCount > 0) texts.push(`${counted(missing, "image")} not on the map yet.`);
    // What stays as it is is not touched: it may be open, scrolled and read.
    const shown = JSON.stringify([texts, info.problems, info.problemCount, info.version]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const isOpen = this.box.querySelector("details")?.open ?? false;
    this.box.replaceChildren(
      ...texts.map((text) => element("p", { class: "note" }, text)),
      ...(info.problemCount > 0 ? [this.#fold(info, isOpen)] : []),
      element("p", { class: "note" }, `topoclip ${info.version}`));
  }

  /** The list of what could not be used. More is only ever added at its end, so what was asked for stays. */
  #fold({ problems, problemCount }, isOpen) {
    const known = JSON.stringify(this.problems.slice(0, problems.length));
    if (known !== JSON.stringify(problems) || this.problems.length > problemCount) this.problems = problems;
    this.list = element("ul", {}, ...this.problems.map((problem) => this.#line(problem)));
    this.rest = element("p", { class: "note" });
    this.#count(problemCount);
    return element("details", { class: "problems", open: isOpen },
      element("summary", {}, problemCount === 1 ? "1 file or entry could not be used"
        : `${number(problemCount)} files or entries could not be used`),
      this.list, this.rest);
  }

  #line({ subject, reason }) { return element("li", {}, element("strong", {}, subject), ` ${reason}`); }

  #count(count) {
    const more = count - this.problems.length;
    this.rest.hidden = more <= 0;
    if (more <= 0) return;
    this.press ??= button("Show more", () => this.more(), { class: "plain" });
    this.words ??= element("span");
    this.words.textContent = `And ${number(more)} more. `;
    if (this.press.parentElement !== this.rest) this.rest.replaceChildren(this.words, this.press);
  }

  /** Asks for the problems that come next. */
  async more() {
    const offset = this.problems.length;
    const work = this.client.json("problems", { offset, limit: problemStep });
    const answer = await this.waiting.during("problems", "Reading what could not be used", work);
    // Pressed twice, the same comes twice.
    if (!answer || this.problems.length !== offset) return;
    this.problems = [...this.problems, ...answer.problems];
    this.list.append(...answer.problems.map((problem) => this.#line(problem)));
    this.#count(answer.count);
  }
}
