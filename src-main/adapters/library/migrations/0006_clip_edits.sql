-- What people do to clips, step by step, so that each step can be taken back.

-- Entries are only ever added. The first says what the clip was before; undo and redo are entries too. A log that grew
-- too long begins anew with what it came to, and only then may what lies before that go.
CREATE TABLE clip_edits (
  clip_id INTEGER NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL CHECK (revision >= 0),
  kind TEXT NOT NULL CHECK (kind IN ('begin', 'edit', 'undo', 'redo')),
  value TEXT CHECK (value IS NULL OR json_valid(value)),
  happened_at INTEGER NOT NULL,
  PRIMARY KEY (clip_id, revision),
  CHECK ((value IS NULL) = (kind IN ('undo', 'redo')))
) STRICT;

CREATE TRIGGER clip_edits_stay BEFORE UPDATE ON clip_edits BEGIN
  SELECT raise(ABORT, 'entries of a clip''s log do not change');
END;

-- With its clip a log may go: the clip is not there any more when this is asked.
CREATE TRIGGER clip_edits_are_kept BEFORE DELETE ON clip_edits
WHEN EXISTS (SELECT 1 FROM clips WHERE id = OLD.clip_id)
  AND NOT EXISTS (
    SELECT 1 FROM clip_edits WHERE clip_id = OLD.clip_id AND revision > OLD.revision AND kind = 'begin'
  )
BEGIN
  SELECT raise(ABORT, 'entries of a clip''s log are not removed');
END;
