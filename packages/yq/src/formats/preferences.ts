export interface CsvPreferences {
  /** One character. */
  readonly separator: string
  /** Cells that hold a YAML or JSON collection become one; otherwise only scalars are recognised. */
  readonly autoParse: boolean
}

export interface XmlPreferences {
  readonly attributePrefix: string
  /** The key of an element's own text where it also has attributes or children. */
  readonly contentName: string
  readonly strict: boolean
  readonly keepNamespace: boolean
  /** Tokens as they are written: end tags are not matched, namespaces not resolved. */
  readonly rawToken: boolean
  readonly processingInstructionPrefix: string
  readonly directiveName: string
  readonly skipProcessingInstructions: boolean
  readonly skipDirectives: boolean
}

export interface PropertiesPreferences {
  readonly separator: string
  /** List indices as `[0]` instead of `.0`. */
  readonly arrayBrackets: boolean
}

export interface IniPreferences {
  /** Quotes around a value belong to it. */
  readonly preserveQuotes: boolean
}

export interface YamlPreferences {
  /** Comments and separators at the front of a file are kept apart and printed back as they are. */
  readonly headerPreprocess: boolean
  readonly printSeparators: boolean
  /** `- ` counts as indentation of a list inside a map. */
  readonly compactSequences: boolean
  /** Spaces of one level where an operator prints YAML without saying how: string interpolation, `to_string`. */
  readonly indent: number
  /** Operators print scalars bare; yq's default, unless the output is neither YAML nor properties. */
  readonly unwrapScalar: boolean
}

/** All settings of all formats; each is a flag of yq's command line. */
export interface FormatPreferences {
  readonly yaml: YamlPreferences
  readonly csv: CsvPreferences
  readonly tsv: CsvPreferences
  readonly xml: XmlPreferences
  readonly properties: PropertiesPreferences
  readonly ini: IniPreferences
  /** Stands between the parts of a path in the names of shell variables. */
  readonly shellSeparator: string
}

/** What yq does without any flag. */
export const DEFAULT_PREFERENCES: FormatPreferences = {
  yaml: {
    headerPreprocess: true,
    printSeparators: true,
    compactSequences: false,
    indent: 2,
    unwrapScalar: true,
  },
  csv: { separator: ',', autoParse: true },
  tsv: { separator: '\t', autoParse: true },
  xml: {
    attributePrefix: '+@',
    contentName: '+content',
    strict: false,
    keepNamespace: true,
    rawToken: true,
    processingInstructionPrefix: '+p_',
    directiveName: '+directive',
    skipProcessingInstructions: false,
    skipDirectives: false,
  },
  properties: { separator: ' = ', arrayBrackets: false },
  ini: { preserveQuotes: false },
  shellSeparator: '_',
}
