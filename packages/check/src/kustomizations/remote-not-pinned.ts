import { parseGitRemote, isGitRemote, type RemoteInput } from '@overlay-render/kustomize'

import type { Rule } from '../rule.ts'
import { type SourceCheck, sourceExample } from './source-check.ts'

const NAME = 'remote-not-pinned'
const RAW = 'https://raw.githubusercontent.com/example/project'

/** Names of branches, which change with the repository. */
const BRANCH =
  /^(?:HEAD|main|master|develop|devel|dev|trunk|next|latest|stable|gh-pages|release-\d+(?:\.\d+)?)$/u

/** Remotes without a fixed revision. */
export const remoteNotPinned: Rule<SourceCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'A kustomization loads a remote of a branch, or without a revision, so its content can change without a change in this repository.',
  check: ({ overlays, unreached, isVendored }) => {
    const told = new Set<string>()
    return [...overlays, ...unreached]
      .flatMap(({ graph }) => graph.remotes)
      .flatMap((remote) => {
        const { written, position } = remote
        const key = `${position.file} ${written}`
        const branch = isVendored(written) ? undefined : branchOf(remote)
        if (branch === undefined || told.has(key)) return []
        told.add(key)
        return {
          rule: NAME,
          severity: 'warning',
          message: `"${written}" ${branch === '' ? 'has no revision' : `follows the branch ${branch}`}: its content can change at any time`,
          object: key,
          position,
          hint: 'name a tag or a commit, or keep a locked copy in the tree',
        } as const
      })
  },
  examples: {
    fires: [
      remoteExample('a git remote without a revision', 'https://github.com/example/project//deploy'),
      remoteExample('a git remote of a branch', 'https://github.com/example/project//deploy?ref=main'),
      remoteExample('a file of a branch', `${RAW}/master/install.yaml`),
      remoteExample('a file of a branch, in full', `${RAW}/refs/heads/fix/install.yaml`),
      sourceExample('a remote of a base that no overlay uses', {
        'overlays/prod/kustomization.yaml': 'resources: []\n',
        'base/kustomization.yaml': `resources: ["${RAW}/main/install.yaml"]\n`,
      }),
      remoteExample(
        'the latest release',
        'https://github.com/example/project/releases/latest/download/install.yaml',
      ),
    ],
    silent: [
      remoteExample('a tag', 'https://github.com/example/project//deploy?ref=v1.2.3'),
      remoteExample(
        'a commit',
        'https://github.com/example/project//deploy?ref=0123456789abcdef0123456789abcdef01234567',
      ),
      remoteExample('a file of a tag', `${RAW}/v1.2.3/install.yaml`),
      remoteExample(
        'a file of a release',
        'https://github.com/example/project/releases/download/v1.2.3/install.yaml',
      ),
      remoteExample('a file of a host whose URLs name no revision', 'https://example.com/install.yaml'),
      remoteExample('a remote with a locked copy', `${RAW}/main/install.yaml`, [`${RAW}/main/install.yaml`]),
    ],
  },
}

function remoteExample(
  says: string,
  url: string,
  vendored: readonly string[] = [],
): ReturnType<typeof sourceExample> {
  return sourceExample(says, { 'overlays/prod/kustomization.yaml': `resources: ["${url}"]\n` }, { vendored })
}

/** The branch that a remote follows, '' for the default branch; undefined for a pinned or unknown remote. */
function branchOf({ form, written }: RemoteInput): string | undefined {
  // A URL without a file name is a git remote.
  if (form === 'url' && (!isGitRemote(written) || /\.(?:ya?ml|json)(?:$|\?)/u.test(written)))
    return branchOfUrl(written)
  const ref = parseGitRemote(written)?.ref ?? /[?&](?:ref|version)=([^&]+)/u.exec(written)?.[1] ?? 'HEAD'
  if (ref === 'HEAD') return ''
  const name = ref.replace(/^refs\/heads\//u, '')
  return name !== ref || BRANCH.test(name) ? name : undefined
}

function branchOfUrl(url: string): string | undefined {
  const full = /\/refs\/heads\/([^/]+)\//u.exec(url)?.[1]
  if (full !== undefined) return full
  if (/\/releases\/latest\//u.test(url)) return ''
  const part =
    /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/([^/]+)\//u.exec(url)?.[1] ??
    /^https:\/\/github\.com\/[^/]+\/[^/]+\/(?:raw|blob)\/([^/]+)\//u.exec(url)?.[1] ??
    /\/-\/raw\/([^/]+)\//u.exec(url)?.[1]
  return part !== undefined && BRANCH.test(part) ? part : undefined
}
