-- Made when all rows are there.
CREATE INDEX quotes_by_article ON quotes (article_id);
CREATE INDEX quotes_by_speaker ON quotes (speaker_id);
CREATE INDEX credits_by_outlet ON credits (outlet_id);
CREATE INDEX names_by_speaker ON speaker_names (speaker_id);
CREATE INDEX versions_by_saying ON versions (saying_id);
CREATE INDEX articles_by_date ON articles (date);
INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild');
INSERT INTO speaker_names_fts (speaker_names_fts) VALUES ('rebuild');
ANALYZE;
