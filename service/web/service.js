/** The service's HTTP interface, as far as the page needs it. Every failure is a `Failure`. */
const ATTRIBUTIONS = "v1/attributions";
const INFO = "v1/info";

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

/** The answer to an article as JSON. `signal` ends the wait with an AbortError. */
export async function attribute(article, signal) {
  return (await post(article, "application/json", signal)).json();
}

export async function attributeAsCsv(article) {
  return (await post(article, "text/csv")).text();
}

/** The service's model and its limits. */
export async function info() {
  return (await send(INFO, {})).json();
}

function post(article, accept, signal) {
  const headers = { "Content-Type": "application/json", Accept: `${accept}, application/problem+json` };
  return send(ATTRIBUTIONS, { method: "POST", headers, body: JSON.stringify(article), signal });
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
