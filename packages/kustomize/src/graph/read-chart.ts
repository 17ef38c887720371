import { hideCredentials } from './hide-credentials.ts'
import type { ReferenceFault } from './reference.ts'
import { fieldOf, itemsOf, textOf } from './value-fields.ts'
import type { Value } from './yaml-value.ts'

/** An entry of `helmCharts`, before anything is looked up. */
export interface ChartDraft {
  readonly name: string
  /** '' for a chart that is in the tree. */
  readonly repo: string
  readonly version: string
  /** The folder of charts, as it is written or by default. */
  readonly home: string
  readonly faults: readonly ReferenceFault[]
  readonly at: number
}

/** Where kustomize keeps charts unless `helmGlobals.chartHome` says otherwise. */
const DEFAULT_HOME = 'charts'

/** What the old form calls what an entry of `helmCharts` calls otherwise. */
const OLD_NAMES = { name: 'chartName', repo: 'chartRepoUrl', version: 'chartVersion' } as const
const NAMES = { name: 'name', repo: 'repo', version: 'version' } as const

export interface ChartPlace {
  /** `helmGlobals`; the entry itself in the configuration of a generator. */
  readonly globals: Value | undefined
  /** Where all faults are; each at its own place when undefined. */
  readonly place: number | undefined
  /** Whether it is an entry of `helmChartInflationGenerator` in a kustomization. */
  readonly isOld: boolean
}

/** Texts that kustomize hands to helm where an option could be in their place. */
const ARGUMENTS = ['releaseName', 'nameTemplate', 'namespace', 'kubeVersion'] as const

/** Reads an entry of `helmCharts`, in its old form or its new one. */
export function readChart(entry: Value, { globals, place, isOld }: ChartPlace): ChartDraft {
  const names = isOld ? OLD_NAMES : NAMES
  const text = (name: keyof typeof NAMES): string => textOf(fieldOf(entry, names[name]))
  const [name, repo, version] = [text('name'), text('repo'), text('version')]
  const home = textOf(fieldOf(globals, 'chartHome')) || DEFAULT_HOME
  const at = place ?? entry.at
  return {
    name,
    repo,
    version,
    home,
    faults: [...wordFaults(entry, place), ...chartFaults({ name, repo, version, home, at }, names)],
    at,
  }
}

function* chartFaults(
  { name, repo, version, home, at }: Pick<ChartDraft, 'name' | 'repo' | 'version' | 'home' | 'at'>,
  names: Readonly<Record<keyof typeof NAMES, string>>,
): Generator<ReferenceFault> {
  const refuse = (message: string, hint: string): ReferenceFault => ({
    code: 'chart-refused',
    message,
    hint,
    at,
  })
  if (!/^[\w.][\w.-]*$/u.test(name) || /^\.+$/u.test(name))
    yield refuse(
      `"${name}" is not the name of a chart`,
      `write ${names.name}: as the Chart.yaml of the chart does`,
    )
  if (repo === '') return
  if (/^oci:/iu.test(repo))
    yield refuse(
      `chart ${name} is in an OCI registry, which vendor does not support: its archive is asked for by https alone`,
      `run helm pull ${hideCredentials(repo.replace(/\/+$/u, ''))}/${name} --version ${version || 'VERSION'} --untar --untardir ${home}, commit what it writes, and take ${names.repo}: and ${names.version}: out`,
    )
  else if (!/^https:\/\//iu.test(repo))
    yield refuse(
      `the repository of chart ${name} is not an https URL`,
      `write ${names.repo}: https://HOST/PATH`,
    )
  else if (hideCredentials(repo) !== repo)
    yield refuse(
      `the repository of chart ${name} holds a user, a password or a token`,
      'remove it from the URL',
    )
  if (version === '')
    yield refuse(
      `chart ${name} has no version, so each build may get a different one`,
      `write ${names.version}: with one exact version`,
    )
  else if (!EXACT.test(version))
    yield refuse(
      `"${version}" is not one exact version of chart ${name}`,
      `write ${names.version}: with one exact version, such as 1.1.0`,
    )
}

/** A version of SemVer, as charts have them. */
const EXACT = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/u

/** Nothing that kustomize hands to helm may be taken for an option: `--post-renderer` runs a program. */
function* wordFaults(entry: Value, place: number | undefined): Generator<ReferenceFault> {
  const values = [...ARGUMENTS.map((name) => fieldOf(entry, name)), ...itemsOf(fieldOf(entry, 'apiVersions'))]
  for (const value of values) {
    if (!textOf(value).startsWith('-')) continue
    const message = `helm takes "${textOf(value)}" for an option`
    yield { code: 'chart-refused', message, at: place ?? value?.at ?? entry.at }
  }
}
