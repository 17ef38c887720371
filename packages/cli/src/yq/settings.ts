import {
  DEFAULT_PREFERENCES,
  type Format,
  formatNamed,
  formatNameOfFile,
  type FormatPreferences,
} from '@overlay-render/yq'

import type { ParsedArguments } from './parse-flags.ts'
import { usageFault } from './usage-fault.ts'

/** Everything that the flags decide, except the input files and the destination. */
export interface Settings {
  readonly input: Format
  readonly output: Format
  readonly indent: number
  readonly unwrapScalar: boolean
  readonly preferences: FormatPreferences
  /** The warnings of yq, for stderr. */
  readonly warnings: readonly string[]
}

interface FormatNames {
  readonly input: string
  readonly output: string
  readonly warnings: readonly string[]
}

/**
 * The settings of a call. @param firstFile the name of the first file; '' for none
 *
 * @throws YqFault `unsupported` for an unknown format or a negative indent
 */
export function chooseSettings(flags: ParsedArguments, firstFile: string): Settings {
  const indent = flags.integer('indent', 2)
  if (indent < 0) throw usageFault('indent must not be negative')
  const names = chooseFormatNames(flags, firstFile)
  const output = formatNamed(names.output)
  const input = formatNamed(names.input)
  if (input.decode === undefined) throw usageFault(`no support for ${names.input} input format`)
  const unwrapScalar = flags.boolean('unwrapScalar', output.name === 'yaml' || output.name === 'props')
  return {
    input,
    output,
    indent,
    unwrapScalar,
    preferences: choosePreferences(flags, indent, unwrapScalar),
    warnings: names.warnings,
  }
}

const AUTOMATIC: ReadonlySet<string> = new Set(['', 'auto', 'a'])

/** Formats are chosen by the first file's extension. With -p alone the output is YAML, which old scripts rely on. */
function chooseFormatNames(flags: ParsedArguments, firstFile: string): FormatNames {
  const input = flags.text('input-format')
  const output = flags.boolean('tojson') ? 'json' : flags.text('output-format')
  const ofFile = formatNameOfFile(firstFile)
  if (AUTOMATIC.has(input)) {
    return { input: ofFile, output: AUTOMATIC.has(output) ? ofFile : output, warnings: [] }
  }
  if (!AUTOMATIC.has(output)) return { input, output, warnings: [] }
  const warning = `the output is yaml because -p was given without -o; use -o=${ofFile} for the format of the file, or -oy to keep yaml`
  return { input, output: 'yaml', warnings: firstFile === '-' || ofFile === 'yaml' ? [] : [warning] }
}

function choosePreferences(flags: ParsedArguments, indent: number, unwrapScalar: boolean): FormatPreferences {
  const { yaml, csv, tsv, xml, properties, ini, shellSeparator } = DEFAULT_PREFERENCES
  return {
    yaml: {
      headerPreprocess: flags.boolean('header-preprocess', yaml.headerPreprocess),
      printSeparators: !flags.boolean('no-doc'),
      compactSequences: flags.boolean('yaml-compact-seq-indent'),
      indent,
      unwrapScalar,
    },
    csv: {
      separator: flags.text('csv-separator', csv.separator),
      autoParse: flags.boolean('csv-auto-parse', csv.autoParse),
    },
    tsv: { ...tsv, autoParse: flags.boolean('tsv-auto-parse', tsv.autoParse) },
    xml: {
      attributePrefix: flags.text('xml-attribute-prefix', xml.attributePrefix),
      contentName: flags.text('xml-content-name', xml.contentName),
      strict: flags.boolean('xml-strict-mode', xml.strict),
      keepNamespace: flags.boolean('xml-keep-namespace', xml.keepNamespace),
      rawToken: flags.boolean('xml-raw-token', xml.rawToken),
      processingInstructionPrefix: flags.text('xml-proc-inst-prefix', xml.processingInstructionPrefix),
      directiveName: flags.text('xml-directive-name', xml.directiveName),
      skipProcessingInstructions: flags.boolean('xml-skip-proc-inst', xml.skipProcessingInstructions),
      skipDirectives: flags.boolean('xml-skip-directives', xml.skipDirectives),
    },
    properties: {
      separator: flags.text('properties-separator', properties.separator),
      arrayBrackets: flags.boolean('properties-array-brackets', properties.arrayBrackets),
    },
    ini: { preserveQuotes: flags.boolean('ini-preserve-quotes', ini.preserveQuotes) },
    shellSeparator: flags.text('shell-key-separator', shellSeparator),
  }
}
