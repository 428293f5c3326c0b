import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ClipState, CutMode, RenderKind } from '../../../src-shared/contract/clip.ts'
import type { Evidence } from '../../../src-shared/contract/evidence.ts'
import type { JobFailure, JobProduced, JobProgress, JobState } from '../../../src-shared/contract/job.ts'
import type { Region } from '../../../src-shared/contract/layout.ts'
import type { Learned, Verdict as MomentVerdict } from '../../../src-shared/contract/learning.ts'
import type { Marker } from '../../../src-shared/contract/markers.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { Montage } from '../../../src-shared/contract/montage.ts'
import type { DecodeVerdict, EncodeVerdict, Verdict } from '../../../src-shared/contract/model.ts'
import type { RecordingState } from '../../../src-shared/contract/recording.ts'
import type { Reason } from '../../../src-shared/contract/segment.ts'

/**
 * The tables as the code sees them. The truth is `migrations/`: tests/migrations compares the two, constraint by
 * constraint, so a change here asks for a migration there.
 */
const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>()
const flag = (name: string) => integer(name, { mode: 'boolean' })

export const sessions = sqliteTable(
  'sessions',
  {
    id: integer('id').primaryKey(),
    title: text('title').notNull().default(''),
    startedAt: integer('started_at'),
    addedAt: integer('added_at').notNull(),
    happenedAt: integer('happened_at').generatedAlwaysAs(sql`coalesce(started_at, added_at)`, { mode: 'virtual' }),
  },
  (t) => [index('sessions_by_time').on(t.happenedAt, t.id)],
)

export const recordings = sqliteTable(
  'recordings',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    fingerprint: text('fingerprint').notNull(),
    sessionId: integer('session_id').references(() => sessions.id, { onDelete: 'set null' }),
    path: text('path').notNull(),
    size: integer('size').notNull(),
    mtimeMs: real('mtime_ms').notNull(),
    title: text('title').notNull().default(''),
    game: text('game'),
    state: text('state').$type<RecordingState>().notNull().default('new'),
    recordedAt: integer('recorded_at'),
    addedAt: integer('added_at').notNull(),
    durationSeconds: real('duration_seconds'),
    media: json<MediaInfo>('media'),
    /** When it was recorded, as far as we know. */
    happenedAt: integer('happened_at').generatedAlwaysAs(sql`coalesce(recorded_at, added_at)`, { mode: 'virtual' }),
  },
  (t) => [
    uniqueIndex('recordings_by_fingerprint').on(t.fingerprint),
    index('recordings_by_path').on(t.path),
    index('recordings_by_size').on(t.size),
    index('recordings_by_session').on(t.sessionId, t.happenedAt, t.id),
    index('recordings_by_time').on(t.happenedAt, t.id),
    index('recordings_by_title').on(sql`title COLLATE NOCASE`, t.id),
    index('recordings_by_duration').on(t.durationSeconds, t.id),
    index('recordings_by_state_time').on(t.state, t.happenedAt, t.id),
    index('recordings_by_state_title').on(t.state, sql`title COLLATE NOCASE`, t.id),
    index('recordings_by_state_duration').on(t.state, t.durationSeconds, t.id),
    index('recordings_by_game_time').on(t.game, t.happenedAt, t.id),
    index('recordings_by_game_title').on(t.game, sql`title COLLATE NOCASE`, t.id),
    index('recordings_by_game_duration').on(t.game, t.durationSeconds, t.id),
    check('fingerprint', sql`length(fingerprint) = 64 AND fingerprint NOT GLOB '*[^0-9a-f]*'`),
    check('path', sql`path <> ''`),
    check('size', sql`size >= 0`),
    check('state', sql`state IN ('new', 'analysed', 'missing', 'failed')`),
    check('duration', sql`duration_seconds >= 0`),
    check('media', sql`media IS NULL OR json_valid(media)`),
  ],
)

export const recordingTags = sqliteTable(
  'recording_tags',
  {
    recordingId: integer('recording_id')
      .notNull()
      .references(() => recordings.id, { onDelete: 'cascade' }),
    tag: text('tag').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordingId, t.tag] }),
    index('recording_tags_by_tag').on(t.tag, t.recordingId),
    check('tag', sql`tag <> '' AND length(tag) <= 60`),
  ],
)

const spanColumns = {
  startTicks: integer('start_ticks').notNull(),
  endTicks: integer('end_ticks').notNull(),
}

export const segments = sqliteTable(
  'segments',
  {
    id: integer('id').primaryKey(),
    recordingId: integer('recording_id')
      .notNull()
      .references(() => recordings.id, { onDelete: 'cascade' }),
    modelId: text('model_id').notNull(),
    modelVersion: text('model_version').notNull(),
    /** Best first, from 0. */
    ordinal: integer('ordinal').notNull(),
    ...spanColumns,
    peakTicks: integer('peak_ticks').notNull(),
    score: real('score').notNull(),
    selected: flag('selected').notNull(),
    reasons: json<Reason[]>('reasons').notNull(),
    madeAt: integer('made_at').notNull(),
    /** The model's own, where learning changed it. */
    baseScore: real('base_score'),
    foundStart: integer('found_start'),
    foundEnd: integer('found_end'),
    evidence: json<Evidence>('evidence'),
  },
  (t) => [
    uniqueIndex('segments_by_recording').on(t.recordingId, t.modelId, t.modelVersion, t.ordinal),
    index('segments_by_age').on(t.recordingId, t.madeAt),
    check('ordinal', sql`ordinal >= 0`),
    check('start', sql`start_ticks >= 0`),
    check('score', sql`score BETWEEN 0 AND 1`),
    check('selected', sql`selected IN (0, 1)`),
    check('reasons', sql`json_valid(reasons)`),
    check('base_score', sql`base_score BETWEEN 0 AND 1`),
    check('evidence', sql`json_valid(evidence)`),
    check('span', sql`start_ticks < end_ticks AND peak_ticks BETWEEN start_ticks AND end_ticks`),
  ],
)

/** What the last analysis came to. Scores and chat are little-endian 32-bit numbers, two a second. */
export const analyses = sqliteTable(
  'analyses',
  {
    recordingId: integer('recording_id')
      .primaryKey()
      .references(() => recordings.id, { onDelete: 'cascade' }),
    scores: blob('scores', { mode: 'buffer' }).notNull(),
    /** Messages a minute, NaN where nobody could write; null without a chat. */
    chatRate: blob('chat_rate', { mode: 'buffer' }),
    markers: json<Marker[]>('markers').notNull(),
    madeAt: integer('made_at').notNull(),
  },
  () => [check('markers', sql`json_valid(markers)`)],
)

/** How often each area was changed by any process; triggers count. */
export const changes = sqliteTable('changes', { area: text('area').primaryKey(), n: integer('n').notNull() })

export const clips = sqliteTable(
  'clips',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    recordingId: integer('recording_id')
      .notNull()
      .references(() => recordings.id, { onDelete: 'cascade' }),
    ...spanColumns,
    peakTicks: integer('peak_ticks').notNull(),
    originStart: integer('origin_start').notNull(),
    originEnd: integer('origin_end').notNull(),
    score: real('score').notNull(),
    reasons: json<Reason[]>('reasons').notNull(),
    title: text('title').notNull().default(''),
    state: text('state').$type<ClipState>().notNull().default('candidate'),
    favourite: flag('favourite').notNull().default(false),
    /** A person decided something about it: no later run changes or removes it. */
    decided: flag('decided').notNull().default(false),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('clips_by_origin').on(t.recordingId, t.originStart, t.originEnd),
    index('clips_by_recording_score').on(t.recordingId, t.score, t.id),
    index('clips_by_recording_time').on(t.recordingId, t.startTicks, t.id),
    index('clips_by_recording_age').on(t.recordingId, t.createdAt, t.id),
    index('clips_by_score').on(t.score, t.id),
    index('clips_by_age').on(t.createdAt, t.id),
    index('clips_by_state_score').on(t.state, t.score, t.id),
    index('clips_by_state_age').on(t.state, t.createdAt, t.id),
    index('clips_by_state_time').on(t.state, t.recordingId, t.startTicks, t.id),
    index('clips_by_favourite_score').on(t.favourite, t.score, t.id),
    index('clips_by_favourite_age').on(t.favourite, t.createdAt, t.id),
    index('clips_by_favourite_time').on(t.favourite, t.recordingId, t.startTicks, t.id),
    index('clips_by_both_score').on(t.favourite, t.state, t.score, t.id),
    index('clips_by_both_age').on(t.favourite, t.state, t.createdAt, t.id),
    index('clips_by_both_time').on(t.favourite, t.state, t.recordingId, t.startTicks, t.id),
    index('clips_kept')
      .on(t.recordingId)
      .where(sql`state = 'kept'`),
    check('start', sql`start_ticks >= 0`),
    check('peak', sql`peak_ticks >= 0`),
    check('score', sql`score BETWEEN 0 AND 1`),
    check('reasons', sql`json_valid(reasons)`),
    check('state', sql`state IN ('candidate', 'kept', 'rejected')`),
    check('favourite', sql`favourite IN (0, 1)`),
    check('decided', sql`decided IN (0, 1)`),
    check('span', sql`start_ticks < end_ticks`),
  ],
)

export const clipTags = sqliteTable(
  'clip_tags',
  {
    clipId: integer('clip_id')
      .notNull()
      .references(() => clips.id, { onDelete: 'cascade' }),
    tag: text('tag').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.clipId, t.tag] }),
    index('clip_tags_by_tag').on(t.tag, t.clipId),
    check('tag', sql`tag <> '' AND length(tag) <= 60`),
  ],
)

/** Entries of clips' logs, which triggers keep from being changed or removed. */
export const clipEdits = sqliteTable(
  'clip_edits',
  {
    clipId: integer('clip_id')
      .notNull()
      .references(() => clips.id, { onDelete: 'cascade' }),
    revision: integer('revision').notNull(),
    kind: text('kind').$type<'begin' | 'edit' | 'undo' | 'redo'>().notNull(),
    /** JSON; as text, because it is checked when it is read. */
    value: text('value'),
    happenedAt: integer('happened_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.clipId, t.revision] }),
    check('revision', sql`revision >= 0`),
    check('kind', sql`kind IN ('begin', 'edit', 'undo', 'redo')`),
    check('value', sql`value IS NULL OR json_valid(value)`),
    check('said', sql`(value IS NULL) = (kind IN ('undo', 'redo'))`),
  ],
)

export const renders = sqliteTable(
  'renders',
  {
    id: integer('id').primaryKey(),
    clipId: integer('clip_id').references(() => clips.id, { onDelete: 'cascade' }),
    path: text('path').notNull(),
    kind: text('kind').$type<RenderKind>().notNull(),
    ...spanColumns,
    cut: text('cut').$type<CutMode>().notNull(),
    verified: flag('verified').notNull(),
    planHash: text('plan_hash').notNull(),
    /** Of the file when we wrote it: so we know our own again, and one that was changed. */
    size: integer('size').notNull(),
    mtimeMs: real('mtime_ms').notNull(),
    madeAt: integer('made_at').notNull(),
    /** What is said of it; null: nothing. */
    note: text('note'),
    /** Of one that is of no clip: what it was made of. */
    montage: json<Montage>('montage'),
  },
  (t) => [
    uniqueIndex('renders_by_path').on(t.path),
    index('renders_by_clip').on(t.clipId, t.id),
    index('renders_by_plan').on(t.planHash),
    check('path', sql`path <> ''`),
    check('kind', sql`kind IN ('landscape', 'vertical', 'square')`),
    check('cut', sql`cut IN ('copy', 'smart', 'encode')`),
    check('verified', sql`verified IN (0, 1)`),
    check('size', sql`size >= 0`),
    check('montage', sql`json_valid(montage)`),
    check('span', sql`start_ticks < end_ticks`),
    check('of', sql`(clip_id IS NULL) = (montage IS NOT NULL)`),
  ],
)

export const transcripts = sqliteTable(
  'transcripts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    recordingId: integer('recording_id')
      .notNull()
      .references(() => recordings.id, { onDelete: 'cascade' }),
    ...spanColumns,
    text: text('text').notNull(),
  },
  (t) => [
    index('transcripts_by_recording').on(t.recordingId, t.startTicks, t.id),
    check('span', sql`start_ticks <= end_ticks`),
  ],
)

export const jobs = sqliteTable(
  'jobs',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Canonical JSON, so that equal specs are equal text. */
    spec: text('spec').notNull(),
    state: text('state').$type<JobState>().notNull().default('queued'),
    priority: integer('priority').notNull().default(0),
    attempt: integer('attempt').notNull().default(0),
    recording: text('recording'),
    progress: json<JobProgress>('progress'),
    failures: json<JobFailure[]>('failures').notNull().default([]),
    ownerPid: integer('owner_pid'),
    ownerStartedAt: text('owner_started_at'),
    ownerBootId: text('owner_boot_id'),
    leaseUntil: integer('lease_until'),
    leaseMs: integer('lease_ms'),
    /** What a process that is not the owner asked for; `go-on` takes an earlier wish back. */
    requested: text('requested').$type<'pause' | 'cancel' | 'go-on'>(),
    reservedPid: integer('reserved_pid'),
    reservedStartedAt: text('reserved_started_at'),
    reservedBootId: text('reserved_boot_id'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    produced: json<JobProduced>('produced'),
    interruptions: integer('interruptions').notNull().default(0),
  },
  (t) => [
    index('jobs_by_turn').on(t.state, sql`priority DESC`, t.id),
    index('jobs_by_state').on(t.state, t.id),
    index('jobs_by_spec')
      .on(t.spec)
      .where(sql`state IN ('queued', 'running', 'paused')`),
    check('spec', sql`json_valid(spec)`),
    check('state', sql`state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'needs-input')`),
    check('attempt', sql`attempt >= 0`),
    check('progress', sql`progress IS NULL OR json_valid(progress)`),
    check('failures', sql`json_valid(failures)`),
    check('produced', sql`json_valid(produced)`),
    check('requested', sql`requested IN ('pause', 'cancel', 'go-on')`),
    check('owned', sql`(state = 'running') = (owner_pid IS NOT NULL)`),
    check(
      'owner',
      sql`(owner_pid IS NULL) = (owner_started_at IS NULL) AND (owner_pid IS NULL) = (owner_boot_id IS NULL)`,
    ),
    check('lease', sql`(owner_pid IS NULL) = (lease_until IS NULL) AND (owner_pid IS NULL) = (lease_ms IS NULL)`),
    check('reserved_start', sql`(reserved_pid IS NULL) = (reserved_started_at IS NULL)`),
    check('reserved_boot', sql`(reserved_pid IS NULL) = (reserved_boot_id IS NULL)`),
    check('request', sql`requested IS NULL OR state = 'running'`),
    check('interruptions', sql`interruptions >= 0`),
  ],
)

const ownerColumns = {
  ownerPid: integer('owner_pid').notNull(),
  ownerStartedAt: text('owner_started_at').notNull(),
  ownerBootId: text('owner_boot_id').notNull(),
}

export const heavySlot = sqliteTable(
  'heavy_slot',
  {
    id: integer('id').primaryKey(),
    jobId: integer('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    attempt: integer('attempt').notNull(),
    ...ownerColumns,
    leaseUntil: integer('lease_until').notNull(),
    leaseMs: integer('lease_ms').notNull(),
  },
  (t) => [index('heavy_slot_by_job').on(t.jobId), check('one', sql`id = 1`)],
)

export const checkpoints = sqliteTable(
  'checkpoints',
  {
    fingerprint: text('fingerprint').notNull(),
    stage: text('stage').notNull(),
    version: integer('version').notNull(),
    options: text('options').notNull(),
    /** JSON; as text, because Drizzle's JSON columns take `null` for NULL. */
    value: text('value').notNull(),
    writtenAt: integer('written_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.fingerprint, t.stage, t.version, t.options] }),
    index('checkpoints_by_age').on(t.writtenAt),
    check('value', sql`json_valid(value)`),
  ],
)

export const processes = sqliteTable(
  'processes',
  {
    pid: integer('pid').notNull(),
    startedAt: text('started_at').notNull(),
    bootId: text('boot_id').notNull(),
    what: text('what').notNull(),
    ...ownerColumns,
    recordedAt: integer('recorded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.pid, t.startedAt, t.bootId] })],
)

export const tempFiles = sqliteTable(
  'temp_files',
  {
    path: text('path').primaryKey().notNull(),
    ...ownerColumns,
    jobId: integer('job_id'),
    recordedAt: integer('recorded_at').notNull(),
  },
  (t) => [index('temp_files_by_job').on(t.jobId), check('path', sql`path <> ''`)],
)

export const settings = sqliteTable(
  'settings',
  {
    key: text('key').primaryKey().notNull(),
    /** JSON; as text, because Drizzle's JSON columns take `null` for NULL. */
    value: text('value').notNull(),
    changedAt: integer('changed_at').notNull(),
  },
  () => [check('value', sql`json_valid(value)`)],
)

export const featureFiles = sqliteTable(
  'feature_files',
  {
    fingerprint: text('fingerprint').notNull(),
    version: integer('version').notNull(),
    /** A plain name in the features folder. */
    file: text('file').notNull(),
    bytes: integer('bytes').notNull(),
    lastUsedAt: integer('last_used_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.fingerprint, t.version] }),
    uniqueIndex('feature_files_by_file').on(t.file),
    index('feature_files_by_use').on(t.lastUsedAt, t.bytes),
    check('file', sql`file <> '' AND file NOT GLOB '*[/\\]*'`),
    check('bytes', sql`bytes >= 0`),
  ],
)

export const deviceVerdicts = sqliteTable(
  'device_verdicts',
  {
    /** Provider, model, driver and runtime: what, when it changes, makes the verdict worthless. */
    key: text('key').primaryKey().notNull(),
    verdict: json<Verdict | DecodeVerdict | EncodeVerdict>('verdict').notNull(),
    checkedAt: integer('checked_at').notNull(),
  },
  () => [check('verdict', sql`json_valid(verdict)`)],
)

export const models = sqliteTable(
  'models',
  {
    id: text('id').notNull(),
    version: text('version').notNull(),
    path: text('path').notNull(),
    sha256: text('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    installedAt: integer('installed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.version] }),
    check('sha256', sql`length(sha256) = 64`),
    check('bytes', sql`bytes >= 0`),
  ],
)

export const decisions = sqliteTable(
  'decisions',
  {
    id: integer('id').primaryKey(),
    fingerprint: text('fingerprint').notNull(),
    /** The clip's, which stays when a person trims it. */
    originStart: integer('origin_start').notNull(),
    originEnd: integer('origin_end').notNull(),
    peakTicks: integer('peak_ticks').notNull(),
    /** Null: only trimmed. */
    verdict: text('verdict').$type<MomentVerdict>(),
    /** What the person was shown first, and what they made of it. */
    offeredStart: integer('offered_start').notNull(),
    offeredEnd: integer('offered_end').notNull(),
    ...spanColumns,
    /** What the model below found there, before any padding. */
    foundStart: integer('found_start').notNull(),
    foundEnd: integer('found_end').notNull(),
    modelId: text('model_id'),
    modelVersion: text('model_version'),
    evidence: json<Evidence>('evidence'),
    game: text('game'),
    decidedAt: integer('decided_at').notNull(),
  },
  (t) => [
    uniqueIndex('decisions_by_moment').on(t.fingerprint, t.originStart, t.originEnd),
    index('decisions_by_age').on(t.decidedAt, t.id),
    check('fingerprint', sql`length(fingerprint) = 64`),
    check('verdict', sql`verdict IN ('keep', 'discard')`),
    check('evidence', sql`json_valid(evidence)`),
    check('spans', sql`start_ticks < end_ticks AND offered_start < offered_end AND found_start < found_end`),
    check('says', sql`verdict IS NOT NULL OR start_ticks <> offered_start OR end_ticks <> offered_end`),
    check('model', sql`(evidence IS NULL) = (model_id IS NULL) AND (model_id IS NULL) = (model_version IS NULL)`),
  ],
)

export const calibrations = sqliteTable(
  'calibrations',
  {
    modelId: text('model_id').notNull(),
    modelVersion: text('model_version').notNull(),
    /** Of the decisions that it was learned from. */
    digest: text('digest').notNull(),
    learned: json<Learned>('learned').notNull(),
    madeAt: integer('made_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.modelId, t.modelVersion] }), check('learned', sql`json_valid(learned)`)],
)

export const facecamSettings = sqliteTable(
  'facecam_settings',
  {
    /** Empty: every game of which nothing was said. */
    game: text('game').primaryKey().notNull(),
    region: json<Region>('region'),
    changedAt: integer('changed_at').notNull(),
  },
  () => [check('region', sql`json_valid(region)`)],
)

export const foundFacecams = sqliteTable(
  'found_facecams',
  {
    fingerprint: text('fingerprint').primaryKey().notNull(),
    version: integer('version').notNull(),
    region: json<Region>('region'),
    foundAt: integer('found_at').notNull(),
  },
  () => [check('fingerprint', sql`length(fingerprint) = 64`), check('region', sql`json_valid(region)`)],
)
