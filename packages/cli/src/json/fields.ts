import * as v from 'valibot'

// Fields with a meaning, which becomes their description in the JSON Schema and their row in docs/reference/json.md.

/** The type of an output as a command makes it: its lists and objects may be read-only. */
export type Printed<Output> = Output extends readonly (infer Item)[]
  ? readonly Printed<Item>[]
  : Output extends object
    ? { readonly [Key in keyof Output]: Printed<Output[Key]> }
    : Output

const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

export const text = (meaning: string) => v.pipe(v.string(), v.description(meaning))

export const texts = (meaning: string) => v.pipe(v.array(v.string()), v.description(meaning))

/** A whole number from 0. */
export const count = (meaning: string) => v.pipe(whole, v.description(meaning))

/** A number of each thing, by its name. */
export const counts = (meaning: string) => v.pipe(v.record(v.string(), whole), v.description(meaning))

export const boolean = (meaning: string) => v.pipe(v.boolean(), v.description(meaning))

export const choice = <const Names extends readonly string[]>(names: Names, meaning: string) =>
  v.pipe(v.picklist(names), v.description(meaning))

export const list = <Item extends v.GenericSchema>(item: Item, meaning: string) =>
  v.pipe(v.array(item), v.description(meaning))

/** An object with a meaning at this place. */
export const object = <Schema extends v.GenericSchema>(schema: Schema, meaning: string) =>
  v.pipe(schema, v.description(meaning))

/** Any JSON value, from the user's files. */
export const anything = (meaning: string) => v.pipe(v.unknown(), v.description(meaning))

const version = v.pipe(
  v.literal(1),
  v.description('The version of this format. It is raised when a field is removed or changes its meaning.'),
)

/** An output: an object with the version of its format and these fields. */
export const output = <Fields extends v.ObjectEntries>(fields: Fields) =>
  v.strictObject({ version, ...fields })
