import { expect, test } from 'vitest'

import { reasonFor, withoutSecrets } from '../src/kubectl-words.ts'

test.each([
  ['Error from server (NotFound): namespaces "a" not found', 'namespaces "a" not found'],
  ['Warning: old\nThe Service "a" is invalid: spec.ports: Required value', 'spec.ports: Required value'],
  [
    'The PriorityClass "a" is invalid: \n* preemptionPolicy: field is immutable\n* value: Forbidden: no\n',
    'preemptionPolicy: field is immutable; value: Forbidden: no',
  ],
  ['', 'no reason was given'],
])('the output of kubectl becomes one reason: %j', (text, reason) => {
  expect(reasonFor(text, 'Service')).toBe(reason)
})

test('values of a Secret that a server quotes are masked', () => {
  expect(reasonFor('The Secret "a" is invalid: data: Invalid value: "hunter2"', 'Secret')).not.toContain(
    'hunter2',
  )
})

test('tokens and passwords are masked', () => {
  expect(withoutSecrets('Authorization: Bearer abc.def token=xyz https://me:pw@host')).toBe(
    'Authorization: Bearer (secret) token=(secret) https://(secret)@host',
  )
})
