-- What the last analysis of a recording came to, for people to look at: checkpoints only save time, and go.
CREATE TABLE analyses (
  recording_id INTEGER PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
  scores BLOB NOT NULL,
  chat_rate BLOB,
  markers TEXT NOT NULL CHECK (json_valid(markers)),
  made_at INTEGER NOT NULL
) STRICT;

-- What came of a job.
ALTER TABLE jobs ADD COLUMN produced TEXT CHECK (json_valid(produced));

-- How often each area was changed, by whichever process: what others did is noticed by it. A job's progress and its
-- heartbeats do not count.
CREATE TABLE changes (
  area TEXT PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO changes (area, n) VALUES ('recordings', 0), ('clips', 0), ('settings', 0), ('jobs', 0);

CREATE TRIGGER recordings_added_counts AFTER INSERT ON recordings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;
CREATE TRIGGER recordings_changed_counts AFTER UPDATE ON recordings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;
CREATE TRIGGER recordings_removed_counts AFTER DELETE ON recordings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
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
CREATE TRIGGER analyses_added_counts AFTER INSERT ON analyses BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;
CREATE TRIGGER analyses_changed_counts AFTER UPDATE ON analyses BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;
CREATE TRIGGER analyses_removed_counts AFTER DELETE ON analyses BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
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
CREATE TRIGGER clip_tags_added_counts AFTER INSERT ON clip_tags BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;
CREATE TRIGGER clip_tags_changed_counts AFTER UPDATE ON clip_tags BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;
CREATE TRIGGER clip_tags_removed_counts AFTER DELETE ON clip_tags BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
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
CREATE TRIGGER settings_added_counts AFTER INSERT ON settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;
CREATE TRIGGER settings_changed_counts AFTER UPDATE ON settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;
CREATE TRIGGER settings_removed_counts AFTER DELETE ON settings BEGIN
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
