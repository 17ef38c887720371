import {
  groupOf,
  isDefaultValue,
  isList,
  isMap,
  isSameQuantity,
  member,
  setMember,
  type Value,
  type ValueMap,
} from '@overlay-render/golden'

import { isAtomic, isCounterpart, isNamed } from './counterparts.ts'
import { isBuiltIn } from '../api-groups.ts'
import { ownedItem, type OwnedFields, ownedMember } from './managed-fields.ts'

/** One manifest and its live object, in a form in which they can be compared. */
export interface ServerView {
  /** The live object with only the fields that the manifest or a person sets. */
  readonly live: ValueMap
  /** The manifest without what changes nothing: nulls, empty lists, and defaults that the server leaves out. */
  readonly wanted: ValueMap
}

interface Task {
  readonly live: Value
  readonly wanted: Value | undefined
  readonly owned: OwnedFields | undefined
  /** The field that holds the value, and the field that holds that one: defaults depend on both. */
  readonly field: string
  readonly holder: string
  readonly putLive: (made: Value) => void
  readonly putWanted: (made: Value) => void
}

/**
 * Makes a live object and a manifest comparable: what the server, controllers and other managers added is left out of the live
 * object, unless `owned` says that a person set it.
 */
export function serverView(live: ValueMap, wanted: ValueMap, owned: OwnedFields | undefined): ServerView {
  const apiVersion = member(live, 'apiVersion')
  const isCustom = typeof apiVersion === 'string' && !isBuiltIn(groupOf(apiVersion))
  const view: { live: Value; wanted: Value } = { live: null, wanted: null }
  const pending: Task[] = [
    {
      live,
      wanted,
      owned,
      field: '',
      holder: '',
      putLive: (made) => (view.live = made),
      putWanted: (made) => (view.wanted = made),
    },
  ]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    if (isMap(task.live)) viewMap(task, task.live, pending, isCustom)
    else if (isList(task.live)) viewList(task, task.live, pending, isCustom)
    else viewScalar(task)
  }
  return { live: isMap(view.live) ? view.live : {}, wanted: isMap(view.wanted) ? view.wanted : {} }
}

function viewMap(task: Task, live: ValueMap, pending: Task[], isCustom: boolean): void {
  const isNothing = (value: Value, key: string, siblings: ValueMap): boolean =>
    isEmpty(value) || (!isCustom && isDefaultValue(value, task.field, key, siblings))
  const wanted = task.wanted === undefined ? {} : task.wanted
  if (!isMap(wanted)) return keepBoth(task)
  const [liveOut, wantedOut]: [ValueMap, ValueMap] = [{}, {}]
  for (const key of new Set([...Object.keys(live), ...Object.keys(wanted)])) {
    const [mine, theirs] = [member(live, key), given(member(wanted, key))]
    const owned = ownedMember(task.owned, key)
    if (mine === undefined) {
      if (theirs !== undefined && !isNothing(theirs, key, wanted)) setMember(wantedOut, key, theirs)
      // A manager that takes over an object owns its defaults, too.
    } else if (theirs !== undefined || (owned !== undefined && !isNothing(mine, key, live))) {
      pending.push({
        live: mine,
        wanted: theirs,
        owned,
        field: key,
        holder: task.field,
        putLive: (made) => setMember(liveOut, key, made),
        putWanted: (made) => setMember(wantedOut, key, made),
      })
    }
  }
  task.putLive(liveOut)
  if (task.wanted !== undefined) task.putWanted(wantedOut)
}

function viewList(task: Task, live: Value[], pending: Task[], isCustom: boolean): void {
  const { wanted, owned, field, holder } = task
  // The owner of a whole list owns each of its items.
  const isWhole = isAtomic(field, isCustom) || owned?.size === 0
  if (wanted === undefined && (owned === undefined || isWhole)) return keepBoth(task)
  const theirs = isList(wanted) ? wanted : []
  if (wanted !== undefined && !isList(wanted)) return keepBoth(task)
  const byName = !isWhole && isNamed(live) && (theirs.length === 0 || isNamed(theirs))
  if (!byName && theirs.length !== live.length) return keepBoth(task)
  const [liveOut, wantedOut]: [Value[], Value[]] = [[], [...theirs]]
  for (const [index, item] of live.entries()) {
    const at = byName ? theirs.findIndex((other) => isCounterpart(item, other)) : index
    const ownedHere = ownedItem(owned, item)
    if (at < 0 && ownedHere === undefined) continue
    const place = liveOut.length
    liveOut.push(item)
    pending.push({
      live: item,
      wanted: theirs[at],
      owned: ownedHere,
      field,
      holder,
      putLive: (made) => (liveOut[place] = made),
      putWanted: (made) => (at < 0 ? undefined : (wantedOut[at] = made)),
    })
  }
  task.putLive(liveOut)
  if (wanted !== undefined) task.putWanted(wantedOut)
}

/** Two spellings of one quantity, such as `1000m` and `1`, are equal. */
function viewScalar({ live, wanted, field, holder, putLive, putWanted }: Task): void {
  putLive(live)
  if (wanted !== undefined) putWanted(isSameQuantity(live, wanted, field, holder) ? live : wanted)
}

function keepBoth({ live, wanted, putLive, putWanted }: Task): void {
  putLive(live)
  if (wanted !== undefined) putWanted(wanted)
}

function given(value: Value | undefined): Value | undefined {
  return value === null ? undefined : value
}

function isEmpty(value: Value): boolean {
  if (isList(value)) return value.length === 0
  return value === null || (isMap(value) && Object.keys(value).length === 0)
}
