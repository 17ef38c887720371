export interface Recorder {
  readonly changes: readonly unknown[]
}
