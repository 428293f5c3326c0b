-- Where cameras lie in recordings' pictures.

-- What a person said: of one game's recordings, or ('') of all others. No region: there is no camera.
CREATE TABLE facecam_settings (
  game TEXT PRIMARY KEY COLLATE NOCASE,
  region TEXT CHECK (json_valid(region)),
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was found by looking at a recording, by a version of looking. No region: none was found.
CREATE TABLE found_facecams (
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
  version INTEGER NOT NULL,
  region TEXT CHECK (json_valid(region)),
  found_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
