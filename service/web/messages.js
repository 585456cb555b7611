/** What to tell a person about each problem of the contract. */
const DAMAGED = "Try again. If it happens again, a proxy is changing what this page sends.";
const MOVED = "Reload the page. If that does not help, ask the operator for the new address.";
const OUTDATED = "Reload the page, which may be older than the service.";

// [title, advice] by the last part of the problem's type
const MESSAGES = {
  "no-body": ["The service received no article", "Paste an article and try again."],
  "malformed-json": ["The request was damaged on its way", DAMAGED],
  "malformed-body": ["The request was damaged on its way", DAMAGED],
  "unauthorized": ["An API key is required", "Enter the key you were given."],
  "incomplete-request": ["The article did not arrive in full", "The connection is slow or was interrupted. Try again."],
  "not-found": ["The service was not found at this address", MOVED],
  "method-not-allowed": ["The service does not accept articles at this address", MOVED],
  "too-large": ["The article is too long", "Send it in parts."],
  "unsupported-media-type": ["The service did not understand the request", OUTDATED],
  "not-acceptable": ["The service cannot answer in this format", OUTDATED],
  "invalid-request": ["The service cannot take this article as it is", "The reasons are below."],
  "queue-full": ["The service is busy", "Too many articles are waiting."],
  "internal-error": ["The service failed on this article", "Give the request id below to the operator."],
  "unavailable": ["The service is not ready yet", "It is starting or shutting down."],
  "deadline-passed": ["It took too long", "The service is busy or the article is too long. Try again, or send a part of it."],
};

/** A failure as {title, advice, details, reference}; `details` are lines that the service itself wrote. */
export function explain(failure) {
  const { problem, status, retryAfter } = failure;
  if (!problem) return withoutProblem(status);
  const [title, advice] = MESSAGES[problem.type.split(":").at(-1)] ?? [problem.title, ""];
  const fields = problem.errors?.map(({ field, detail }) => `${field}: ${detail}`);
  return {
    title,
    advice: retryAfter ? `${advice} This page tries again in ${retryAfter} s.` : advice,
    details: fields ?? [problem.detail],
    reference: problem.request_id ?? null,
  };
}

function withoutProblem(status) {
  const title = status === null ? "The service cannot be reached" : `A proxy answered with status ${status}`;
  return { title, advice: "Check that the service is running and that you are connected to it, then try again." };
}
