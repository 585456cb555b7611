-- The database of an archive's quotes. Offsets count characters (Unicode code points) of articles.text, half-open:
-- substr(text, start + 1, "end" - start) is verbatim what is meant. Truth values are 0 and 1.

-- What the rest was made by: the service's version, the model's name, version and sha256.
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- News organisations: those that articles credit, and those that publish them.
CREATE TABLE outlets (
    id TEXT PRIMARY KEY,                               -- its key in the service's registry, or a slug of its name
    name TEXT NOT NULL,
    wikidata TEXT                                      -- the Wikidata item of an outlet in the registry
);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,                            -- its place in the archive, from 1
    name TEXT,                                         -- the archive's own id for it, or its path in a folder
    publisher TEXT,                                    -- as the archive has it
    publisher_id TEXT REFERENCES outlets (id),         -- the outlet that this is
    date TEXT,                                         -- ISO 8601, in UTC where there is a time; null: not known
    title TEXT,
    uri TEXT,
    language TEXT,                                     -- BCP 47
    text TEXT,                                         -- what offsets refer to
    problem TEXT,                                      -- why it has not been attributed, else null
    label TEXT AS (coalesce(title, nullif(name, ''), 'article ' || id))  -- what people may call it by
);

-- Who is quoted, one row for all articles that quote them. Somebody who is not named ("a senior official", "the
-- letter") has a row for each article.
CREATE TABLE speakers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                                -- of the names below, the one that most articles give in full
    type TEXT NOT NULL,                                -- person, group, organization, document or unknown
    named INTEGER NOT NULL                             -- is it a name, by which others know them too?
);

-- What articles call them.
CREATE TABLE speaker_names (
    id INTEGER PRIMARY KEY,
    speaker_id INTEGER NOT NULL REFERENCES speakers (id),
    name TEXT NOT NULL,
    articles INTEGER NOT NULL
);

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    number TEXT NOT NULL,                              -- its id in the article's answer: q1, q2, ...
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,                                -- speech or nonspeech
    confidence REAL NOT NULL,                          -- that it is of this kind, from 0 to 1
    closed INTEGER NOT NULL,                           -- did the closing mark come?
    marked INTEGER NOT NULL,                           -- or does the layout alone show the quote?
    parent_id INTEGER REFERENCES quotes (id),          -- the quote that it is nested in
    continues_id INTEGER REFERENCES quotes (id),       -- the quote whose utterance it carries on
    repeats_id INTEGER REFERENCES quotes (id),         -- the quote whose words it repeats, as a pull quote does
    speaker_id INTEGER REFERENCES speakers (id),
    speaker_name TEXT,                                 -- what this article calls the speaker
    speaker_title TEXT,                                -- the office or description that introduces the speaker
    speaker_mention TEXT,                              -- the words that name the speaker there
    speaker_mention_start INTEGER,
    speaker_mention_end INTEGER,
    speaker_named_at TEXT,                             -- where the article gives the name in full
    speaker_named_at_start INTEGER,
    speaker_named_at_end INTEGER,
    speaker_confidence REAL
);

-- Which outlets the article credits with a quote: mostly one.
CREATE TABLE credits (
    quote_id INTEGER NOT NULL REFERENCES quotes (id),
    rank INTEGER NOT NULL,                             -- 1, and from 2 on for further outlets
    outlet_id TEXT NOT NULL REFERENCES outlets (id),
    mention TEXT NOT NULL,                             -- the words that name it
    mention_start INTEGER NOT NULL,
    mention_end INTEGER NOT NULL,
    basis TEXT NOT NULL,                               -- sentence or context
    role TEXT NOT NULL,                                -- reported, told, aired, wrote or own
    confidence REAL NOT NULL,
    PRIMARY KEY (quote_id, rank)
) WITHOUT ROWID;

-- The same words in two articles or more.
CREATE TABLE sayings (
    id INTEGER PRIMARY KEY,
    first_quote_id INTEGER NOT NULL REFERENCES quotes (id),  -- of the earliest date; of one day, first in the archive
    quotes INTEGER NOT NULL,
    articles INTEGER NOT NULL
);

-- The quotes that are a saying's versions.
CREATE TABLE versions (
    quote_id INTEGER PRIMARY KEY REFERENCES quotes (id),
    saying_id INTEGER NOT NULL REFERENCES sayings (id),
    relation TEXT NOT NULL                             -- to the first: same (itself too), shorter, longer or changed
);

-- Whom other articles name for words whose own article names nobody: an inference, kept apart from what articles say.
CREATE TABLE inferred_speakers (
    quote_id INTEGER PRIMARY KEY REFERENCES quotes (id),
    speaker_id INTEGER NOT NULL REFERENCES speakers (id),
    articles INTEGER NOT NULL,                         -- that name this speaker for the same words
    articles_naming INTEGER NOT NULL                   -- that name anybody for them
);

-- Who is quoted in an article, until it is known who is who; gone when the database is complete.
CREATE TEMP TABLE bearers (
    id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, speaker_id INTEGER
);
CREATE TEMP TABLE spoken (quote_id INTEGER PRIMARY KEY, bearer_id INTEGER NOT NULL);

-- Words are found without regard to case, accents and endings.
CREATE VIRTUAL TABLE quotes_fts USING fts5 (
    text, content = 'quotes', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE speaker_names_fts USING fts5 (
    name, content = 'speaker_names', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

-- The quotes that count: somebody said them, and they repeat no other quote of their article.
CREATE VIEW counted_quotes AS SELECT * FROM quotes WHERE kind = 'speech' AND repeats_id IS NULL;

-- Every quote, but for those that repeat another of their article, with its speaker, its outlets, its article, and
-- where its words were reported first. Of several outlets, the names and the roles are joined in the order of rank.
CREATE VIEW quotations AS
SELECT
    quotes.id,
    quotes.text,
    speakers.name AS speaker,
    (
        SELECT group_concat(name, ', ') FROM (
            SELECT outlets.name FROM credits JOIN outlets ON outlets.id = credits.outlet_id
            WHERE credits.quote_id = quotes.id ORDER BY credits.rank
        )
    ) AS outlet,
    (
        SELECT group_concat(role, ', ') FROM (
            SELECT credits.role FROM credits WHERE credits.quote_id = quotes.id ORDER BY credits.rank
        )
    ) AS role,
    articles.date,
    articles.publisher,
    articles.name AS article,
    articles.title,
    articles.uri,
    quotes.kind,
    quotes.speaker_confidence,
    (SELECT min(confidence) FROM credits WHERE credits.quote_id = quotes.id) AS outlet_confidence,
    inferred.name AS inferred_speaker,
    first_articles.publisher AS first_publisher,
    first_articles.date AS first_date,
    first_articles.label AS first_article,
    sayings.articles AS articles_with_it,
    articles.label AS article_label,
    quotes.article_id,
    quotes.speaker_id,
    (
        SELECT json_group_array(outlet_id) FROM (
            SELECT credits.outlet_id FROM credits WHERE credits.quote_id = quotes.id ORDER BY credits.rank
        )
    ) AS outlet_ids,                                   -- a JSON array
    versions.saying_id
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN inferred_speakers ON inferred_speakers.quote_id = quotes.id
LEFT JOIN speakers AS inferred ON inferred.id = inferred_speakers.speaker_id
LEFT JOIN versions ON versions.quote_id = quotes.id
LEFT JOIN sayings ON sayings.id = versions.saying_id
LEFT JOIN quotes AS first_quotes ON first_quotes.id = sayings.first_quote_id
LEFT JOIN articles AS first_articles ON first_articles.id = first_quotes.article_id
WHERE quotes.repeats_id IS NULL;

-- How often each speaker's words are credited to each outlet; no outlet: the article itself has them. A quote that is
-- credited to several outlets counts for each.
CREATE VIEW speakers_by_outlet AS
SELECT speakers.name AS speaker, outlets.name AS outlet, count(*) AS quotes,
    count(DISTINCT quotes.article_id) AS articles
FROM counted_quotes AS quotes
JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN credits ON credits.quote_id = quotes.id
LEFT JOIN outlets ON outlets.id = credits.outlet_id
GROUP BY quotes.speaker_id, credits.outlet_id;

-- What several articles have: who reported it first, and whom the others credit with it.
CREATE VIEW first_reports AS
SELECT
    sayings.id AS saying_id,
    quotes.text,
    speakers.name AS speaker,
    articles.date AS first_date,
    articles.publisher AS first_publisher,
    articles.title AS first_title,
    articles.label AS first_article,
    sayings.articles,
    (
        SELECT group_concat(name, ', ') FROM (
            SELECT DISTINCT outlets.name FROM versions
            JOIN credits ON credits.quote_id = versions.quote_id
            JOIN outlets ON outlets.id = credits.outlet_id
            WHERE versions.saying_id = sayings.id ORDER BY outlets.name
        )
    ) AS credited_outlets
FROM sayings
JOIN quotes ON quotes.id = sayings.first_quote_id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id;

-- Each repetition of a saying beside its first report.
CREATE VIEW repeats AS
SELECT
    versions.saying_id,
    versions.relation,
    quotes.text,
    articles.date,
    articles.publisher,
    articles.title,
    articles.label AS article,
    first_quotes.text AS first_text,
    first_articles.date AS first_date,
    first_articles.publisher AS first_publisher,
    first_articles.label AS first_article,
    quotes.article_id,
    quotes.id AS quote_id
FROM versions
JOIN sayings ON sayings.id = versions.saying_id AND sayings.first_quote_id <> versions.quote_id
JOIN quotes ON quotes.id = versions.quote_id
JOIN articles ON articles.id = quotes.article_id
JOIN quotes AS first_quotes ON first_quotes.id = sayings.first_quote_id
JOIN articles AS first_articles ON first_articles.id = first_quotes.article_id;
