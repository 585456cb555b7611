/** The service's HTTP interface, as far as the page needs it. Every failure is a `Failure`. */
const ATTRIBUTIONS = "v1/attributions";
const INFO = "v1/info";
const OUTLETS = "page/outlets.json";

let authorization = {}; // kept as long as the page is open, and nowhere else

/** The key to ask with from now on; none where it is empty. */
export function useKey(key) {
  const bytes = String.fromCharCode(...new TextEncoder().encode(key)); // a header holds bytes, not characters
  authorization = key ? { Authorization: `Bearer ${bytes}` } : {};
}

/**
 * What went wrong: `problem` is the service's own account (RFC 9457), null where there was no answer that it made, and
 * `status` is null where there was no answer at all. `retryAfter` is in seconds, where the service says when to ask again.
 */
export class Failure extends Error {
  constructor({ problem = null, status = null, retryAfter = null } = {}) {
    super(problem?.detail ?? "");
    this.problem = problem;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Asks again for as long as the service says when to: while it starts, or has no room. `onWait` is told why, or null. */
export async function attributeWhenReady(article, signal, onWait) {
  for (;;) {
    try {
      return await attribute(article, signal);
    } catch (failure) {
      if (!failure.retryAfter) throw failure;
      onWait(failure);
      await pause(1000 * failure.retryAfter, signal);
      onWait(null);
    }
  }
}

/** The outlets of the service's registry: {id, name, names, wikidata}. */
export async function registry() {
  return (await send(OUTLETS, {})).json();
}

/** The service's model and its limits. */
export async function info() {
  return (await send(INFO, {})).json();
}

/** The answer to an article. `signal` ends the wait with an AbortError. */
async function attribute(article, signal) {
  const headers = { "Content-Type": "application/json", Accept: "application/json, application/problem+json" };
  return (await send(ATTRIBUTIONS, { method: "POST", headers, body: JSON.stringify(article), signal })).json();
}

/** Waits. Throws the AbortError of `signal` where that comes first. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...options.headers, ...authorization } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure();
  }
  if (response.ok) return response;
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  const problem = isProblem ? await response.json().catch(() => null) : null;
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  throw new Failure({ problem, status: response.status, retryAfter });
}
