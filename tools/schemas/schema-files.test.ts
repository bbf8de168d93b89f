import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { schemaFiles } from './schema-files.ts'

const root = join(import.meta.dirname, '../..')
const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shelves.library.example }
spec:
  group: library.example
  scope: Namespaced
  names: { kind: Shelf }
  versions:
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          required: [spec]
          properties:
            apiVersion: { type: string }
            kind: { type: string }
            metadata: { type: object }
            spec:
              type: object
              required: [books, order]
              properties:
                books: { type: integer, minimum: 1, description: How many it holds. }
                order: { type: string, default: title }
                boards:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [level]
                  items: { type: object, x-kubernetes-preserve-unknown-fields: true }
              x-kubernetes-validations:
                - { rule: 'self.books > 1', message: one book is no shelf }
                - { rule: 'self.books >= oldSelf.books', message: books stay }
            status: { type: object }
    - { name: v1beta1, served: false, schema: { openAPIV3Schema: {} } }
`

let files: Readonly<Record<string, string>>
const folder = mkdtempSync(join(tmpdir(), 'definitions-'))
beforeAll(() => {
  writeFileSync(join(folder, 'library.example_Shelf.yaml'), definition)
  files = schemaFiles(folder, join(root, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('the committed schemas of Kubernetes itself are those that its installed types make', () => {
  const committed = readFileSync(join(root, 'verify/schemas/generated/kubernetes.json'), 'utf8')
  expect(files['kubernetes.json'] === committed, 'kubernetes.json is not fresh').toBe(true)
})

test('a definition keeps what a file can be held to: no status, no prose, no rule about a former state', () => {
  const { kinds, nodes } = JSON.parse(files['library.example.json'] ?? '{}')
  expect(kinds).toEqual({ 'library.example/v1/Shelf': { root: nodes.length - 1, namespaced: true } })
  const { spec, status } = nodes.at(-1).properties
  expect(nodes[status]).toEqual({})
  expect(nodes[spec]).toMatchObject({
    required: ['books'],
    validations: [{ rule: 'self.books > 1', message: 'one book is no shelf' }],
  })
  const { books, order, boards } = nodes[spec].properties
  expect(nodes[books]).toEqual({ type: 'integer', minimum: 1 })
  expect(nodes[order]).toEqual({ type: 'string', default: 'title' })
  expect(nodes[boards]).toMatchObject({ type: 'array', keys: ['level'] })
})

test('the index says which file holds a group', () => {
  expect(JSON.parse(files['index.json'] ?? '{}')).toMatchObject({
    apps: 'kubernetes',
    'library.example': 'library.example',
  })
})
