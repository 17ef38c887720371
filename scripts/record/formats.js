// Converts every text of packages/yq/test/formats/vectors/inputs.json with the real yq 4.53.6 and records the
// results in conversions.json next to it. The binary is OVERLAY_RENDER_YQ4, or the one that
// scripts/install-oracles.js installs.
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { env, exit, stderr, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'

const yq = env.OVERLAY_RENDER_YQ4 ?? fileURLToPath(new URL('../../.cache/oracles/bin/yq4', import.meta.url))
const vectors = new URL('../../packages/yq/test/formats/vectors/', import.meta.url)
const inputs = JSON.parse(readFileSync(new URL('inputs.json', vectors), 'utf8'))

const version = execFileSync(yq, ['--version'], { encoding: 'utf8' })
if (!version.includes('v4.53.6')) {
  stderr.write(`${yq} is not yq 4.53.6: ${version}`)
  exit(2)
}

const lines = []
for (const [from, { to: formats, texts }] of Object.entries(inputs)) {
  for (const text of texts) {
    for (const to of formats) {
      const result = spawnSync(yq, ['-p', from, '-o', to, '.', '-'], {
        input: text,
        env: { TZ: 'UTC' },
        encoding: 'utf8',
      })
      const error = /^Error: (?:bad file '-': )?([^]*?)\n*(?![^])/m.exec(result.stderr)?.[1]
      lines.push(
        JSON.stringify({ from, to, text, output: result.stdout, ...(error === undefined ? {} : { error }) }),
      )
    }
  }
}
writeFileSync(new URL('conversions.json', vectors), `[\n${lines.join(',\n')}\n]\n`)
stdout.write(`${lines.length} conversions recorded\n`)
