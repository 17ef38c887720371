import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { expect, test } from 'vitest'
import { isMap, parseDocument } from 'yaml'

import { readWorkspaceConfig } from '../packages/render/src/read-workspace-config.ts'
import { root } from './support/oracles.ts'

// Compares the facts on the pages with the code: paths, environment variables, keys of overlay-render.yaml, exports.

const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n')
const pages = tracked.filter((path) => path.endsWith('.md') && !path.startsWith('overlays-fixtures/'))
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')
const withoutBlocks = (text: string): string => text.replaceAll(/^ *```[\s\S]*?^ *```$/gmu, '')
const codeOf = (page: string): string[] =>
  [...withoutBlocks(textOf(page)).matchAll(/`([^`\n]+)`/gu)].map(([, code = '']) => code)

/** Paths that scripts generate on demand and git does not track. */
const GENERATED = new Set(['docs/api'])

test('every path of the project that a page names is there', () => {
  const names = new Set(tracked.map((path) => basename(path)))
  const missing = pages.flatMap((page) =>
    codeOf(page)
      .filter((code) => {
        if (GENERATED.has(code)) return false
        if (/^(?:\.ci|packages|test|scripts|docs|src|overlays-fixtures)\/[\w./-]+$/u.test(code))
          return ![root, join(root, dirname(page))].some((folder) => existsSync(join(folder, code)))
        return /^[\w-]+(?:\.test)?\.[jt]s$/u.test(code) && !names.has(code)
      })
      .map((code) => `${page}: ${code}`),
  )
  expect(missing).toEqual([])
})

test('every environment variable of the command is on its page, and the pages name no other', () => {
  const sources = tracked.filter((path) => /^packages\/[^/]+\/(?:src|bin)\/.*\.[jt]s$/u.test(path))
  const tests = tracked.filter((path) => /^(?:packages\/[^/]+\/)?test\/.*\.ts$/u.test(path))
  const variables = (paths: readonly string[]): Set<string> =>
    new Set(
      paths
        .filter((path) => existsSync(join(root, path)))
        .flatMap((path) =>
          [...textOf(path).matchAll(/\bOVERLAY_RENDER_[A-Z0-9_]*[A-Z0-9]\b/gu)].map(([name]) => name),
        ),
    )
  const read = variables(sources)
  const shown = variables(['docs/reference/environment.md'])
  expect([...read].filter((name) => !shown.has(name))).toEqual([])
  const known = new Set([...read, ...variables(tests)])
  expect([...variables(pages)].filter((name) => !known.has(name))).toEqual([])
})

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

const readSchema = (): Schema => JSON.parse(textOf('packages/render/schema/overlay-render.schema.json'))

/** The keys of `overlay-render.yaml` in the notation of the page: `golden.path`, `overlays[].skip`. */
function* keysOf(schema: Schema, above = ''): Generator<string> {
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    const path = above === '' ? key : `${above}.${key}`
    yield path
    yield* keysOf(value, path)
  }
  if (schema.items !== undefined) yield* keysOf(schema.items, `${above}[]`)
  for (const each of schema.anyOf ?? []) yield* keysOf(each, above)
}

test('the page of overlay-render.yaml has every key of the schema, and no other', () => {
  const schema = readSchema()
  const keys = new Set([...keysOf(schema)].filter((key) => key !== '$schema'))
  const page = textOf('docs/configuration.md')
  const rows = [...page.matchAll(/^\| (`[^|]+`) \|/gmu)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/gu)].map(([, key = '']) => key),
  )
  const tops = new Set([...keys].map((key) => key.split(/[.[]/u)[0]))
  const listed = new Set(rows.filter((key) => tops.has(key.split(/[.[]/u)[0])))
  // The row of a list names the fields of its entries.
  const isListed = (key: string): boolean =>
    [...listed].some((each) => each.startsWith(key)) ||
    (key.includes('[]') && listed.has(key.split('[]')[0] ?? ''))
  expect([...keys].filter((key) => !isListed(key))).toEqual([])
  const isKnown = (key: string): boolean => keys.has(key) || key.startsWith('settings.')
  expect([...listed].filter((key) => !isKnown(key))).toEqual([])
})

test('no word of a page is taken for an HTML tag, which GitHub does not show', () => {
  const tags = pages.flatMap((page) =>
    [
      ...withoutBlocks(textOf(page))
        .replaceAll(/`+[^`\n]*`+/gu, '')
        .matchAll(/<\/?[a-z][^>\n]*>/giu),
    ].map(([tag]) => `${page}: ${tag}`),
  )
  expect(tags).toEqual([])
})

test('every example of overlay-render.yaml on a page is one that the command takes', () => {
  const tops = new Set(Object.keys(readSchema().properties ?? {}))
  let count = 0
  const refused = pages.flatMap((page) =>
    [...textOf(page).matchAll(/^( *)```yaml\n([\s\S]*?)^ *```$/gmu)].flatMap(
      ([, indent = '', block = '']) => {
        const text = block.replaceAll(new RegExp(`^${indent}`, 'gmu'), '')
        const { contents } = parseDocument(text)
        if (!isMap(contents) || !contents.items.every(({ key }) => tops.has(String(key)))) return []
        count += 1
        const whole = contents.has('version') ? text : `version: 1\n${text}`
        try {
          readWorkspaceConfig(whole, { kubevirtShaped: true })
          return []
        } catch (error) {
          return [`${page}: ${String(error)}\n${text}`]
        }
      },
    ),
  )
  expect(refused).toEqual([])
  expect(count).toBeGreaterThan(10)
})

test('every name in the table of a package is one that the package exports', () => {
  const missing = readdirSync(join(root, 'packages')).flatMap((name) => {
    const page = `packages/${name}/README.md`
    const exported = textOf(`packages/${name}/src/index.ts`)
    const table = /^\| export \|[\s\S]*?(?=^$)/mu.exec(textOf(page))?.[0] ?? ''
    return [...table.matchAll(/^\| (.*?) \|/gmu)]
      .flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)/gu)].map(([, export_ = '']) => export_))
      .filter((export_) => !new RegExp(String.raw`\b${export_}\b`, 'u').test(exported))
      .map((export_) => `${page}: ${export_}`)
  })
  expect(missing).toEqual([])
})
