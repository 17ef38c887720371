import { hideCredentials } from './hide-credentials.ts'
import type { ReferenceFault } from './reference.ts'
import { fieldOf, itemsOf, textOf } from './value-fields.ts'
import type { Value } from './yaml-value.ts'

/** An entry of `helmCharts`, before its files are looked up. */
export interface ChartDraft {
  readonly name: string
  /** '' for a chart in the tree. */
  readonly repo: string
  readonly version: string
  /** The folder of charts, as written or by default. */
  readonly home: string
  readonly faults: readonly ReferenceFault[]
  readonly at: number
}

/** The default of `helmGlobals.chartHome`. */
const DEFAULT_HOME = 'charts'

/** Field names of the deprecated form that differ from `helmCharts`. */
const OLD_NAMES = { name: 'chartName', repo: 'chartRepoUrl', version: 'chartVersion' } as const
const NAMES = { name: 'name', repo: 'repo', version: 'version' } as const

export interface ChartPlace {
  /** `helmGlobals`; the entry itself in the configuration of a generator. */
  readonly globals: Value | undefined
  /** The offset of all faults; their own offsets when undefined. */
  readonly place: number | undefined
  /** Whether it is an entry of `helmChartInflationGenerator`. */
  readonly isOld: boolean
}

/** Texts that kustomize passes to helm where they could be read as options. */
const ARGUMENTS = ['releaseName', 'nameTemplate', 'namespace', 'kubeVersion'] as const

/** Reads an entry of `helmCharts`, in its deprecated or its new form. */
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
      `set ${names.name}: to the name in the Chart.yaml of the chart`,
    )
  if (repo === '') return
  if (/^oci:/iu.test(repo))
    yield refuse(
      `chart ${name} is in an OCI registry, which vendor does not support: it fetches archives only over https`,
      `run helm pull ${hideCredentials(repo.replace(/\/+$/u, ''))}/${name} --version ${version || 'VERSION'} --untar --untardir ${home}, commit the result, and remove ${names.repo}: and ${names.version}:`,
    )
  else if (!/^https:\/\//iu.test(repo))
    yield refuse(
      `the repository of chart ${name} is not an https URL`,
      `write ${names.repo}: https://HOST/PATH`,
    )
  else if (hideCredentials(repo) !== repo)
    yield refuse(
      `the repository URL of chart ${name} contains a user, a password or a token`,
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

/** A SemVer version. */
const EXACT = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/u

/** Rejects text that helm would read as an option: `--post-renderer` runs a program. */
function* wordFaults(entry: Value, place: number | undefined): Generator<ReferenceFault> {
  const values = [...ARGUMENTS.map((name) => fieldOf(entry, name)), ...itemsOf(fieldOf(entry, 'apiVersions'))]
  for (const value of values) {
    if (!textOf(value).startsWith('-')) continue
    const message = `helm would read "${textOf(value)}" as an option`
    yield { code: 'chart-refused', message, at: place ?? value?.at ?? entry.at }
  }
}
