import { availableParallelism, freemem } from 'node:os'

const MIB = 1024 * 1024
/** Bytes that this process may come to need beside the builds. */
const OWN = 256 * MIB
/** Bytes for one build: more than kustomize takes for KubeVirt's control plane beside others (220 MB). */
const BUILD = 256 * MIB

/** What a machine, or the control group of this process, has left. */
export interface Machine {
  readonly cores: number
  /** Bytes. */
  readonly memory: number
}

/** How many overlays are rendered at a time when nobody says: as many as there are cores, and fewer where memory would not do. */
export function defaultJobs({ cores, memory }: Machine = thisMachine()): number {
  return Math.max(1, Math.min(cores, Math.floor((memory - OWN) / BUILD)))
}

function thisMachine(): Machine {
  // Node 20.13 and later know of the limit of a container.
  return { cores: availableParallelism(), memory: process.availableMemory?.() ?? freemem() }
}
