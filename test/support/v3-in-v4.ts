import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

import { copyTree } from './copy-tree.ts'
import { KUSTOM, trees } from './corpus-by-hand.ts'
import { realYq } from './oracles.ts'

/** A v3 update as a yq 4 expression. yq 3 also applies the style of the value in the script, and drops the value's comments. */
const set = (path: string, value: string, style = ''): string =>
  `(${path}) |= ${JSON.stringify(value)} | ${path} style=${JSON.stringify(style)} | ${path} line_comment=""`

const IMAGES = ['clonerefs', 'initupload', 'entrypoint', 'sidecar'].map((name) =>
  set(
    `.plank.default_decoration_configs.*.utility_images.${name}`,
    `gcr.io/k8s-prow/${name}:v20210423-a5cb5e7945`,
  ),
)

/** The text of both scripts: a folded `>-` scalar, with its lines joined by spaces. */
const jobUrl = (prow: string): string =>
  [
    `https://${prow}/`,
    '{{if eq .Spec.Type "presubmit"}}pr-logs/',
    'pull{{else if eq .Spec.Type "batch"}}pr-logs/',
    'pull{{else}}logs{{end}}{{if .Spec.Refs}}{{if ne .Spec.Refs.Org ""}}/',
    '{{.Spec.Refs.Org}}_{{.Spec.Refs.Repo}}{{end}}{{end}}{{if eq .Spec.Type "presubmit"}}/',
    '{{with index .Spec.Refs.Pulls 0}}{{.Number}}{{end}}{{else if eq .Spec.Type "batch"}}/',
    'batch{{end}}/{{.Spec.Job}}/{{.Status.BuildID}}/',
  ].join(' ')

const cluster = (file: string): string =>
  set(
    `.config_updater.maps.${JSON.stringify(`github/ci/prow/files/${file}`)}.clusters.default[0]`,
    'kubernetes-prow',
  )

const EXPRESSIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'ibmcloud-production': {
    'config/config.yaml': [
      set('.plank.job_url_template', jobUrl('prow.ci.kubevirt.io/view/gs/kubernetes-prow'), 'folded'),
      set('.deck.spyglass.gcs_browser_prefix', 'https://gcsweb.ci.kubevirt.io/gcs/'),
      set('.plank.job_url_prefix_config.*', 'https://prow.ci.kubevirt.io/view/'),
      set('.tide.pr_status_base_urls.*', 'https://prow.ci.kubevirt.io/pr'),
      ...IMAGES,
    ],
  },
  'kubevirtci-testing': {
    'config/config.yaml': [
      set('.plank.job_url_template', jobUrl('deck.prowdeploy.ci/view/gcs/kubernetes-prow'), 'folded'),
      set('.presets[2].volumes[0].hostPath.path', '/var/lib/stdci/shared/kubevirt-images/kubernetes-prow'),
      set('.deck.spyglass.gcs_browser_prefix', 'https://gcsweb.prowdeploy.ci/gcs/'),
    ],
    'plugins/plugins.yaml': ['config.yaml', 'jobs/**/*.yaml', 'plugins.yaml', 'labels.yaml'].map(cluster),
  },
}

/**
 * The configs of an overlay of kubevirt-2021 as yq 4 prints them, with its v3 scripts translated to yq 4 expressions.
 * For these files the two printers differ in one way: yq 3 omits the first `---`.
 */
export async function kubevirt2021Configs(overlay: string): Promise<ReadonlyMap<string, Buffer>> {
  const copy = await copyTree(trees.kubevirt2021)
  try {
    const configs = new Map<string, Buffer>()
    for (const path of [
      'config/config.yaml',
      'plugins/plugins.yaml',
      'labels/labels.yaml',
      'mirror/mirror.yaml',
    ]) {
      const base = join(copy.path, KUSTOM, '../files', basename(path))
      const expressions = EXPRESSIONS[overlay]?.[path]
      const bytes = expressions === undefined ? await readFile(base) : await yq(expressions.join(' | '), base)
      configs.set(path, bytes)
    }
    return configs
  } finally {
    await copy.dispose()
  }
}

async function yq(expression: string, file: string): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(realYq() ?? 'yq', [expression, file], { encoding: 'buffer' })
  return Buffer.from(stdout.toString().replace(/^---\n/u, ''))
}
