-- How often a job's process ended under it: people are told that it went on, also when it is done.
ALTER TABLE jobs ADD COLUMN interruptions INTEGER NOT NULL DEFAULT 0 CHECK (interruptions >= 0);
