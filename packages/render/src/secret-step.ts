import type { InputGraph } from '@overlay-render/kustomize'

import { RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'
import { type SecretForm, stubSecret } from './stub-secrets.ts'

/** A file that a secretGenerator of an overlay reads. Its content is never shown. */
export interface SecretFile {
  /** Relative to the workspace. */
  readonly path: string
  /** As the kustomization writes it. */
  readonly written: string
  readonly form: SecretForm
  /** The key it becomes in the Secret; undefined for an env file, whose lines are the keys. */
  readonly key: string | undefined
  readonly secret: { readonly name: string; readonly namespace: string | undefined }
  readonly exists: boolean
  /** Absolute, links followed. */
  readonly real: string
}

/** Every file that the secretGenerators of an overlay read, in the order of its kustomizations. */
export function listSecrets(graph: InputGraph, shown: (path: string) => string): SecretFile[] {
  return graph.generators
    .filter(({ kind }) => kind === 'Secret')
    .flatMap(({ name, namespace, sources }) =>
      sources.map(({ form, key, written, path, real, exists }) => ({
        path: shown(path),
        written,
        form,
        key,
        secret: { name, namespace },
        exists,
        real,
      })),
    )
}

/**
 * Lays a stub for every secret file but those that a template made, whether or not the real one is there: the
 * output is the same on every machine, and holds no secret.
 *
 * @returns the stubbed files, relative to the workspace, sorted
 */
export function layStubs(
  stage: Stage,
  secrets: readonly SecretFile[],
  templated: ReadonlySet<string>,
): string[] {
  const stubbed = new Set<string>()
  for (const { path, written, form, real } of secrets) {
    if (templated.has(real)) continue
    stage.write(real, Buffer.from(stubSecret(written, form)))
    stubbed.add(path)
  }
  return [...stubbed].sort()
}

/** @throws RenderFault `secret-missing`, which lists every secret file that is not there */
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
    hint: 'put them there, make them by templates from the environment, or render with --secrets stub',
  })
}

/** The values to redact from what a build says: each secret file, whole and by line. */
export function secretValues(stage: Stage, secrets: readonly SecretFile[]): string[] {
  return secrets
    .filter(({ real }) => stage.kindOf(real) === 'file')
    .flatMap(({ real, form }) => {
      const text = Buffer.from(stage.readFile(real)).toString('utf8')
      const lines = text.split(/\r?\n/)
      const values = form === 'env' ? lines.map((line) => line.slice(line.indexOf('=') + 1)) : []
      return [text.trim(), ...lines, ...values]
    })
    .filter((value) => value.trim() !== '')
}
