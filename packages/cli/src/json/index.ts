// What scripts/make-schema.js and scripts/write-json.js read.
export { COMMAND_OUTPUTS, type CommandJson } from './commands.ts'
export { type Definition, DEFINITIONS } from './definitions.ts'
export { type JsonOutput, type OutputName, OUTPUTS } from './outputs.ts'
