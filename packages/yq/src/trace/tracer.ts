import type { Recorder } from './recorder.ts'
import type { Change } from './change.ts'
import type { Node } from '../tree/node.ts'
export class Tracer implements Recorder {
  constructor(documents: readonly Node[]) {
    void documents
  }
  enter(): void {}
  leave(): void {}
  change(_node: Node, change: () => void): void {
    change()
  }
  created(): void {}
  deleted(): void {}
  finish(): Change[] {
    return []
  }
}
