import { expect, test } from 'vitest'
import { type Answer, because, dropped, droppedUntil, moved } from './answer.ts'
import { renderedOf, traces } from './trace.ts'

const rendered = renderedOf([
  [
    'Deployment/books',
    [
      { path: 'spec.replicas', value: '3' },
      { path: 'spec.cpu', value: '2' },
    ],
  ],
])

const outcomeOf = (path: string, value: string, answer?: Answer) =>
  traces(
    [{ object: 'Deployment/books', line: 1, values: { [path]: value } }],
    answer === undefined ? {} : { 'Deployment/books': { [path]: answer } },
    rendered,
  ).map(({ outcome }) => outcome)[0]

test.each([
  ['the same value', 'spec.replicas', '3', undefined, 'same'],
  ['the same amount', 'spec.cpu', '2000m', undefined, 'same'],
  ['the same value elsewhere', 'spec.size', '3', moved('Deployment/books', 'spec.replicas'), 'same'],
  ['another value with a reason', 'spec.replicas', '2', because('Two are too few.'), 'otherwise'],
  ['another value without one', 'spec.replicas', '2', undefined, 'unanswered'],
  ['nothing, and why', 'spec.colour', 'red', dropped('Books have no colour.'), 'dropped'],
  ['nothing, without a word', 'spec.colour', 'red', undefined, 'unanswered'],
])('what is rendered as %s is told apart', (_, path, value, answer, outcome) => {
  expect(outcomeOf(path, value, answer)).toBe(outcome)
})

test('what is said to be dropped is not rendered', () => {
  expect(outcomeOf('spec.replicas', '3', dropped('There are none.'))).toBe('unanswered')
})

test('what waits for an object is dropped only as long as that is not rendered', () => {
  expect(outcomeOf('spec.readers', '1', droppedUntil('Deployment/readers', 'Nobody reads yet.'))).toBe('dropped')
  expect(outcomeOf('spec.readers', '1', droppedUntil('Deployment/books', 'No books yet.'))).toBe('unanswered')
})
