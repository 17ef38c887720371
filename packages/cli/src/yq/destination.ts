import type { Node } from '@overlay-render/yq'

/** Where results go. What is written is only kept when `finish` is called. */
export interface Destination {
  /** The next result is about to be printed. */
  begin?(node: Node): void
  write(text: string): void
  /** What comes after all results, such as the rest of a file with front matter. */
  append(bytes: Uint8Array): void
  finish(): Promise<void>
}
