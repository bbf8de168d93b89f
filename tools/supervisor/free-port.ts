import { createServer } from 'node:net'
import { Fault } from '@knowton/core'
import { portOwner } from './port-owner.ts'
import { commandOf } from './start-time.ts'

/** `port` when it is free, any free one for 0; a fault names who has it and how to choose another. */
export const claimPort = async (port: number, what: string, variable: string): Promise<number> => {
  try {
    return await tryPort(port)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'EACCES') throw portFault(`Port ${port} for ${what} may not be opened by this user.`, variable, cause)
    if (code !== 'EADDRINUSE') throw cause
    const owner = portOwner(port)
    const by = owner === undefined ? 'another program' : `process ${owner} (${commandOf(owner) ?? 'unknown command'})`
    throw portFault(`Port ${port} for ${what} is in use by ${by}.`, variable, cause)
  }
}

/** `count` different free ports of this machine. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const held = await Promise.all(Array.from({ length: count }, () => hold(0)))
  await Promise.all(held.map(({ release }) => release()))
  return held.map(({ port }) => port)
}

/** Any free port of this machine. */
export const freePort = (): Promise<number> => tryPort(0)

const tryPort = async (port: number): Promise<number> => {
  const held = await hold(port)
  await held.release()
  return held.port
}

const hold = (port: number): Promise<{ readonly port: number; readonly release: () => Promise<void> }> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const bound = server.address()
      const release = () => new Promise<void>((closed) => server.close(() => closed()))
      resolve({ port: typeof bound === 'object' && bound !== null ? bound.port : port, release })
    })
  })

const portFault = (says: string, variable: string, cause: unknown): Fault =>
  new Fault('dev.port', `${says}\nStop it, or choose another port: ${variable}=8001 npm start (0 = any free port)`, {
    cause,
  })
