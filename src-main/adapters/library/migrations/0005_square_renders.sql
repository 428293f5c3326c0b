-- Square renders, and what is said of one. SQLite changes no CHECK in place: the table is made anew, rows as they are.
CREATE TABLE renders_new (
  id INTEGER PRIMARY KEY,
  clip_id INTEGER NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
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
  CHECK (start_ticks < end_ticks)
) STRICT;
INSERT INTO renders_new SELECT id, clip_id, path, kind, start_ticks, end_ticks, cut, verified, plan_hash, size, mtime_ms, made_at, NULL FROM renders;
DROP TABLE renders;
ALTER TABLE renders_new RENAME TO renders;
CREATE UNIQUE INDEX renders_by_path ON renders (path);
CREATE INDEX renders_by_clip ON renders (clip_id, id);
CREATE INDEX renders_by_plan ON renders (plan_hash);
