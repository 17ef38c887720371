import { availableParallelism, freemem } from 'node:os'

const MIB = 1024 * 1024
/** Memory in bytes that this process may need besides the builds. */
const OWN = 256 * MIB
/** Memory in bytes for one build. kustomize takes 220 MB for KubeVirt's control plane. */
const BUILD = 256 * MIB

/** The free resources of a machine, or of the control group of this process. */
export interface Machine {
  readonly cores: number
  /** Free memory in bytes. */
  readonly memory: number
}

/** How many overlays are rendered at the same time by default: one per core, fewer when memory is short. */
export function defaultJobs({ cores, memory }: Machine = thisMachine()): number {
  return Math.max(1, Math.min(cores, Math.floor((memory - OWN) / BUILD)))
}

function thisMachine(): Machine {
  // From Node 20.13 on this respects the memory limit of a container.
  return { cores: availableParallelism(), memory: process.availableMemory?.() ?? freemem() }
}
