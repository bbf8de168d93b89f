import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const AbiParameter = z.looseObject({
  name: z.string(),
  type: z.string(),
  internalType: z.string().optional(),
  get components() {
    return z.array(AbiParameter).optional()
  },
})
const AbiEntry = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  inputs: z.array(AbiParameter).optional(),
})
const Artifact = z.object({
  abi: z.array(AbiEntry),
  bytecode: z.object({ object: z.string().regex(/^0x[0-9a-f]+$/), linkReferences: z.record(z.string(), z.unknown()) }),
})

/** One parameter of an ABI entry; a struct has components. */
export type AbiParameter = z.infer<typeof AbiParameter>

/** One function, event or error of a contract. */
export type AbiEntry = z.infer<typeof AbiEntry>

/** What the compiler made of one contract, and the source it made it from. */
export type ContractArtifact = {
  readonly name: string
  readonly source: string
  readonly abi: readonly AbiEntry[]
  readonly bytecode: string
}

const OUT = 'contracts/out/release'

/**
 * Compiles `contracts/src` from scratch and reads the named contracts.
 * Always without the tests: the bytes that go on chain must not depend on what else a compiler run contained.
 */
export const contractArtifacts = async (
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly ContractArtifact[]> => {
  const build = [join(root, 'contracts/forge.mjs'), 'default', 'build', '--force']
  await promisify(execFile)(process.execPath, build, { cwd: root, signal })
  return Promise.all(paths.map((path) => readContract(root, path)))
}

const readContract = async (root: string, path: string): Promise<ContractArtifact> => {
  const name = basename(path, '.sol')
  const artifact = Artifact.parse(JSON.parse(await readFile(join(root, OUT, `${name}.sol`, `${name}.json`), 'utf8')))
  if (Object.keys(artifact.bytecode.linkReferences).length > 0) throw new Error(`${name} needs linking`)
  const source = await readFile(join(root, 'contracts/src', path), 'utf8')
  return { name, source, abi: artifact.abi, bytecode: artifact.bytecode.object }
}
