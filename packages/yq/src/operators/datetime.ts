import { YqFault } from '../errors.ts'
import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { replacementOf } from './make-node.ts'
import { pathText } from '../tree/path-text.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import { parseFloat64 } from '../go/floats.ts'
import { formatTime } from '../go/format-time.ts'
import { type Instant, instantOfMilliseconds } from '../go/instant.ts'
import { numberRefusal } from '../go/integers.ts'
import { type ParsedTime, parseTime } from '../go/parse-time.ts'
import { RFC3339 } from '../go/time-layout.ts'
import { loadZone, UTC, type Zone } from '../go/time-zone.ts'
import { parseSnippet } from '../reader/snippet.ts'
import { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'

/** `now`: the current time as RFC 3339, in the machine's time zone. */
export function now(context: Context): Context {
  const clock = context.run.capabilities.now
  const milliseconds = clock === undefined ? Date.now() : clock().getTime()
  const instant = instantOfMilliseconds(milliseconds, localZone(context))
  return context.withSingle(new Node('scalar', '!!timestamp', formatTime(instant, RFC3339)))
}

/** `format_datetime(layout)`. The result is read as YAML: `2001` becomes a number. */
export function formatDatetime(context: Context, { argument }: Operation<'formatDatetime'>): Context {
  const format = parameter(context, argument, 'format')
  const local = localZone(context)
  return context.with(
    context.nodes.map((node) => {
      const parsed = parseDatetime(node.value, layoutOf(context), local)
      if (!parsed.ok) {
        throw evaluationFault(`could not parse datetime of [${pathText(node)}]: ${parsed.message}`)
      }
      const formatted = snippetOrText(formatTime(parsed.instant, format))
      formatted.parent = node.parent
      formatted.key = node.key
      return formatted
    }),
  )
}

function snippetOrText(text: string): Node {
  try {
    return parseSnippet(text)
  } catch (error) {
    // Text that is not YAML is a string.
    if (!(error instanceof YqFault)) throw error
    return new Node('scalar', '!!str', text)
  }
}

/** `with_dtf(layout; exp)`: sets the layout of dates in an expression. */
export function withDatetimeFormat(context: Context, { argument }: Operation<'withDatetimeFormat'>): Context {
  if (argument.operator !== 'block' && argument.operator !== 'union') {
    throw evaluationFault(
      'must provide a date time format string and an expression, e.g. with_dtf("Monday, 02-Jan-06 at 3:04PM MST"; <exp>)',
    )
  }
  const [layout] = context.asReadOnly().evaluate(argument.left).nodes
  if (layout === undefined) {
    throw evaluationFault('could not get date time format: could not find layout for format_time')
  }
  return context.withDateLayout(layout.value).evaluate(argument.right)
}

/** `tz(zone)`: the same point in time in another zone. */
export function timezone(context: Context, { argument }: Operation<'timezone'>): Context {
  const name = parameter(context, argument, 'timezone')
  const local = localZone(context)
  const zone = name === 'Local' ? local : loadZone(name)
  if (zone === undefined) throw evaluationFault(`could not load tz [${name}]: unknown time zone ${name}`)
  const layout = layoutOf(context)
  return context.with(
    context.nodes.map((node) => {
      const instant = { ...datetimeOf(node, layout, local), zone }
      return replacementOf(node, 'scalar', node.tag, formatTime(instant, layout))
    }),
  )
}

/** `from_unix`: converts seconds since 1970 to RFC 3339, in the machine's time zone. */
export function fromUnix(context: Context): Context {
  const local = localZone(context)
  return context.with(
    context.nodes.map((node) => {
      const tag = realTag(node)
      if (tag !== '!!int' && tag !== '!!float') {
        throw evaluationFault(`from_unix only works on numbers, found ${node.tag} instead`)
      }
      const seconds = parseFloat64(node.value)
      if (!seconds.ok) throw evaluationFault(numberRefusal('ParseFloat', node.value, seconds.reason))
      const instant = instantOfMilliseconds(Math.trunc(seconds.value * 1000), local)
      return replacementOf(node, 'scalar', '!!timestamp', formatTime(instant, RFC3339))
    }),
  )
}

/** `to_unix`: the seconds since 1970. */
export function toUnix(context: Context): Context {
  const local = localZone(context)
  const layout = layoutOf(context)
  return context.with(
    context.nodes.map((node) =>
      replacementOf(node, 'scalar', '!!int', String(datetimeOf(node, layout, local).seconds)),
    ),
  )
}

/** The layout of dates: RFC 3339 unless `with_dtf` set another. */
export function layoutOf({ dateLayout }: Context): string {
  return dateLayout || RFC3339
}

/** Parses a date by `layout`. With the default layout, a date without a time is valid, too. */
export function parseDatetime(text: string, layout: string, local: Zone): ParsedTime {
  const parsed = parseTime(layout, text, local)
  return parsed.ok || layout !== RFC3339 ? parsed : parseTime('2006-01-02', text, local)
}

/** The zone set by the caller, or the machine's. */
export function localZone({ run }: Context): Zone {
  const name = run.capabilities.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
  return loadZone(name) ?? UTC
}

function datetimeOf(node: Node, layout: string, local: Zone): Instant {
  const parsed = parseDatetime(node.value, layout, local)
  if (parsed.ok) return parsed.instant
  const path = pathText(node)
  throw evaluationFault(`could not parse datetime of [${path}] using layout [${layout}]: ${parsed.message}`)
}

function parameter(context: Context, argument: Expression, name: string): string {
  const [found] = context.asReadOnly().evaluate(argument).nodes
  if (found === undefined) throw evaluationFault(`could not find ${name} for format_time`)
  return found.value
}
