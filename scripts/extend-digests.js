// Adds the published digests of a kustomize or kubectl release to
// packages/kustomize/src/provide/release-digests.ts. Reads them from checksums.txt of the kustomize release,
// or from the .sha256 file of each kubectl.
//
//   node scripts/extend-digests.js kustomize 5.9.0 [--from checksums.txt]
//   node scripts/extend-digests.js kubectl 1.37.0
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'

import { loadSource, root } from './load-source.js'

const file = join(root, 'packages/kustomize/src/provide/release-digests.ts')
const SYSTEMS = { linux: 'linux', darwin: 'darwin', windows: 'win32' }
const ARCHITECTURES = { amd64: 'x64', arm64: 'arm64', arm: 'arm', ppc64le: 'ppc64le', s390x: 's390x' }

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: { from: { type: 'string' } },
  allowPositionals: true,
})
const [program, version] = positionals
if (!['kustomize', 'kubectl'].includes(program) || !/^\d+\.\d+\.\d+$/u.test(version ?? '')) {
  stderr.write('usage: node scripts/extend-digests.js kustomize|kubectl VERSION [--from checksums.txt]\n')
  exit(2)
}

const { KUSTOMIZE_RELEASES, KUBECTL_RELEASES } = await loadSource(
  'packages/kustomize/src/provide/release-digests.ts',
)
const found = program === 'kustomize' ? await readChecksums() : await readKubectlDigests()
const known = (program === 'kustomize' ? KUSTOMIZE_RELEASES : KUBECTL_RELEASES)[version] ?? {}
for (const [platform, digest] of Object.entries(found)) {
  // Published files never change. A different digest is a mistake or an attack.
  if (known[platform] !== undefined && known[platform] !== digest) {
    stderr.write(
      `${program} ${version} for ${platform} is ${digest} there and ${known[platform]} in the table\n`,
    )
    exit(1)
  }
}
const tables = { kustomize: { ...KUSTOMIZE_RELEASES }, kubectl: { ...KUBECTL_RELEASES } }
tables[program][version] = { ...known, ...found }
writeFileSync(file, printModule(tables))
stdout.write(`${program} ${version}: ${Object.keys(found).sort().join(', ')}\n`)

async function readChecksums() {
  const url = `https://github.com/kubernetes-sigs/kustomize/releases/download/kustomize%2Fv${version}/checksums.txt`
  const text = values.from === undefined ? await download(url) : readFileSync(values.from, 'utf8')
  const lines = text.matchAll(/^([0-9a-f]{64}) [ *]kustomize_v([\d.]+)_([a-z]+)_([a-z0-9]+)\.tar\.gz$/gmu)
  return Object.fromEntries(
    [...lines].flatMap(([, digest, given, system, architecture]) =>
      given === version && SYSTEMS[system] && ARCHITECTURES[architecture]
        ? [[`${SYSTEMS[system]}-${ARCHITECTURES[architecture]}`, digest]]
        : [],
    ),
  )
}

async function readKubectlDigests() {
  const digests = {}
  for (const [system, name] of Object.entries(SYSTEMS)) {
    for (const [architecture, short] of Object.entries(ARCHITECTURES)) {
      if (system !== 'linux' && !['amd64', 'arm64'].includes(architecture)) continue
      const program = system === 'windows' ? 'kubectl.exe' : 'kubectl'
      const url = `https://dl.k8s.io/release/v${version}/bin/${system}/${architecture}/${program}.sha256`
      const text = (await download(url)).trim()
      if (/^[0-9a-f]{64}$/u.test(text)) digests[`${name}-${short}`] = text
    }
  }
  return digests
}

async function download(url) {
  const response = await fetch(url)
  if (response.ok) return response.text()
  stderr.write(`${url} answers ${response.status}\n`)
  return exit(3)
}

function printModule({ kustomize, kubectl }) {
  return `// Written by scripts/extend-digests.js from the checksum files that the projects publish; do not edit by hand.

/** The sha256 of a published file by version and by platform as npm packages spell it. */
export type ReleaseDigests = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The archives of kustomize: \`checksums.txt\` of each release. */
export const KUSTOMIZE_RELEASES: ReleaseDigests = ${printTable(kustomize)}

/** The kubectl programs: the \`.sha256\` file beside each. */
export const KUBECTL_RELEASES: ReleaseDigests = ${printTable(kubectl)}
`
}

function printTable(table) {
  const versions = Object.keys(table).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const rows = versions.map((name) => {
    const digests = Object.entries(table[name]).sort(([a], [b]) => (a < b ? -1 : 1))
    return `  '${name}': {\n${digests.map(([platform, digest]) => `    '${platform}': '${digest}',\n`).join('')}  },\n`
  })
  return `{\n${rows.join('')}}`
}
