import { z } from 'zod'

/** Which files a person looks for: recordings; chats, markers and captions; or folders only. */
const fileKinds = ['recordings', 'texts', 'none'] as const

/**
 * Choosing files where there is no dialog of the system's: in a browser. Only what lies in the folders that were
 * allowed can be looked at.
 */
export const browseRequestSchema = z.object({
  /** Absolute; null: where one may begin. */
  folder: z.string().min(1).max(4096).nullable(),
  files: z.enum(fileKinds).default('recordings'),
})

export const browseEntrySchema = z.object({
  kind: z.enum(['folder', 'file']),
  name: z.string(),
  /** Absolute: for the next `browse`, or for a job. */
  path: z.string(),
  /** Bytes; null for folders. */
  size: z.int().nonnegative().nullable(),
  modifiedAt: z.iso.datetime().nullable(),
})

export const browseAnswerSchema = z.object({
  folder: z.string().nullable(),
  /** One up; null where that is where one begins. */
  parent: z.string().nullable(),
  /** Folders first, by name. */
  entries: z.array(browseEntrySchema),
  /** True where the folder has more than can be shown. */
  cutShort: z.boolean(),
})

export type BrowseRequest = z.infer<typeof browseRequestSchema>
export type BrowseAnswer = z.infer<typeof browseAnswerSchema>
export type BrowseEntry = z.infer<typeof browseEntrySchema>
export type FileKind = (typeof fileKinds)[number]
