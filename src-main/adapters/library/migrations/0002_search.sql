-- Full-text search. The index holds words, not text (contentless): snippets come from the tables themselves, so no
-- text is kept twice. `search_text()` is ours (search-text.ts): it folds width and case, and puts spaces between
-- characters of scripts that are written without any (Chinese, Japanese, Thai), and around emoji.
-- One index for what has a title: rowid = 2 * recordings.id, or 2 * clips.id + 1.

CREATE VIRTUAL TABLE search USING fts5 (
  title, tags, game, reasons,
  content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE transcript_search USING fts5 (
  text,
  content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIEW search_recordings AS
SELECT
  2 * r.id AS entry, r.id AS recording_id, r.title AS title,
  (SELECT coalesce(group_concat(tag, ' '), '') FROM recording_tags t WHERE t.recording_id = r.id) AS tags,
  coalesce(r.game, '') AS game, '' AS reasons
FROM recordings r;

CREATE VIEW search_clips AS
SELECT
  2 * c.id + 1 AS entry, c.id AS clip_id, c.recording_id AS recording_id, c.title AS title,
  (SELECT coalesce(group_concat(tag, ' '), '') FROM clip_tags t WHERE t.clip_id = c.id) AS tags,
  (SELECT coalesce(game, '') FROM recordings r WHERE r.id = c.recording_id) AS game,
  (SELECT coalesce(group_concat(json_extract(value, '$.text'), char(10)), '') FROM json_each(c.reasons)) AS reasons
FROM clips c;

CREATE TRIGGER search_recording_added AFTER INSERT ON recordings BEGIN
  INSERT INTO search (rowid, title, tags, game, reasons)
    SELECT entry, search_text(title), search_text(tags), search_text(game), '' FROM search_recordings
    WHERE recording_id = new.id;
END;
CREATE TRIGGER search_recording_changed AFTER UPDATE OF title, game ON recordings
WHEN old.title <> new.title OR old.game IS NOT new.game BEGIN
  DELETE FROM search WHERE rowid = 2 * old.id;
  INSERT INTO search (rowid, title, tags, game, reasons)
    SELECT entry, search_text(title), search_text(tags), search_text(game), '' FROM search_recordings
    WHERE recording_id = new.id;
END;
CREATE TRIGGER search_recording_game_changed AFTER UPDATE OF game ON recordings
WHEN old.game IS NOT new.game BEGIN
  DELETE FROM search WHERE rowid IN (SELECT 2 * id + 1 FROM clips WHERE recording_id = new.id);
  INSERT INTO search (rowid, title, tags, game, reasons)
    SELECT entry, search_text(title), search_text(tags), search_text(game), search_text(reasons) FROM search_clips
    WHERE recording_id = new.id;
END;
CREATE TRIGGER search_recording_gone AFTER DELETE ON recordings BEGIN
  DELETE FROM search WHERE rowid = 2 * old.id;
END;
CREATE TRIGGER search_recording_tagged AFTER INSERT ON recording_tags BEGIN
  DELETE FROM search WHERE rowid = 2 * new.recording_id;
  INSERT INTO search (rowid, title, tags, game, reasons)
    SELECT entry, search_text(title), search_text(tags), search_text(game), '' FROM search_recordings
    WHERE recording_id = new.recording_id;
END;
CREATE TRIGGER search_recording_untagged AFTER DELETE ON recording_tags BEGIN
  DELETE FROM search WHERE rowid = 2 * old.recording_id;
  INSERT INTO search (rowid, title, tags, game, reasons)
    SELECT entry, search_text(title), search_text(tags), search_text(game), '' FROM search_recordings
    WHERE recording_id = old.recording_id;
END;

CREATE TRIGGER search_clip_added AFTER INSERT ON clips BEGIN
  INSERT INTO search (rowid, title, tags, game, reasons)
    SELECT entry, search_text(title), search_text(tags), search_text(game), search_text(reasons) FROM search_clips
    WHERE clip_id = new.id;
END;
CREATE TRIGGER search_clip_changed AFTER UPDATE OF title, reasons ON clips
WHEN old.title <> new.title OR old.reasons <> new.reasons BEGIN
  DELETE FROM search WHERE rowid = 2 * old.id + 1;
  INSERT INTO search (rowid, title, tags, game, reasons)
    SELECT entry, search_text(title), search_text(tags), search_text(game), search_text(reasons) FROM search_clips
    WHERE clip_id = new.id;
END;
CREATE TRIGGER search_clip_gone AFTER DELETE ON clips BEGIN
  DELETE FROM search WHERE rowid = 2 * old.id + 1;
END;
CREATE TRIGGER search_clip_tagged AFTER INSERT ON clip_tags BEGIN
  DELETE FROM search WHERE rowid = 2 * new.clip_id + 1;
  INSERT INTO search (rowid, title, tags, game, reasons)
    SELECT entry, search_text(title), search_text(tags), search_text(game), search_text(reasons) FROM search_clips
    WHERE clip_id = new.clip_id;
END;
CREATE TRIGGER search_clip_untagged AFTER DELETE ON clip_tags BEGIN
  DELETE FROM search WHERE rowid = 2 * old.clip_id + 1;
  INSERT INTO search (rowid, title, tags, game, reasons)
    SELECT entry, search_text(title), search_text(tags), search_text(game), search_text(reasons) FROM search_clips
    WHERE clip_id = old.clip_id;
END;

CREATE TRIGGER search_transcript_added AFTER INSERT ON transcripts BEGIN
  INSERT INTO transcript_search (rowid, text) VALUES (new.id, search_text(new.text));
END;
CREATE TRIGGER search_transcript_changed AFTER UPDATE OF text ON transcripts WHEN old.text <> new.text BEGIN
  DELETE FROM transcript_search WHERE rowid = old.id;
  INSERT INTO transcript_search (rowid, text) VALUES (new.id, search_text(new.text));
END;
CREATE TRIGGER search_transcript_gone AFTER DELETE ON transcripts BEGIN
  DELETE FROM transcript_search WHERE rowid = old.id;
END;

-- What was there before this migration.
INSERT INTO search (rowid, title, tags, game, reasons)
  SELECT entry, search_text(title), search_text(tags), search_text(game), '' FROM search_recordings;
INSERT INTO search (rowid, title, tags, game, reasons)
  SELECT entry, search_text(title), search_text(tags), search_text(game), search_text(reasons) FROM search_clips;
INSERT INTO transcript_search (rowid, text) SELECT id, search_text(text) FROM transcripts;
