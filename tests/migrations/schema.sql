CREATE INDEX checkpoints_by_age ON checkpoints (written_at);

CREATE INDEX clip_tags_by_tag ON clip_tags (tag, clip_id);

CREATE INDEX clips_by_age ON clips (created_at, id);

CREATE INDEX clips_by_both_age ON clips (favourite, state, created_at, id);

CREATE INDEX clips_by_both_score ON clips (favourite, state, score, id);

CREATE INDEX clips_by_both_time ON clips (favourite, state, recording_id, start_ticks, id);

CREATE INDEX clips_by_favourite_age ON clips (favourite, created_at, id);

CREATE INDEX clips_by_favourite_score ON clips (favourite, score, id);

CREATE INDEX clips_by_favourite_time ON clips (favourite, recording_id, start_ticks, id);

CREATE UNIQUE INDEX clips_by_origin ON clips (recording_id, origin_start, origin_end);

CREATE INDEX clips_by_recording_age ON clips (recording_id, created_at, id);

CREATE INDEX clips_by_recording_score ON clips (recording_id, score, id);

CREATE INDEX clips_by_recording_time ON clips (recording_id, start_ticks, id);

CREATE INDEX clips_by_score ON clips (score, id);

CREATE INDEX clips_by_state_age ON clips (state, created_at, id);

CREATE INDEX clips_by_state_score ON clips (state, score, id);

CREATE INDEX clips_by_state_time ON clips (state, recording_id, start_ticks, id);

CREATE INDEX clips_kept ON clips (recording_id) WHERE state = 'kept';

CREATE INDEX decisions_by_age ON decisions (decided_at, id);

CREATE UNIQUE INDEX decisions_by_moment ON decisions (fingerprint, origin_start, origin_end);

CREATE UNIQUE INDEX feature_files_by_file ON feature_files (file);

CREATE INDEX feature_files_by_use ON feature_files (last_used_at, bytes);

CREATE INDEX heavy_slot_by_job ON heavy_slot (job_id);

CREATE INDEX jobs_by_spec ON jobs (spec) WHERE state IN ('queued', 'running', 'paused');

CREATE INDEX jobs_by_state ON jobs (state, id);

CREATE INDEX jobs_by_turn ON jobs (state, priority DESC, id);

CREATE INDEX recording_tags_by_tag ON recording_tags (tag, recording_id);

CREATE INDEX recordings_by_duration ON recordings (duration_seconds, id);

CREATE UNIQUE INDEX recordings_by_fingerprint ON recordings (fingerprint);

CREATE INDEX recordings_by_game_duration ON recordings (game, duration_seconds, id);

CREATE INDEX recordings_by_game_time ON recordings (game, happened_at, id);

CREATE INDEX recordings_by_game_title ON recordings (game, title COLLATE NOCASE, id);

CREATE INDEX recordings_by_path ON recordings (path);

CREATE INDEX recordings_by_session ON recordings (session_id, happened_at, id);

CREATE INDEX recordings_by_size ON recordings (size);

CREATE INDEX recordings_by_state_duration ON recordings (state, duration_seconds, id);

CREATE INDEX recordings_by_state_time ON recordings (state, happened_at, id);

CREATE INDEX recordings_by_state_title ON recordings (state, title COLLATE NOCASE, id);

CREATE INDEX recordings_by_time ON recordings (happened_at, id);

CREATE INDEX recordings_by_title ON recordings (title COLLATE NOCASE, id);

CREATE INDEX renders_by_clip ON renders (clip_id, id);

CREATE UNIQUE INDEX renders_by_path ON renders (path);

CREATE INDEX renders_by_plan ON renders (plan_hash);

CREATE INDEX segments_by_age ON segments (recording_id, made_at);

CREATE UNIQUE INDEX segments_by_recording ON segments (recording_id, model_id, model_version, ordinal);

CREATE INDEX sessions_by_time ON sessions (happened_at, id);

CREATE INDEX temp_files_by_job ON temp_files (job_id);

CREATE INDEX transcripts_by_recording ON transcripts (recording_id, start_ticks, id);

CREATE TABLE analyses (
  recording_id INTEGER PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
  scores BLOB NOT NULL,
  chat_rate BLOB,
  markers TEXT NOT NULL CHECK (json_valid(markers)),
  made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE calibrations (
  model_id TEXT NOT NULL,
  model_version TEXT NOT NULL,
  digest TEXT NOT NULL,
  learned TEXT NOT NULL CHECK (json_valid(learned)),
  made_at INTEGER NOT NULL,
  PRIMARY KEY (model_id, model_version)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  area TEXT PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
  fingerprint TEXT NOT NULL,
  stage TEXT NOT NULL,
  version INTEGER NOT NULL,
  options TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  written_at INTEGER NOT NULL,
  PRIMARY KEY (fingerprint, stage, version, options)
) STRICT;

CREATE TABLE clip_edits (
  clip_id INTEGER NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL CHECK (revision >= 0),
  kind TEXT NOT NULL CHECK (kind IN ('begin', 'edit', 'undo', 'redo')),
  value TEXT CHECK (value IS NULL OR json_valid(value)),
  happened_at INTEGER NOT NULL,
  PRIMARY KEY (clip_id, revision),
  CHECK ((value IS NULL) = (kind IN ('undo', 'redo')))
) STRICT;

CREATE TABLE clip_tags (
  clip_id INTEGER NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  tag TEXT NOT NULL COLLATE NOCASE CHECK (tag <> '' AND length(tag) <= 60),
  PRIMARY KEY (clip_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE clips (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  start_ticks INTEGER NOT NULL CHECK (start_ticks >= 0),
  end_ticks INTEGER NOT NULL,
  peak_ticks INTEGER NOT NULL CHECK (peak_ticks >= 0),
  origin_start INTEGER NOT NULL,
  origin_end INTEGER NOT NULL,
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  title TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'candidate' CHECK (state IN ('candidate', 'kept', 'rejected')),
  favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)),
  decided INTEGER NOT NULL DEFAULT 0 CHECK (decided IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (start_ticks < end_ticks)
) STRICT;

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  origin_start INTEGER NOT NULL,
  origin_end INTEGER NOT NULL,
  peak_ticks INTEGER NOT NULL,
  verdict TEXT CHECK (verdict IN ('keep', 'discard')),
  offered_start INTEGER NOT NULL,
  offered_end INTEGER NOT NULL,
  start_ticks INTEGER NOT NULL,
  end_ticks INTEGER NOT NULL,
  found_start INTEGER NOT NULL,
  found_end INTEGER NOT NULL,
  model_id TEXT,
  model_version TEXT,
  evidence TEXT CHECK (json_valid(evidence)),
  game TEXT,
  decided_at INTEGER NOT NULL,
  CHECK (start_ticks < end_ticks AND offered_start < offered_end AND found_start < found_end),
  CHECK (verdict IS NOT NULL OR start_ticks <> offered_start OR end_ticks <> offered_end),
  CHECK ((evidence IS NULL) = (model_id IS NULL) AND (model_id IS NULL) = (model_version IS NULL))
) STRICT;

CREATE TABLE device_verdicts (
  key TEXT PRIMARY KEY,
  verdict TEXT NOT NULL CHECK (json_valid(verdict)),
  checked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE facecam_settings (
  game TEXT PRIMARY KEY COLLATE NOCASE,
  region TEXT CHECK (json_valid(region)),
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE feature_files (
  fingerprint TEXT NOT NULL,
  version INTEGER NOT NULL,
  file TEXT NOT NULL CHECK (file <> '' AND file NOT GLOB '*[/\]*'),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  last_used_at INTEGER NOT NULL,
  PRIMARY KEY (fingerprint, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE found_facecams (
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
  version INTEGER NOT NULL,
  region TEXT CHECK (json_valid(region)),
  found_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE heavy_slot (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  owner_pid INTEGER NOT NULL,
  owner_started_at TEXT NOT NULL,
  owner_boot_id TEXT NOT NULL,
  lease_until INTEGER NOT NULL,
  lease_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  spec TEXT NOT NULL CHECK (json_valid(spec)),
  state TEXT NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'needs-input')),
  priority INTEGER NOT NULL DEFAULT 0,
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  recording TEXT,
  progress TEXT CHECK (progress IS NULL OR json_valid(progress)),
  failures TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(failures)),
  owner_pid INTEGER,
  owner_started_at TEXT,
  owner_boot_id TEXT,
  lease_until INTEGER,
  lease_ms INTEGER,
  requested TEXT CHECK (requested IN ('pause', 'cancel', 'go-on')),
  reserved_pid INTEGER,
  reserved_started_at TEXT,
  reserved_boot_id TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, produced TEXT CHECK (json_valid(produced)), interruptions INTEGER NOT NULL DEFAULT 0 CHECK (interruptions >= 0),
  -- A running job has an owner and a lease, any other has neither.
  CHECK ((state = 'running') = (owner_pid IS NOT NULL)),
  CHECK ((owner_pid IS NULL) = (owner_started_at IS NULL) AND (owner_pid IS NULL) = (owner_boot_id IS NULL)),
  CHECK ((owner_pid IS NULL) = (lease_until IS NULL) AND (owner_pid IS NULL) = (lease_ms IS NULL)),
  CHECK ((reserved_pid IS NULL) = (reserved_started_at IS NULL)),
  CHECK ((reserved_pid IS NULL) = (reserved_boot_id IS NULL)),
  CHECK (requested IS NULL OR state = 'running')
) STRICT;

CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;

CREATE TABLE models (
  id TEXT NOT NULL,
  version TEXT NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  installed_at INTEGER NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE processes (
  pid INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  what TEXT NOT NULL,
  owner_pid INTEGER NOT NULL,
  owner_started_at TEXT NOT NULL,
  owner_boot_id TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (pid, started_at, boot_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE recording_tags (
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  tag TEXT NOT NULL COLLATE NOCASE CHECK (tag <> '' AND length(tag) <= 60),
  PRIMARY KEY (recording_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE recordings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64 AND fingerprint NOT GLOB '*[^0-9a-f]*'),
  session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
  path TEXT NOT NULL CHECK (path <> ''),
  size INTEGER NOT NULL CHECK (size >= 0),
  mtime_ms REAL NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  game TEXT,
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'analysed', 'missing', 'failed')),
  recorded_at INTEGER,
  added_at INTEGER NOT NULL,
  duration_seconds REAL CHECK (duration_seconds >= 0),
  media TEXT CHECK (media IS NULL OR json_valid(media)),
  happened_at INTEGER GENERATED ALWAYS AS (coalesce(recorded_at, added_at)) VIRTUAL
) STRICT;

CREATE TABLE "renders" (
  id INTEGER PRIMARY KEY,
  clip_id INTEGER REFERENCES clips (id) ON DELETE CASCADE,
  path TEXT NOT NULL CHECK (path <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('landscape', 'vertical', 'square')),
  start_ticks INTEGER NOT NULL,
  end_ticks INTEGER NOT NULL,
  cut TEXT NOT NULL CHECK (cut IN ('copy', 'smart', 'encode')),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  plan_hash TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  mtime_ms REAL NOT NULL,
  made_at INTEGER NOT NULL,
  note TEXT,
  montage TEXT CHECK (json_valid(montage)),
  CHECK (start_ticks < end_ticks),
  CHECK ((clip_id IS NULL) = (montage IS NOT NULL))
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
  title, tags, game, reasons,
  content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE segments (
  id INTEGER PRIMARY KEY,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  model_id TEXT NOT NULL,
  model_version TEXT NOT NULL,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  start_ticks INTEGER NOT NULL CHECK (start_ticks >= 0),
  end_ticks INTEGER NOT NULL,
  peak_ticks INTEGER NOT NULL,
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  selected INTEGER NOT NULL CHECK (selected IN (0, 1)),
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  made_at INTEGER NOT NULL, base_score REAL CHECK (base_score BETWEEN 0 AND 1), found_start INTEGER, found_end INTEGER, evidence TEXT CHECK (json_valid(evidence)),
  CHECK (start_ticks < end_ticks AND peak_ticks BETWEEN start_ticks AND end_ticks)
) STRICT;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL DEFAULT '',
  started_at INTEGER,
  added_at INTEGER NOT NULL,
  happened_at INTEGER GENERATED ALWAYS AS (coalesce(started_at, added_at)) VIRTUAL
) STRICT;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE temp_files (
  path TEXT PRIMARY KEY CHECK (path <> ''),
  owner_pid INTEGER NOT NULL,
  owner_started_at TEXT NOT NULL,
  owner_boot_id TEXT NOT NULL,
  job_id INTEGER,
  recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE transcript_search USING fts5 (
  text,
  content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE transcripts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  start_ticks INTEGER NOT NULL,
  end_ticks INTEGER NOT NULL,
  text TEXT NOT NULL,
  CHECK (start_ticks <= end_ticks)
) STRICT;

CREATE TRIGGER analyses_added_counts AFTER INSERT ON analyses BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER analyses_changed_counts AFTER UPDATE ON analyses BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER analyses_removed_counts AFTER DELETE ON analyses BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER clip_edits_added_counts AFTER INSERT ON clip_edits BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;

CREATE TRIGGER clip_edits_are_kept BEFORE DELETE ON clip_edits
WHEN EXISTS (SELECT 1 FROM clips WHERE id = OLD.clip_id)
  AND NOT EXISTS (
    SELECT 1 FROM clip_edits WHERE clip_id = OLD.clip_id AND revision > OLD.revision AND kind = 'begin'
  )
BEGIN
  SELECT raise(ABORT, 'entries of a clip''s log are not removed');
END;

CREATE TRIGGER clip_edits_stay BEFORE UPDATE ON clip_edits BEGIN
  SELECT raise(ABORT, 'entries of a clip''s log do not change');
END;

CREATE TRIGGER clip_tags_added_counts AFTER INSERT ON clip_tags BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;

CREATE TRIGGER clip_tags_changed_counts AFTER UPDATE ON clip_tags BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;

CREATE TRIGGER clip_tags_removed_counts AFTER DELETE ON clip_tags BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;

CREATE TRIGGER clips_added_counts AFTER INSERT ON clips BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;

CREATE TRIGGER clips_changed_counts AFTER UPDATE ON clips BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;

CREATE TRIGGER clips_removed_counts AFTER DELETE ON clips BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;

CREATE TRIGGER facecam_settings_added_counts AFTER INSERT ON facecam_settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;

CREATE TRIGGER facecam_settings_changed_counts AFTER UPDATE ON facecam_settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;

CREATE TRIGGER facecam_settings_removed_counts AFTER DELETE ON facecam_settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;

CREATE TRIGGER jobs_added_counts AFTER INSERT ON jobs BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'jobs';
END;

CREATE TRIGGER jobs_changed_counts AFTER UPDATE OF state, priority, failures, produced ON jobs BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'jobs';
END;

CREATE TRIGGER jobs_removed_counts AFTER DELETE ON jobs BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'jobs';
END;

CREATE TRIGGER recording_tags_added_counts AFTER INSERT ON recording_tags BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER recording_tags_changed_counts AFTER UPDATE ON recording_tags BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER recording_tags_removed_counts AFTER DELETE ON recording_tags BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER recordings_added_counts AFTER INSERT ON recordings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER recordings_changed_counts AFTER UPDATE ON recordings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER recordings_removed_counts AFTER DELETE ON recordings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER renders_added_counts AFTER INSERT ON renders BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;

CREATE TRIGGER renders_changed_counts AFTER UPDATE ON renders BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;

CREATE TRIGGER renders_removed_counts AFTER DELETE ON renders BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
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

CREATE TRIGGER settings_added_counts AFTER INSERT ON settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;

CREATE TRIGGER settings_changed_counts AFTER UPDATE ON settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;

CREATE TRIGGER settings_removed_counts AFTER DELETE ON settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;

CREATE TRIGGER transcripts_added_counts AFTER INSERT ON transcripts BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE TRIGGER transcripts_removed_counts AFTER DELETE ON transcripts BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;

CREATE VIEW search_clips AS
SELECT
  2 * c.id + 1 AS entry, c.id AS clip_id, c.recording_id AS recording_id, c.title AS title,
  (SELECT coalesce(group_concat(tag, ' '), '') FROM clip_tags t WHERE t.clip_id = c.id) AS tags,
  (SELECT coalesce(game, '') FROM recordings r WHERE r.id = c.recording_id) AS game,
  (SELECT coalesce(group_concat(json_extract(value, '$.text'), char(10)), '') FROM json_each(c.reasons)) AS reasons
FROM clips c;

CREATE VIEW search_recordings AS
SELECT
  2 * r.id AS entry, r.id AS recording_id, r.title AS title,
  (SELECT coalesce(group_concat(tag, ' '), '') FROM recording_tags t WHERE t.recording_id = r.id) AS tags,
  coalesce(r.game, '') AS game, '' AS reasons
FROM recordings r;
