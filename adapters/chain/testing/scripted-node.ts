import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

/** What a node does with a request: answers it, answers with an HTTP status, hangs up, or never says a word. */
export type NodeAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string; readonly data?: unknown } }
  | { readonly status: number }
  | 'hangs up'
  | 'is silent'

/** A node on a loopback port that answers as it is told. */
export type ScriptedNode = {
  readonly rpcUrl: string
  /** How many requests have come. */
  readonly asked: () => number
  readonly stop: () => Promise<void>
}

/** Starts a node that answers its n-th request (from 1) with `answer(n)`. */
export const startScriptedNode = async (answer: (n: number) => NodeAnswer): Promise<ScriptedNode> => {
  let asked = 0
  const server = createServer(async (request, response) => {
    asked += 1
    const told = answer(asked)
    if (told === 'is silent') return
    if (told === 'hangs up') return void request.socket.destroy()
    const { id } = JSON.parse(await text(request)) as { readonly id: number }
    const { status, body } = 'status' in told ? { ...told, body: {} } : { status: 200, body: told }
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...body }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the node has no port')
  return {
    rpcUrl: `http://127.0.0.1:${address.port}`,
    asked: () => asked,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
