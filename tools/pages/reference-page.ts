import type { JsonSchema, MediaType, OpenApi, Operation, Parameter } from '@knowton/derive'
import type { Page } from '../gateway/answer.ts'
import { document } from './document.ts'
import { type Html, html } from './html.ts'
import { schemaText } from './schema-text.ts'
import type { Language } from './words.ts'

type Placed = { readonly method: string; readonly path: string; readonly operation: Operation }

/** The API reference: everything that the OpenAPI description says, readable without a script. */
export const referencePage = (api: OpenApi, platformName: string, language: Language): Page => {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Placed => ({ method: method.toUpperCase(), path, operation })),
  )
  const groups = api.tags
    .map((tag) => ({ tag, operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)) }))
    .filter((group) => group.operations.length > 0)
  return document({
    language,
    title: api.info.title,
    platformName,
    at: '/docs',
    refreshes: false,
    main: html`<main class="reference">
<aside>${groups.map(
      (group) =>
        html`<h2>${group.tag.name}</h2>${group.operations.map(
          ({ method, operation }) =>
            html`<a href="#${operation.operationId}"><span class="method ${method}">${method}</span>${operation.operationId}</a>`,
        )}`,
    )}</aside>
<div lang="en"><h1>${api.info.title} <span class="quiet small">${api.info.version}</span></h1>
<p class="lead">${proseOf(api.info.description)} <a href="/openapi.json">OpenAPI 3.1</a></p>
${groups.map(
  (group) => html`<h2 id="${group.tag.name}">${group.tag.name}</h2><p class="quiet">${group.tag.description}</p>
${group.operations.map(operationCard)}`,
)}</div></main>`,
  })
}

/** Text in which `code` is marked by backticks. */
const proseOf = (text: string): readonly Html[] =>
  text.split('`').map((part, at) => (at % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))

const operationCard = ({
  method,
  path,
  operation,
}: Placed): Html => html`<section class="card operation" id="${operation.operationId}">
<h3>${operation.summary}</h3>
<p class="address"><span class="method ${method}">${method}</span><code>${path}</code>
${operation.security.length > 0 ? html`<span class="tag">access token</span>` : undefined}</p>
${parametersTable(operation.parameters)}
${operation.requestBody === undefined ? undefined : bodyPart(operation.requestBody)}
${Object.entries(operation.responses)
  .filter(([status]) => status < '400')
  .map(([status, { content = {} }]) => html`<h4>Answer ${status}</h4>${contentPart(content)}`)}
${problemsTable(operation)}
</section>`

const parametersTable = (parameters: readonly Parameter[]): Html | undefined =>
  parameters.length === 0
    ? undefined
    : html`<h4>Parameters</h4><table class="stack"><tbody>${parameters.map(
        (
          parameter,
        ) => html`<tr><td><code>${parameter.name}</code>${parameter.required ? undefined : html` <span class="quiet small">optional</span>`}</td>
<td data-label="in">${parameter.in}</td><td data-label="type" class="mono">${schemaText(parameter.schema)}</td><td data-label="">${parameter.description}</td></tr>`,
      )}</tbody></table>`

const bodyPart = ({ description, content }: NonNullable<Operation['requestBody']>): Html =>
  html`<h4>Body <span class="quiet">· ${description}</span></h4>${contentPart(content)}`

const contentPart = (content: Readonly<Record<string, MediaType>>): readonly Html[] =>
  Object.entries(content).map(
    ([mediaType, { schema, example }]) => html`<div class="small quiet">${mediaType}</div>
${isSchema(schema) ? html`<pre>${schemaText(schema)}</pre>` : undefined}
${example === undefined ? undefined : html`<details><summary>Example</summary><pre>${exampleText(example)}</pre></details>`}`,
  )

const isSchema = (schema: MediaType['schema']): schema is JsonSchema => schema !== undefined && !('$ref' in schema)

const exampleText = (example: unknown): string =>
  typeof example === 'string' ? example : JSON.stringify(example, undefined, 2)

const problemsTable = ({ responses }: Operation): Html => {
  const rows = Object.entries(responses)
    .filter(([status]) => status >= '400')
    .flatMap(([status, { content = {} }]) =>
      Object.entries(content['application/problem+json']?.examples ?? {}).map(([code, { value }]) => ({
        status,
        code,
        says: typeof value === 'object' && value !== null && 'title' in value ? String(value.title) : '',
      })),
    )
  return html`<details><summary>${rows.length} error codes</summary><table class="stack"><tbody>${rows.map(
    ({ status, code, says }) =>
      html`<tr><td><a href="/errors/${code}"><code>${code}</code></a></td><td data-label="status">${status}</td><td data-label="">${says}</td></tr>`,
  )}</tbody></table></details>`
}
