import { connectDetection } from './connect-detection.ts'
import { connectExports, type ConnectExportsOptions } from './connect-exports.ts'
import { connectJobs, type ConnectJobsOptions } from './connect-jobs.ts'
import { connectMachine, type ConnectMachineOptions } from './connect-machine.ts'
import { connectRecordingFiles, type ConnectRecordingFilesOptions } from './connect-recording-files.ts'
import { connectStorage, type ConnectStorageOptions } from './connect-storage.ts'
import { connectTimeline } from './connect-timeline.ts'

type Options = Omit<ConnectExportsOptions, 'add'> &
  ConnectJobsOptions &
  ConnectMachineOptions &
  ConnectRecordingFilesOptions &
  ConnectStorageOptions

/** The areas of the contract that only applications ask for, and the queue. */
export function connectApplication(options: Options) {
  const { library, emit } = options
  const jobs = connectJobs(options)
  return {
    jobs,
    timeline: connectTimeline(library, emit),
    recordingFiles: connectRecordingFiles(options),
    exports: connectExports({ ...options, add: jobs.add }),
    detection: connectDetection(library),
    storage: connectStorage(options),
    ...connectMachine(options),
  }
}
