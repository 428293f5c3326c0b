import type { ProcessIdentity } from '../../../src-shared/contract/process.ts'

export interface OwnerColumns {
  ownerPid: number
  ownerStartedAt: string
  ownerBootId: string
}

export function ownerColumnsOf(owner: ProcessIdentity): OwnerColumns {
  return { ownerPid: owner.pid, ownerStartedAt: owner.startedAt, ownerBootId: owner.bootId }
}

export function ownerOf(row: OwnerColumns): ProcessIdentity {
  return { pid: row.ownerPid, startedAt: row.ownerStartedAt, bootId: row.ownerBootId }
}

export function isSameProcess(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.pid === b.pid && a.startedAt === b.startedAt && a.bootId === b.bootId
}
