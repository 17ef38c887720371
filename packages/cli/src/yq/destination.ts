import type { Node } from '@overlay-render/yq'

/** Where results are written. A file is replaced only when `finish` is called. */
export interface Destination {
  /** Called before each result. */
  begin?(node: Node): void
  write(text: string): void
  /** Writes bytes after all results, such as the rest of a file with front matter. */
  append(bytes: Uint8Array): void
  finish(): Promise<void>
}
