import { getHeapStatistics } from 'node:v8'

/** About what a node takes, with its texts, its place in its parent and the token that it was read from. */
const BYTES_A_NODE = 700

/**
 * How many nodes a text may have, so that reading it ends with an error and not with the process. Node gives
 * a process 2 to 4 GB by default, which is 3 to 6 million nodes.
 */
export function mostNodes(): number {
  return Math.floor(getHeapStatistics().heap_size_limit / BYTES_A_NODE)
}
