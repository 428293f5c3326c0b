import { mkdirSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { connect } from '../../src-main/adapters/library/connect.ts'
import { dataFolder } from '../../src-main/adapters/library/data-folder.ts'
import { migrate, readMigrations } from '../../src-main/adapters/library/migrate.ts'
import { openLibrary, type Library } from '../../src-main/adapters/library/open-library.ts'

/**
 * A library of an older format, filled by `populate` with plain SQL (today's repositories know only today's
 * tables), then opened by today's program. For the test of every migration.
 */
export function openFromVersion(root: string, version: number, populate: (raw: Database) => void): Library {
  makeLibraryOfVersion(root, version, populate)
  return openLibrary(root)
}

export function makeLibraryOfVersion(root: string, version: number, populate: (raw: Database) => void): void {
  mkdirSync(root, { recursive: true })
  const { raw } = connect(dataFolder(root).database)
  try {
    raw.pragma('journal_mode = WAL')
    migrate(raw, readMigrations().slice(0, version), dataFolder(root).database, 0)
    raw.transaction(() => populate(raw))()
  } finally {
    raw.close()
  }
}

/** Every table, index, view and trigger, as SQLite keeps them; its own and the full-text index's inner ones left out. */
export function schemaDump(raw: Database): string {
  const rows = raw
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
        AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY type, name`,
    )
    .all()
  return rows.map(({ sql }) => `${sql.trim()};\n`).join('\n')
}

/** One row of each table of format 1. Later tests add to it what their migration is about. */
export function populateVersion1(raw: Database): void {
  raw.exec(`
    INSERT INTO sessions (id, title, started_at, added_at) VALUES (1, 'Friday', 1000, 2000);
    INSERT INTO recordings (id, fingerprint, session_id, path, size, mtime_ms, title, game, state, recorded_at, added_at, duration_seconds, media)
      VALUES (7, '${'ab'.repeat(32)}', 1, '/v/2026-11-22 20-15-30.mkv', 123, 4.5, 'Ranked night', 'Überwatch', 'analysed', 1000, 2000, 60.5, '{}');
    INSERT INTO recordings (id, fingerprint, path, size, mtime_ms, title, added_at)
      VALUES (8, '${'cd'.repeat(32)}', '/v/b.mkv', 5, 1, '試合開始', 3000);
    INSERT INTO recording_tags (recording_id, tag) VALUES (7, 'finals');
    INSERT INTO segments (recording_id, model_id, model_version, ordinal, start_ticks, end_ticks, peak_ticks, score, selected, reasons, made_at)
      VALUES (7, 'signals', '1.0.0', 0, 10, 30, 20, 0.5, 1, '[{"signal":"audio.onset","weight":1,"text":"Sudden loud burst"}]', 1);
    INSERT INTO clips (id, recording_id, start_ticks, end_ticks, peak_ticks, origin_start, origin_end, score, reasons, title, state, favourite, decided, created_at, updated_at)
      VALUES (3, 7, 10, 30, 20, 10, 30, 0.5, '[{"signal":"audio.onset","weight":1,"text":"Sudden loud burst"}]', 'The clutch', 'kept', 1, 1, 1, 1);
    INSERT INTO clip_tags (clip_id, tag) VALUES (3, 'funny');
    INSERT INTO renders (clip_id, path, kind, start_ticks, end_ticks, cut, verified, plan_hash, size, mtime_ms, made_at)
      VALUES (3, '/out/clutch.mp4', 'landscape', 9, 31, 'copy', 0, 'hash', 99, 1.5, 1);
    INSERT INTO transcripts (id, recording_id, start_ticks, end_ticks, text) VALUES (1, 7, 10, 20, 'What a save!');
    INSERT INTO jobs (id, spec, created_at, updated_at) VALUES (5, '{"kind":"analyze","path":"/v/b.mkv"}', 1, 1);
    INSERT INTO jobs (id, spec, state, attempt, owner_pid, owner_started_at, owner_boot_id, lease_until, lease_ms, created_at, updated_at)
      VALUES (6, '{"kind":"process","path":"/v/b.mkv"}', 'running', 2, 1, 's', 'b', 100, 50, 1, 1);
    INSERT INTO heavy_slot (id, job_id, attempt, owner_pid, owner_started_at, owner_boot_id, lease_until, lease_ms) VALUES (1, 6, 2, 1, 's', 'b', 100, 50);
    INSERT INTO checkpoints (fingerprint, stage, version, options, value, written_at) VALUES ('${'ab'.repeat(32)}', 'probe', 1, '', '{"a":1}', 1);
    INSERT INTO processes (pid, started_at, boot_id, what, owner_pid, owner_started_at, owner_boot_id, recorded_at) VALUES (9, 's', 'b', 'ffmpeg', 1, 's', 'b', 1);
    INSERT INTO temp_files (path, owner_pid, owner_started_at, owner_boot_id, job_id, recorded_at) VALUES ('/out/.clutchcut-6-1-x.partial.mp4', 1, 's', 'b', 6, 1);
    INSERT INTO settings (key, value, changed_at) VALUES ('clipsPerHour', '9', 1);
    INSERT INTO feature_files (fingerprint, version, file, bytes, last_used_at) VALUES ('${'ab'.repeat(32)}', 1, 'ab-1.ccf', 100, 1);
    INSERT INTO device_verdicts (key, verdict, checked_at) VALUES ('cpu', '{"provider":"cpu"}', 1);
    INSERT INTO models (id, version, path, sha256, bytes, installed_at) VALUES ('whisper', '1.0.0', '/m', '${'ef'.repeat(32)}', 1, 1);
  `)
}
