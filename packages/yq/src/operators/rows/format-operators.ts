import { decode, encode } from '../encode-decode.ts'
import { environment } from '../environment.ts'
import { substituteEnvironment } from '../envsubst.ts'
import { load, loadText } from '../load.ts'
import { system } from '../system.ts'
import { Binding, leaf, type OperatorRows, PLAIN, unary } from '../operator.ts'

/** Formats, files and the machine. */
export const FORMAT_OPERATORS: OperatorRows<
  'encode' | 'decode' | 'load' | 'loadText' | 'environment' | 'substituteEnvironment' | 'system'
> = {
  encode: leaf({
    evaluate: encode,
    words: {
      'to_?yaml': { options: { format: 'yaml', indent: 2 }, suffix: 'indent' },
      '@yaml': { options: { format: 'yaml', indent: 2 } },
      'to_?json': { options: { format: 'json', indent: 2 }, suffix: 'indent' },
      '@json': { options: { format: 'json', indent: 0 } },
      'to_?xml': { options: { format: 'xml', indent: 2 }, suffix: 'indent' },
      '@xml': { options: { format: 'xml', indent: 0 } },
      'to_?props|@props': { options: { format: 'props', indent: 2 } },
      'to_?csv|@csv': { options: { format: 'csv', indent: 0 } },
      'to_?tsv|@tsv': { options: { format: 'tsv', indent: 0 } },
      '@base64': { options: { format: 'base64', indent: 0 } },
      '@uri': { options: { format: 'uri', indent: 0 } },
      '@sh': { options: { format: 'sh', indent: 0 } },
    },
  }),
  decode: leaf({
    evaluate: decode,
    words: {
      'from_?yaml|@yamld|from_?json|@jsond': { options: { format: 'yaml' } },
      'from_?props|@propsd': { options: { format: 'props' } },
      'from_?xml|@xmld': { options: { format: 'xml' } },
      'from_?csv|@csvd': { options: { format: 'csv' } },
      'from_?tsv|@tsvd': { options: { format: 'tsv' } },
      '@base64d': { options: { format: 'base64' } },
      '@urid': { options: { format: 'uri' } },
    },
  }),
  load: unary({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: load,
    words: {
      load: { options: { format: 'yaml' } },
      'load_?xml|xml_?load': { options: { format: 'xml' } },
      'load_?props': { options: { format: 'props' } },
      'load_?base64': { options: { format: 'base64' } },
    },
  }),
  loadText: unary({
    binding: Binding.prefix,
    evaluate: loadText,
    yqName: 'LOAD_STRING',
    words: { 'load_?str|str_?load': PLAIN },
  }),
  environment: leaf({ binding: Binding.prefix, takesPath: true, evaluate: environment, yqName: 'ENV' }),
  substituteEnvironment: leaf({
    evaluate: substituteEnvironment,
    yqName: 'ENVSUBST',
    words: { envsubst: { options: { noUnset: false, noEmpty: false, failFast: false }, suffix: 'flags' } },
  }),
  system: unary({ evaluate: system, words: { system: PLAIN } }),
}
