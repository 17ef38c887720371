// Writes docs/reference/json.md from the schemas of the JSON outputs and their examples.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

import { loadSource, root } from './load-source.js'
import { makeOutputSchemas, outputSchemaPath } from './make-schema.js'

const INTRODUCTION = `# JSON output

With \`--json\`, every command of [the table](commands.md) prints one JSON value on stdout instead of text: its result, or an
[error](#errors). [\`watch\`](#watch) prints one value a line. \`yq\`, \`completion\` and \`version\` have no \`--json\`; \`yq -o json\` is yq's own.
The same schemas are valid for \`--format json\` and \`--report json=FILE\`.

- **stdout** has the value and nothing else. **stderr** is empty, except for wrong arguments, which are explained there, too, and for what
  \`--verbose\` and \`kustomize install\` say.
- **Exit status**: 0 fine, 1 a difference or a finding (the table says when), 2 bad input or usage, 3 a fault of the program or the machine.
  \`render\`, \`golden update\`, \`inventory\` and \`review\` go on when an overlay fails: they print their own value, with the errors in it, and
  exit with 2. A \`golden check\` has the failed overlays among its comparisons. Other commands print only the error.
- **Fields without a value are absent**, never null. Only values from your files, such as the \`before\` of a change, can be null.
- **Positions** are \`file\`, \`line\` and \`column\`, which count from 1; columns count characters. Paths have \`/\` on every system.
- **Integers** beyond 2^53 in values from your files are written with all their digits, as JSON allows; some parsers round them.
- **\`version\`** is the version of the format of the output, in every object. The list of \`diff --format json-patch\` has none.
- **Stability**: within a major version, fields are added, and neither removed nor renamed, and no field changes its meaning. A program should
  ignore fields that it does not know. The words of messages and hints, and the order of keys, may change; \`rule\` and \`code\` do not.

Each output has a JSON Schema (draft 2020-12), in the package \`overlay-render\` as \`overlay-render/schema/NAME\`, such as
\`overlay-render/schema/render\`, and in [packages/cli/schema](../../packages/cli/schema). The tests validate the output of every command with them.
They describe this version, so they allow no other fields.

This page is generated from the schemas by \`node scripts/write-json.js\`.
`

const ERRORS = `## Errors

A command that cannot do its work prints an object with one \`error\`, and exits with 2, or with 3 for a fault of the program or the machine.
[Fault codes](fault-codes.md) has the codes of the packages; a bug of the program is \`crash\`.
`

/** Returns the page. */
export async function writeJson() {
  const { OUTPUTS, COMMAND_OUTPUTS, DEFINITIONS } = await loadSource('packages/cli/src/json/index.ts')
  const schemas = await makeOutputSchemas()
  const shown = new Map()
  const sections = Object.entries(COMMAND_OUTPUTS).map(([command, outputs]) => {
    const parts = outputs.map((one) => outputText(command, one))
    return `### ${command}\n\n${parts.join('\n')}`
  })

  function outputText(command, { output, with: flags, difference }) {
    const words =
      flags === undefined ? '' : flags.startsWith(command) ? `\`${flags}\`: ` : `With \`${flags}\`: `
    const status = difference === undefined ? '' : `\n\nExit status 1 when ${difference}.`
    const first = shown.get(output)
    if (first !== undefined) return `${words}The same as [${first}](#${anchorOf(first)}).${status}\n`
    shown.set(output, command)
    return `${words}${schemaLink(output)}.${status}\n\n${fieldTable(schemas.get(output))}${exampleOf(OUTPUTS[output])}`
  }

  const rows = Object.entries(COMMAND_OUTPUTS).flatMap(([command, outputs]) =>
    outputs.map(({ output, with: flags = '', difference = '' }) => {
      const also = flags.replace(command, '').trim()
      const name = `[\`${command}${also === '' ? '' : ` ${also}`}\`](#${anchorOf(command)})`
      return `| ${name} | [${output}](../../${outputSchemaPath(output)}) | ${difference} |`
    }),
  )
  const index = ['| command | schema | exit status 1 when |', '| --- | --- | --- |', ...rows].join('\n')
  const shapes = Object.entries(DEFINITIONS)
    .filter(([name]) => !Object.hasOwn(PAGES, name))
    .map(([name, { meaning }]) => {
      const { $defs } = [...schemas.values()].find((schema) => schema.$defs?.[name] !== undefined)
      return `### The shape ${name}\n\n${meaning}\n\n${fieldTable({ ...$defs[name], $defs })}`
    })
  const errors = `${ERRORS}\n${schemaLink('error')}.\n\n${fieldTable(schemas.get('error'))}${exampleOf(OUTPUTS.error)}`
  return [
    INTRODUCTION,
    errors,
    `## Commands\n\n${index}\n`,
    ...sections,
    `## Shapes\n\nObjects that several outputs contain.\n`,
    ...shapes,
  ]
    .map((part) => `${part.trimEnd()}\n`)
    .join('\n')
}

/** Shapes that have the section of a command. */
const PAGES = { report: 'diff', jobsDiff: 'jobs diff' }

const anchorOf = (name) => name.replaceAll(' ', '-')
const schemaLink = (output) => `Schema [${output}](../../${outputSchemaPath(output)})`

function exampleOf({ example }) {
  return `\n\`\`\`json\n${printed(example)}\n\`\`\`\n`
}

/** JSON with short objects on one line. */
function printed(value, indent = '') {
  const flat = JSON.stringify(value, undefined, 1)
    .replaceAll(/\n */gu, ' ')
    .replaceAll('[ ', '[')
    .replaceAll(' ]', ']')
  if (typeof value !== 'object' || value === null || indent.length + flat.length <= 90) return flat
  const inner = `${indent}  `
  const members = Array.isArray(value)
    ? value.map((item) => printed(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${printed(item, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${members.map((member) => inner + member).join(',\n')}\n${indent}${close}`
}

function fieldTable(schema) {
  const rows = [...new Set(rowsOf(schema, '', schema.$defs))]
  return ['| field | type | meaning |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

/** The rows of an object and of those in it. A field that not all variants of a union have is optional. */
function* rowsOf(node, above, shapes = {}, always = () => true) {
  const variants = node.anyOf ?? node.oneOf ?? []
  const inAll = (key) => variants.every(({ required = [] }) => required.includes(key))
  for (const variant of variants) yield* rowsOf(variant, above, shapes, inAll)
  if (node.items !== undefined) yield* rowsOf(node.items, `${above}[]`, shapes)
  for (const [key, field] of Object.entries(node.properties ?? {})) {
    const name = above === '' ? key : `${above}.${key}`
    const isOptional = !(node.required ?? []).includes(key) || !always(key)
    yield `| \`${name}\` | ${typeOf(field)}${isOptional ? ', optional' : ''} | ${meaningOf(field, shapes)} |`
    yield* rowsOf(field, name, shapes)
  }
}

function meaningOf({ description, $ref: reference = '' }, shapes) {
  const meaning = description ?? shapes[reference.replace('#/$defs/', '')]?.description ?? ''
  return meaning.replaceAll('|', '\\|')
}

function typeOf({ $ref: reference, enum: choices, const: constant, type, items, anyOf, oneOf, ...rest }) {
  if (reference !== undefined) return shapeLink(reference.replace('#/$defs/', ''))
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ')
  if (constant !== undefined) return `\`${JSON.stringify(constant)}\``
  if (type === 'array') return `list of ${plural(typeOf(items))}`
  const variants = anyOf ?? oneOf
  if (variants !== undefined) return [...new Set(variants.map(typeOf))].join(' or ')
  if (type === 'object' && typeof rest.additionalProperties === 'object')
    return `map of ${plural(typeOf(rest.additionalProperties))}`
  return type ?? 'any'
}

const plural = (type) => (/^[a-z]+$/u.test(type) && type !== 'any' ? `${type}s` : type)

function shapeLink(name) {
  const page = PAGES[name]
  return page === undefined ? `[${name}](#the-shape-${name.toLowerCase()})` : `[${name}](#${anchorOf(page)})`
}

if (argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(join(root, 'docs/reference/json.md'), await writeJson())
