import type { InputRole } from './input-graph.ts'
import type { NamedForm } from './field-shape.ts'

/** A reference as written, before it is looked up. */
export interface Reference {
  readonly form: NamedForm
  readonly role: InputRole
  readonly written: string
  readonly at: number
  readonly generator?: GeneratorDraft
  /** Whether it is the file of a `patches` entry with a target: some versions reject empty ones. */
  readonly targeted?: boolean
}

export interface GeneratorDraft {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly namespace: string | undefined
  readonly behavior: string | undefined
  readonly at: number
  readonly sources: readonly SourceDraft[]
  readonly literalKeys: readonly string[]
}

export interface SourceDraft {
  readonly form: 'file' | 'env'
  readonly key: string | undefined
  readonly written: string
  readonly at: number
}

/** An inline plugin configuration, which may also be a file. */
export interface InlinePlugin {
  readonly text: string
  readonly at: number
}

export interface ReferenceFault {
  readonly code: 'value-invalid' | 'chart-refused' | 'plugin-refused'
  readonly message: string
  readonly hint?: string
  readonly at: number
}
