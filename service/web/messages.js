/** What to tell a person about each problem of the contract, by the last part of its type. */
const MESSAGES = {
  "no-body": ["Nothing reached the service", "Paste an article and try again."],
  "malformed-json": ["The request was garbled on its way", "Try again; if it happens again, something between this page and the service changes what is sent."],
  "malformed-body": ["The request arrived damaged", "Try again; if it happens again, something between this page and the service changes how it is packed."],
  "unauthorized": ["The service wants a key", "Enter the key that whoever runs the service gave you."],
  "incomplete-request": ["The article did not arrive in full", "The connection is slow or was cut; try again."],
  "not-found": ["The service is not where this page expects it", "Reload the page; whoever runs the service may have moved it."],
  "method-not-allowed": ["The service does not take articles at this address", "Reload the page; whoever runs the service may have moved it."],
  "too-large": ["The article is too long", "Send it in parts."],
  "unsupported-media-type": ["The service did not understand the request", "Reload the page, which may be older than the service."],
  "not-acceptable": ["The service cannot answer in this form", "Reload the page, which may be older than the service."],
  "invalid-request": ["The service cannot take this article as it is", "See what it says of each field."],
  "queue-full": ["The service is busy", "It has as many articles waiting as it can hold."],
  "internal-error": ["The service failed on this article", "Whoever runs it finds the failure in the log under the request’s number."],
  "unavailable": ["The service is not ready yet", "It is starting or stopping."],
  "deadline-passed": ["It took too long", "The service was too busy, or the article is too long: try again, or send a part of it."],
};

/** A failure as {title, advice, details, reference}; `details` are lines that the service itself wrote. */
export function explain(failure) {
  const { problem, status, retryAfter } = failure;
  if (!problem) return withoutProblem(status);
  const [title, advice] = MESSAGES[problem.type.split(":").at(-1)] ?? [problem.title, ""];
  const fields = problem.errors?.map(({ field, detail }) => `${field}: ${detail}`);
  return {
    title,
    advice: retryAfter ? `${advice} The page asks again in ${retryAfter} s.` : advice,
    details: fields ?? [problem.detail],
    reference: problem.request_id ?? null,
  };
}

function withoutProblem(status) {
  const title = status === null ? "The service cannot be reached" : `Something in between answered with status ${status}`;
  return { title, advice: "Check that it runs and that you are connected to it, then try again.", details: [], reference: null };
}
