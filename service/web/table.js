/** The quotes as a table: CSV with the service's columns, and fewer of them as TSV to paste into a spreadsheet. */
const CSV_COLUMNS = [
  "id", "text", "start", "end",
  "speaker", "speaker_type", "speaker_mention", "speaker_confidence",
  "outlet", "outlet_id", "outlet_mention", "outlet_basis", "outlet_role", "outlet_confidence",
  "kind", "confidence", "closed", "parent", "continues",
  "speaker_id", "speaker_named_at", "speaker_title", "outlet_wikidata", "outlets_also", "marked", "repeats",
  "review",
];
const TSV_COLUMNS = [
  "text", "speaker", "speaker_type", "outlet", "outlet_role", "speaker_confidence", "outlet_confidence", "review",
];

const FORMULA = /^[=+\-@\t\r]/; // a cell that begins like this is run by spreadsheets
const WHITE_SPACE = /[\t\r\n]+/g;

export function csv({ quotes }) {
  const lines = [CSV_COLUMNS, ...quotes.map((quote) => cells(quote, CSV_COLUMNS))];
  return lines.map((line) => `${line.map(quoted).join(",")}\r\n`).join("");
}

export function tsv({ quotes }) {
  const lines = [TSV_COLUMNS, ...quotes.map((quote) => cells(quote, TSV_COLUMNS))];
  return lines.map((line) => line.map((cell) => cell.replace(WHITE_SPACE, " ")).join("\t")).join("\n");
}

function cells(quote, columns) {
  const also = quote.outlets_also.map(({ name }) => name).join("; ");
  const row = { ...quote, ...party("speaker", quote.speaker), ...party("outlet", quote.outlet), outlets_also: also };
  return columns.map((column) => harmless(row[column]));
}

/** The columns of a speaker or an outlet; of a mention, its words. */
function party(kind, facts) {
  const columns = Object.entries(facts ?? {}).map(([name, value]) => [`${kind}_${name}`, value?.text ?? value]);
  return { ...Object.fromEntries(columns), [kind]: facts?.name };
}

function harmless(value) {
  const cell = String(value ?? "");
  return typeof value === "string" && FORMULA.test(cell) ? `'${cell}` : cell;
}

function quoted(cell) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
