// What the page asks of the server.

/** What the server refused, in its words. */
export class ServerError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

const pause = (seconds, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, 1000 * seconds);
  signal?.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); });
});

/** What went wrong, as a sentence; null for what was given up because something newer is asked. */
export function sentence(error) {
  if (error?.name === "AbortError") return null;
  return error instanceof Error ? error.message : String(error);
}

export class Client {
  constructor() { this.condition = "clean"; }

  /** The address of a route of the interface. */
  address(route, query = {}) {
    const parameters = new URLSearchParams({ condition: this.condition, ...query });
    return `api/v1/${route}?${parameters}`;
  }

  /** Sends a request, a few times where the server has too much to do, and returns a response that is good. */
  async send(address, options = {}) {
    for (let attempt = 1; ; attempt++) {
      let response;
      try {
        response = await fetch(address, options);
      } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new ServerError("The server does not answer. Is topoclip explore still running?", 0);
      }
      if (response.ok) return response;
      if ((response.status === 503 || response.status === 429) && attempt < 4) {
        await pause(Math.min(10, Number(response.headers.get("Retry-After")) || 1), options.signal);
        continue;
      }
      let message = `The server answers with status ${response.status}.`;
      try {
        message = (await response.json()).error ?? message;
      } catch {
        // No JSON: the status has to do.
      }
      throw new ServerError(message, response.status);
    }
  }

  async json(route, query, options) { return (await this.send(this.address(route, query), options)).json(); }

  async bytes(route, query, options) {
    return (await this.send(this.address(route, query), options)).arrayBuffer();
  }

  #post(route, body, type, options, query) {
    return this.send(
      this.address(route, query), { ...options, method: "POST", body, headers: { "Content-Type": type } });
  }

  /** The images nearest to a query. */
  async search(request, options) {
    const body = JSON.stringify({ ...request, condition: this.condition });
    return (await this.#post("search", body, "application/json", options)).json();
  }

  /** The bits of the rows that pass. */
  async filter(filters, options) {
    const body = JSON.stringify({ filters, condition: this.condition });
    return new Uint8Array(await (await this.#post("filter", body, "application/json", options)).arrayBuffer());
  }

  /** A selection as CSV. */
  async exported(bits) { return (await this.#post("export", bits, "application/octet-stream")).blob(); }

  /** The rows that a CSV names. */
  async imported(file) { return (await this.#post("import", file, "text/csv")).json(); }

  /** What is saved, and one of it. */
  savedNames() { return this.json("saved"); }
  async saved(kind, name) { return this.send(this.address(`${kind}/${encodeURIComponent(name)}`)); }
  save(kind, name, body) {
    const type = kind === "queries" ? "text/plain;charset=utf-8" : "application/octet-stream";
    const headers = { "Content-Type": type };
    return this.send(this.address(`${kind}/${encodeURIComponent(name)}`), { method: "PUT", body, headers });
  }
  forget(kind, name) {
    return this.send(this.address(`${kind}/${encodeURIComponent(name)}`), { method: "DELETE" });
  }

  /** The address of a small picture of an image, of the image itself, and of a sheet of tiny ones. */
  thumbnail(row) { return `api/v1/thumbnails/${row}`; }
  original(row) { return `api/v1/originals/${row}`; }
  sprite(index) { return `api/v1/sprites/${index}`; }
}
