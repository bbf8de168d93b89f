import * as z from 'zod'

/** An answer that is a refusal or a fault of the platform; `code` is that of the error table. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: string
  readonly status: number
  readonly detail: string | undefined
  readonly facts: Readonly<Record<string, string | number | boolean>>
  /** What is wrong with the request, when its shape is. */
  readonly faults: readonly { readonly path: string; readonly message: string }[]
  readonly requestId: string | undefined

  constructor(status: number, problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`)
    this.code = problem.code
    this.status = status
    this.detail = problem.detail
    this.facts = problem.facts ?? {}
    this.faults = problem.faults ?? []
    this.requestId = problem.instance
  }
}

/** RFC 9457, as every part of the platform answers when it refuses or fails. */
export const problem = z.object({
  type: z.string().optional(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  faults: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})
export type Problem = z.output<typeof problem>

/** Reads the problem out of a failed answer; one that something else answered gets the code `http.<status>`. */
export const parseProblem = async (response: Response): Promise<ApiProblem> => {
  const text = await response.text()
  const read = problem.safeParse(parseJson(text))
  if (read.success) return new ApiProblem(response.status, read.data)
  const title = response.statusText || `HTTP ${response.status}`
  return new ApiProblem(response.status, { title, status: response.status, code: `http.${response.status}` })
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
