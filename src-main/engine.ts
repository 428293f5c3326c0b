import { randomUUID } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { HostKind } from '../src-shared/contract/app.ts'
import type { FeaturesDumpDocument } from '../src-shared/contract/documents.ts'
import type { HostServices } from '../src-shared/contract/host-services.ts'
import type { Job } from '../src-shared/contract/job.ts'
import { findTools } from './adapters/ffmpeg/tools.ts'
import { createRunner } from './adapters/ffmpeg/runner.ts'
import { removeFile } from './adapters/files/publish-file.ts'
import { createStageRates } from './adapters/files/stage-rates.ts'
import { machineVersions } from './adapters/onnx/machine-versions.ts'
import { openLibrary, type Library } from './adapters/library/open-library.ts'
import type { Logger } from './adapters/logging/create-logger.ts'
import { obsConfigFolder } from './adapters/obs/config-folder.ts'
import { createChildGuard } from './adapters/processes/child-guard.ts'
import { currentProcess, isAlive } from './adapters/processes/process-identity.ts'
import { reapOrphans } from './adapters/processes/reap-orphans.ts'
import type { ApiDeps } from './api/deps.ts'
import { connectApi } from './engine/connect-api.ts'
import { connectApplication } from './engine/connect-application.ts'
import { connectLayout } from './engine/connect-layout.ts'
import { connectLearning } from './engine/connect-learning.ts'
import { connectPipelineLibrary } from './engine/connect-pipeline-library.ts'
import { connectStages, type Analysis, type ConnectStagesOptions } from './engine/connect-stages.ts'
import { dumpFeatures, type DumpRequest } from './engine/dump-features.ts'
import { fileChanged } from './engine/connect-exports.ts'
import { connectFiles, type Files } from './engine/connect-files.ts'
import { connectMedia, PLAYBACK_BYTES, type Media } from './engine/connect-media.ts'
import { connectStills, STILLS_BYTES } from './engine/connect-stills.ts'
import { createEventStream } from './engine/event-stream.ts'
import { createInference, type Inference } from './engine/inference.ts'
import { recordingFiles } from './engine/recording-files.ts'
import { programFolders } from './engine/program-folders.ts'
import { tellJobs } from './engine/tell-jobs.ts'
import { watchLibrary } from './engine/watch-library.ts'
import { watchPresence } from './engine/watch-presence.ts'
import { systemClock } from './jobs/clock.ts'
import { createQueue, type Queue } from './jobs/queue.ts'
import { recover } from './jobs/recover.ts'
import { rememberAlive, ttlOf } from './jobs/remember-alive.ts'
import type { JobOutcome } from './jobs/run-job.ts'

export interface EngineOptions {
  dataDir: string
  host: HostServices
  /** Who it works for; without it, a command line. */
  hostKind?: HostKind
  logger: Logger
  /** Folders that windows without dialogs may look into, besides the usual ones. */
  allowedFolders?: readonly string[]
  platform?: NodeJS.Platform
  env?: NodeJS.ProcessEnv
}

export type EngineOutcome = JobOutcome<Analysis>

export interface Engine {
  readonly library: Library
  readonly queue: Queue<Analysis>
  /** What the contract's handlers answer from. */
  readonly api: ApiDeps
  readonly inference: Inference
  /** Recordings, renders and proxies, for whoever shows them. */
  readonly media: Media
  /** Files that windows without dialogs choose and send. */
  readonly files: Files
  /** Writes what a highlights model would be fed from a recording; the library is the same afterwards. */
  dumpFeatures(request: DumpRequest): Promise<FeaturesDumpDocument>
  /** The FFmpeg in use; looked for at the first call. Throws `ffmpeg/missing`. */
  tools(): ReturnType<typeof findTools>
  /** Ends what runs (it goes back into the queue), the inference process and the library. */
  close(): Promise<void>
}

/**
 * The whole engine over one data folder: plain Node, no Electron. Clears up first after processes that died.
 * Any number of engines, in any number of processes, may share a library.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { dataDir, host, logger, platform = process.platform, env = process.env } = options
  const library = openLibrary(dataDir, { platform })
  try {
    return await connect(library)
  } catch (thrown) {
    library.close()
    throw thrown
  }

  async function connect(library: Library): Promise<Engine> {
    const self = currentProcess(platform)
    const alive = rememberAlive((identity) => isAlive(identity, platform), { ttlMs: ttlOf(platform), ...systemClock })
    const folders = programFolders()
    const files = recordingFiles(platform)
    const events = createEventStream(randomUUID())
    for (const warning of library.warnings) logger.warn(warning)

    const recovered = await recover({
      store: library.jobs,
      tempFiles: library.tempFiles,
      reapChildren: async () => (await reapOrphans(library.processes, { platform })).length,
      isAlive: alive,
      removeFile: (path) => removeFile(path, { platform }),
      now: Date.now,
      platform,
    })
    if (recovered.reaped + recovered.removed.length + recovered.released.length > 0) {
      logger.info({ recovered }, 'cleared up after a process that died')
    }

    const guard = createChildGuard({
      table: library.processes,
      platform,
      onProblem: (problem) => logger.warn({ err: problem }, 'child guard'),
    })
    const stages = new Map<number, string>()
    const logJob = ({ id, state, progress, failures, spec }: Job): void => {
      if (state === 'running') {
        if (progress === null || stages.get(id) === progress.stage) return
        if (!stages.has(id)) logger.info({ job: id, spec }, 'job begins')
        stages.set(id, progress.stage)
        logger.info({ job: id, stage: progress.stage }, 'stage begins')
      } else {
        stages.delete(id)
        logger.info({ job: id, state, failure: failures.at(-1) }, 'job ends')
      }
    }
    let found: ReturnType<typeof findTools> | undefined
    const tools = (): ReturnType<typeof findTools> =>
      (found ??= findTools({
        env,
        platform,
        setting: library.settings.get().ffmpeg,
        resourcesFolder: folders.resources,
        cacheFolder: join(folders.cache, 'ffmpeg'),
      }))
    const inference = await createInference({ host, guard, library, platform, env, modelsFolder: folders.models })
    const runnerFor = (log: Logger) => async () =>
      createRunner({
        tools: await tools(),
        guard,
        platform,
        onEvent: (event) => log.debug({ event }, 'ffmpeg'),
      })
    const layouts = connectLayout({
      library,
      platform,
      runner: runnerFor(logger),
      obsFolder: obsConfigFolder({ platform, env, home: homedir() }),
    })
    const stageOptions = (log: Logger): ConnectStagesOptions => ({
      library,
      files,
      inference,
      platform,
      machine: () => machineVersions(platform, env),
      owner: self,
      log: (warning) => log.warn(warning),
      fonts: join(folders.resources, 'fonts', 'ttf'),
      layouts,
      runner: runnerFor(log),
      onFile: (recordingId) => events.emit(fileChanged(recordingId)),
    })
    const telling = tellJobs(library, events.emit)
    const unwatch = watchLibrary({
      library,
      clock: systemClock,
      isHeard: () => events.listeners > 0,
      emit: events.emit,
      tell: telling.tell,
      onTrouble: (thrown) => logger.debug({ err: thrown }, 'watching the library'),
    })
    const queue = createQueue<Analysis>({
      store: library.jobs,
      owner: self,
      isAlive: alive,
      clock: systemClock,
      stat: files.stat,
      rates: createStageRates(join(dataDir, 'stage-rates.json')),
      connect: (job) => ({
        stages: connectStages(stageOptions(logger.child({ job: job.id }))),
        library: connectPipelineLibrary(library, (recordingId) => {
          events.emit({ kind: 'recording-changed', recordingId })
          events.emit({ kind: 'clips-changed', recordingId })
        }),
      }),
      onChange: (job) => {
        telling.changed(job)
        logJob(job)
      },
      onTrouble: (error) => logger.warn({ err: error }, 'queue'),
    })

    const stills = connectStills(stageOptions(logger))
    const media = connectMedia(stageOptions(logger))
    const browsable = connectFiles({
      library,
      owner: self,
      platform,
      env,
      allowed: options.allowedFolders ?? [],
      recorderFolders: async () =>
        (await application.setup.suggestions(undefined, undefined)).map(({ folder }) => folder),
    })
    const presence = watchPresence({
      library,
      stat: files.stat,
      emit: events.emit,
      isHeard: () => events.listeners > 0,
    })
    const application = connectApplication({
      ...{ library, queue, files, platform, env, folders, inference, tools },
      home: homedir(),
      desktop: host.desktop ?? {},
      hostKind: options.hostKind ?? 'cli',
      quotas: { stills: STILLS_BYTES, playback: PLAYBACK_BYTES },
      run: events.run,
      emit: events.emit,
      tell: telling.tell,
    })
    return {
      library,
      queue,
      api: connectApi(
        library,
        events,
        connectLearning(library, inference.scorer.model),
        layouts,
        stills,
        {
          ...application,
          media,
          files: browsable,
        },
        presence.shown,
      ),
      inference,
      media,
      files: browsable,
      dumpFeatures: (request) => dumpFeatures(stageOptions(logger), request),
      tools,
      async close() {
        unwatch()
        await Promise.all([queue.stop(), stills.close(), media.close(), presence.close()])
        await inference.close()
        events.close()
        library.close()
      },
    }
  }
}
