-- What a person decided about moments, and what was learned from it.

-- The model's own score and span, where learning changed them, and what learning may look at.
ALTER TABLE segments ADD COLUMN base_score REAL CHECK (base_score BETWEEN 0 AND 1);
ALTER TABLE segments ADD COLUMN found_start INTEGER;
ALTER TABLE segments ADD COLUMN found_end INTEGER;
ALTER TABLE segments ADD COLUMN evidence TEXT CHECK (json_valid(evidence));

-- One row for each moment that was decided about. It refers to its recording by content and not by row, so that what
-- was learned outlives a recording that is removed to make room.
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
CREATE UNIQUE INDEX decisions_by_moment ON decisions (fingerprint, origin_start, origin_end);
CREATE INDEX decisions_by_age ON decisions (decided_at, id);

-- What the decisions teach, for each version of a model; `digest` says of which decisions, so that it is known when to
-- learn anew.
CREATE TABLE calibrations (
  model_id TEXT NOT NULL,
  model_version TEXT NOT NULL,
  digest TEXT NOT NULL,
  learned TEXT NOT NULL CHECK (json_valid(learned)),
  made_at INTEGER NOT NULL,
  PRIMARY KEY (model_id, model_version)
) STRICT, WITHOUT ROWID;
