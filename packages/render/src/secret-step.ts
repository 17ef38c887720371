import type { InputGraph, WantedFile } from '@overlay-render/kustomize'
import type { Finding } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'
import { type SecretForm, stubSecret } from './stub-secrets.ts'

/** A file that a secretGenerator of an overlay reads. Its content is never shown. */
export interface SecretFile {
  /** Relative to the workspace. */
  readonly path: string
  /** The path as written in the kustomization. */
  readonly written: string
  readonly form: SecretForm
  /** Its key in the Secret; undefined for an env file, whose lines have the keys. */
  readonly key: string | undefined
  readonly secret: { readonly name: string; readonly namespace: string | undefined }
  readonly exists: boolean
  /** Whether a template of the overlay makes it. */
  readonly templated: boolean
  /** Its absolute path with links followed. */
  readonly real: string
}

/**
 * Every file that the secretGenerators of an overlay read, in the order of its kustomizations.
 *
 * @param templated the real paths of the files that templates made
 * @param exists whether a real path has a file; by default the graph knows
 */
export function listSecrets(
  graph: InputGraph,
  {
    shown,
    templated,
    exists,
  }: {
    shown: (path: string) => string
    templated: ReadonlySet<string>
    exists?: (real: string) => boolean
  },
): SecretFile[] {
  return graph.generators
    .filter(({ kind }) => kind === 'Secret')
    .flatMap(({ name, namespace, sources }) =>
      sources.map((source) => ({
        path: shown(source.path),
        written: source.written,
        form: source.form,
        key: source.key,
        secret: { name, namespace },
        exists: exists?.(source.real) ?? source.exists,
        templated: templated.has(source.real),
        real: source.real,
      })),
    )
}

/** Writes stubs for the files that generators read and that a render with stub secrets may not read. */
export class StubSupply {
  readonly #stage: Stage
  /** By real path. */
  readonly #stubs = new Set<string>()
  readonly #used = new Set<string>()
  /** Those of `#used` that a configMapGenerator names. */
  readonly #inputs = new Set<string>()
  /** Warnings about stubs for files of ConfigMaps. */
  readonly findings: Finding[] = []
  /** The files that kustomizations read, before any script, template or edit ran. */
  #readBefore: ReadonlySet<string> = new Set()

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** The files that have a stub, relative to the workspace, sorted. */
  get stubbed(): string[] {
    return [...this.#used].sort()
  }

  /** Those of them that ConfigMaps are generated from. */
  get stubbedInputs(): string[] {
    return [...this.#inputs].sort()
  }

  /** Records a file that a template made from stub values. */
  noteTemplate(path: string): void {
    this.#used.add(this.#stage.tree.shown(path))
  }

  /**
   * Call before patch scripts, templates and edits: writes a stub for every file that a secretGenerator names, whether or not the
   * file exists, so that no step can read it.
   */
  supplySecret(wanted: WantedFile): void {
    const opened = this.#stage.open(wanted.path)
    if (wanted.kind !== 'Secret' || !['file', 'missing', 'broken-link'].includes(opened.outcome)) return
    if (!this.#stage.isAdded(opened.real) && !this.#stage.wasRead(opened.real)) this.#lay(wanted, opened.real)
  }

  /** Records what the kustomizations have read: later reads are by scripts, templates and edits. */
  startSteps(): void {
    this.#readBefore = this.#filesRead()
  }

  /**
   * Call when the build's inputs are listed: writes a stub for each further secret, and for each file of a configMapGenerator that
   * is missing from the tracked tree.
   *
   * @param templated files that templates made from stub values; they are not replaced
   * @throws RenderFault `secret-read` for a secret that a step has read already
   */
  supply(wanted: WantedFile, templated: ReadonlySet<string>): void {
    const opened = this.#stage.open(wanted.path)
    const { outcome, real } = opened
    if (templated.has(real)) return
    if (this.#stubs.has(real)) {
      this.#used.add(this.#stage.tree.shown(wanted.path))
      return
    }
    const isGone = outcome === 'missing' || outcome === 'broken-link'
    const isWanted = wanted.kind === 'Secret' ? isGone || outcome === 'file' : isGone
    if (!isWanted || this.#stage.isAdded(real)) return
    if (this.#stage.wasRead(real) && !this.#readBefore.has(real)) throw readTooSoon(wanted, this.#stage)
    this.#lay(wanted, real)
    this.#used.add(this.#stage.tree.shown(wanted.path))
    if (wanted.kind !== 'ConfigMap') return
    this.#inputs.add(this.#stage.tree.shown(wanted.path))
    this.findings.push(stubFinding(wanted, this.#stage))
  }

  #lay({ written, form }: WantedFile, real: string): void {
    this.#stage.write(real, Buffer.from(stubSecret(written, form)), { kind: 'stub' })
    this.#stubs.add(real)
  }

  #filesRead(): ReadonlySet<string> {
    return new Set(
      this.#stage.observations().flatMap(({ path, digest }) => (digest === undefined ? [] : [path])),
    )
  }
}

function stubFinding({ path, name, position }: WantedFile, { tree }: Stage): Finding {
  return {
    rule: 'generator-file-stubbed',
    severity: 'warning',
    message: `${tree.shown(path)}, a file of ConfigMap ${name}, is not in the tracked tree, so a stub was used`,
    position,
    hint: 'add it to git, or make it by a template (templates: in overlay-render.yaml)',
  }
}

function readTooSoon({ path, name, position }: WantedFile, { tree }: Stage): RenderFault {
  return new RenderFault({
    code: 'secret-read',
    message: `a script, a template or an edit reads ${tree.shown(path)}, which is a file of Secret ${name} in the kustomization that they make`,
    position,
    hint: 'list it under secrets.files in overlay-render.yaml, so that it is known to be secret from the start',
  })
}

/** Refuses missing secret files. @throws RenderFault `secret-missing`, with all of them */
export function requireSecrets(secrets: readonly SecretFile[], overlay: string): void {
  const missing = new Map(
    secrets
      .filter(({ exists }) => !exists)
      .map(({ path, secret }) => [path, `${path}, for Secret ${secret.name}`]),
  )
  if (missing.size === 0) return
  throw new RenderFault({
    code: 'secret-missing',
    message: `${missing.size === 1 ? 'a secret file' : `${missing.size} secret files`} of overlay ${overlay} ${missing.size === 1 ? 'is' : 'are'} missing`,
    details: [...missing.values()],
    hint: 'put them there, make them by templates from the environment, or render with stub secrets',
  })
}

/** The values to redact from messages of a build: the content of each secret file, whole and by line. */
export function secretValues(stage: Stage, secrets: readonly SecretFile[]): string[] {
  return secrets
    .filter(({ real }) => stage.open(real).outcome === 'file')
    .flatMap(({ real, form }) => {
      const text = Buffer.from(stage.read(real)).toString('utf8')
      const lines = text.split(/\r?\n/)
      const values = form === 'env' ? lines.map((line) => line.slice(line.indexOf('=') + 1)) : []
      return [text.trim(), ...lines, ...values]
    })
    .filter((value) => value.trim() !== '')
}
