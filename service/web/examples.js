/** The example articles, all invented: their titles by the names of their files. */
export const EXAMPLES = {
  "harbor-bridge": "A vote on a bridge",
  "museum-clock": "A British museum",
  "storm-night": "A storm and a statement",
};

/** The text of an example, null if there is none of that name. */
export async function exampleText(name) {
  if (!Object.hasOwn(EXAMPLES, name)) return null;
  const response = await fetch(`page/examples/${name}.txt`);
  return response.ok ? response.text() : null;
}
