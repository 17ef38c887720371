import { YqFault } from '../errors.ts'
import type { DataFormat } from '../expression/ast.ts'
import { decodeBase64, encodeBase64 } from './base64/codec.ts'
import { decodeCsv } from './csv/decoder.ts'
import { encodeCsv } from './csv/encoder.ts'
import type { Encoder, Format } from './format.ts'
import { decodeIni } from './ini/decoder.ts'
import { encodeIni } from './ini/encoder.ts'
import { decodeJson } from './json/decoder.ts'
import { encodeJson } from './json/encoder.ts'
import { decodeProperties } from './properties/decoder.ts'
import { encodeProperties } from './properties/encoder.ts'
import { encodeShell } from './shell/word.ts'
import { encodeShellVariables } from './shell/variables.ts'
import { decodeToml } from './toml/decoder.ts'
import { encodeToml } from './toml/encoder.ts'
import { decodeUri, encodeUri } from './uri/codec.ts'
import { decodeXml } from './xml/decoder.ts'
import { encodeXml } from './xml/encoder.ts'
import { decodeYaml, yamlEncoder } from './yaml/codec.ts'

/** An encoder that has no separators and prints no aliases. */
function plain(encode: Encoder['encode']): Encoder {
  return { handlesAliases: false, separator: '', encode }
}

function unflushed(encode: Encoder['encode']): Encoder {
  return { ...plain(encode), losesCollections: true }
}

type FormatTable = {
  readonly [Name in DataFormat | 'toml' | 'shell' | 'ini']: Format & Required<Pick<Format, 'makeEncoder'>>
}

/** Every format, in the order of messages. A format without a name is only for operators. */
export const FORMATS: FormatTable = {
  yaml: {
    name: 'yaml',
    aliases: ['y', 'yml'],
    extension: 'yml',
    decode: decodeYaml,
    makeEncoder: yamlEncoder,
  },
  json: {
    name: 'json',
    aliases: ['j'],
    extension: 'json',
    decode: ({ text }) => decodeJson(text),
    makeEncoder: ({ indent, unwrapScalar }) =>
      plain((node) =>
        node.kind === 'scalar' && unwrapScalar ? `${node.value}\n` : encodeJson(node, indent),
      ),
  },
  props: {
    name: 'props',
    aliases: ['p', 'properties'],
    extension: 'properties',
    decode: ({ text }, { properties }) => decodeProperties(text, properties),
    makeEncoder: ({ unwrapScalar, preferences: { properties } }) =>
      plain((node, leading) => encodeProperties(node, leading, { ...properties, unwrapScalar })),
  },
  csv: {
    name: 'csv',
    aliases: ['c'],
    extension: 'yml',
    decode: ({ text }, { csv }) => decodeCsv(text, csv),
    makeEncoder: ({ preferences: { csv } }) => unflushed((node) => encodeCsv(node, csv)),
  },
  tsv: {
    name: 'tsv',
    aliases: ['t'],
    extension: 'yml',
    decode: ({ text }, { tsv }) => decodeCsv(text, tsv),
    makeEncoder: ({ preferences: { tsv } }) => unflushed((node) => encodeCsv(node, tsv)),
  },
  xml: {
    name: 'xml',
    aliases: ['x'],
    extension: 'yml',
    decode: ({ text }, { xml }) => decodeXml(text, xml),
    makeEncoder: ({ indent, preferences: { xml } }) =>
      unflushed((node, leading) => encodeXml(node, leading, indent, xml)),
  },
  base64: {
    name: 'base64',
    aliases: [],
    extension: 'yml',
    decode: ({ text }) => decodeBase64(text),
    makeEncoder: () => plain(encodeBase64),
  },
  uri: {
    name: 'uri',
    aliases: [],
    extension: 'yml',
    decode: ({ text }) => decodeUri(text),
    makeEncoder: () => plain(encodeUri),
  },
  toml: {
    name: 'toml',
    aliases: [],
    extension: 'yml',
    decode: ({ text }) => decodeToml(text),
    makeEncoder: () => plain(encodeToml),
  },
  sh: { name: '', aliases: [], extension: 'yml', makeEncoder: () => plain(encodeShell) },
  shell: {
    name: 'shell',
    aliases: ['s', 'sh'],
    extension: 'yml',
    makeEncoder: ({ unwrapScalar, preferences: { shellSeparator } }) =>
      plain((node) => encodeShellVariables(node, { separator: shellSeparator, unwrapScalar })),
  },
  ini: {
    name: 'ini',
    aliases: ['i'],
    extension: 'yml',
    decode: ({ text }, { ini }) => decodeIni(text, ini),
    makeEncoder: () => plain(encodeIni),
  },
}

const ALL: readonly Format[] = Object.values(FORMATS)

/** Formats of yq that this package does not support, by yq's names and extensions. */
const UNSUPPORTED: ReadonlySet<string> = new Set('kyaml ky hcl h tf lua l'.split(' '))

/** Finds a format by name, alias or extension. */
export function findFormat(name: string): Format | undefined {
  return name === '' ? undefined : ALL.find((format) => format.name === name || format.aliases.includes(name))
}

/**
 * The format with this name or alias.
 *
 * @throws YqFault `unsupported`, with the list of formats
 */
export function formatNamed(name: string): Format {
  const format = findFormat(name)
  if (format !== undefined) return format
  const problem = UNSUPPORTED.has(name) ? 'unsupported' : 'unknown'
  throw new YqFault({
    code: 'unsupported',
    message: `${problem} format '${name}' please use [${formatNames()}]`,
    hint: UNSUPPORTED.has(name) ? `this implementation does not support yq's format '${name}'` : undefined,
  })
}

/** The names of the formats that can be read or written. */
export function formatsFor(direction: 'input' | 'output'): string[] {
  const able = ALL.filter(({ decode, makeEncoder }) => (direction === 'input' ? decode : makeEncoder))
  return able.map(({ name }) => name).filter((name) => name !== '')
}

/** Names and shortest aliases, as messages show them. */
function formatNames(): string {
  return ALL.flatMap(({ name, aliases }) => [name, aliases[0] ?? ''])
    .filter((name) => name !== '')
    .join('|')
}

/**
 * The name of the format of a file's extension, or `yaml` for other extensions. Includes unsupported formats, so that
 * such a file is rejected instead of read as YAML.
 */
export function formatNameOfFile(fileName: string): string {
  const [, extension = ''] = /\.([^./]+)$/.exec(fileName) ?? []
  const name = extension.toLowerCase()
  return findFormat(name) !== undefined || UNSUPPORTED.has(name) ? name : 'yaml'
}
