export interface CsvPreferences {
  /** One character. */
  readonly separator: string
  /** Whether cells may be YAML or JSON collections; otherwise only scalars are recognised. */
  readonly autoParse: boolean
}

export interface XmlPreferences {
  readonly attributePrefix: string
  /** The key of an element's text if it also has attributes or children. */
  readonly contentName: string
  readonly strict: boolean
  readonly keepNamespace: boolean
  /** Whether tokens are used as written: without matching end tags or resolving namespaces. */
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
  /** Whether quotes around a value are part of it. */
  readonly preserveQuotes: boolean
}

export interface YamlPreferences {
  /** Whether comments and separators at the start of a file are kept separately and printed unchanged. */
  readonly headerPreprocess: boolean
  readonly printSeparators: boolean
  /** `- ` counts as indentation of a list inside a map. */
  readonly compactSequences: boolean
  /** Spaces per level for operators that print YAML without options: string interpolation, `to_string`. */
  readonly indent: number
  /** Whether operators print scalars without quotes; yq's default for YAML and properties output. */
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
  /** Separates the parts of a path in names of shell variables. */
  readonly shellSeparator: string
}

/** The preferences of yq without flags. */
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
