-- Montages are listed beside renders: a file is of one clip, or of a montage, which is written down whole.
CREATE TABLE renders_new (
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
INSERT INTO renders_new
  SELECT id, clip_id, path, kind, start_ticks, end_ticks, cut, verified, plan_hash, size, mtime_ms, made_at, note, NULL FROM renders;
DROP TABLE renders;
ALTER TABLE renders_new RENAME TO renders;
CREATE UNIQUE INDEX renders_by_path ON renders (path);
CREATE INDEX renders_by_clip ON renders (clip_id, id);
CREATE INDEX renders_by_plan ON renders (plan_hash);

CREATE TRIGGER renders_added_counts AFTER INSERT ON renders BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;
CREATE TRIGGER renders_changed_counts AFTER UPDATE ON renders BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;
CREATE TRIGGER renders_removed_counts AFTER DELETE ON renders BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;
