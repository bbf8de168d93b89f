import type { AbiParameter, ContractArtifact } from './contract-artifacts.ts'
import { typescriptLiteral } from './typescript-literal.ts'

/** A struct that is signed: `digest` is the function of the contract that hashes it. */
export type SignedStruct = { readonly contract: string; readonly digest: string }

/** Name and text of a generated file. */
export type GeneratedFile = { readonly name: string; readonly text: string }

const NOTICE = '// Generated from contracts/ by npm run generate; do not edit.\n'

/** The modules of `system/chain`: one for each contract, one for what is signed, and the front door. */
export const chainModules = (
  contracts: readonly ContractArtifact[],
  signed: readonly SignedStruct[],
): readonly GeneratedFile[] => {
  const typedData = signed.map((struct) => typedDataOf(named(contracts, struct.contract), struct.digest))
  const modules = contracts.map((contract) => ({
    module: kebabCase(contract.name),
    exports: [`${valueName(contract.name)}Abi`, `${valueName(contract.name)}Bytecode`],
    text: contractModule(contract),
  }))
  const typedDataModule = {
    module: 'typed-data',
    exports: typedData.flatMap((data) => data.exports),
    text: typedData.map((data) => data.text).join('\n'),
  }
  const files = [...modules, typedDataModule].toSorted((a, b) => (a.module < b.module ? -1 : 1))
  const frontDoor = files.map(
    ({ module, exports }) => `export { ${exports.toSorted().join(', ')} } from './${module}.gen.ts'\n`,
  )
  return [
    ...files.map(({ module, text }) => ({ name: `${module}.gen.ts`, text: `${NOTICE}${text}` })),
    { name: 'index.ts', text: `${NOTICE}${frontDoor.join('')}` },
  ]
}

const contractModule = ({ name, abi, bytecode }: ContractArtifact): string => {
  const entries = abi.map((entry) => `  ${typescriptLiteral(entry)},\n`).join('')
  const value = valueName(name)
  return [
    `/** The interface of ${name}, custom errors included. */\nexport const ${value}Abi = [\n${entries}] as const\n`,
    `/** The code that deploys ${name}; constructor arguments follow it. */\nexport const ${value}Bytecode =\n  '${bytecode}' as const\n`,
  ].join('\n')
}

/** The struct is the one argument of `digest`, so the types come from the interface; the domain is what the source passes to EIP712. */
const typedDataOf = (contract: ContractArtifact, digest: string) => {
  const struct = contract.abi.find((entry) => entry.type === 'function' && entry.name === digest)?.inputs?.[0]
  const structName = /^struct (?:\w+\.)?(\w+)$/.exec(struct?.internalType ?? '')?.[1]
  const [, domainName, version] = /EIP712\("([^"]+)", "([^"]+)"\)/.exec(contract.source) ?? []
  if (!struct?.components || !structName || !domainName || !version) {
    throw new Error(`${contract.name}.${digest} does not hash one struct under a literal EIP712 domain`)
  }
  const types = `${valueName(structName)}Types`
  const domain = `${valueName(contract.name)}Domain`
  return {
    exports: [types, domain],
    text: `${typesText(types, structName, struct.components)}\n${domainText(domain, contract.name, domainName, version)}`,
  }
}

const typesText = (value: string, struct: string, members: readonly AbiParameter[]): string => {
  const fields = members.map(({ name, type }) => `    { name: '${name}', type: '${plainType(type)}' },\n`).join('')
  return `/** EIP-712 type of ${struct}, fields in the order they are hashed. */\nexport const ${value} = {\n  ${struct}: [\n${fields}  ],\n} as const\n`
}

const domainText = (value: string, contract: string, name: string, version: string): string =>
  `/** EIP-712 domain of the ${contract} at \`verifyingContract\` on chain \`chainId\`. */
export const ${value} = (chainId: number, verifyingContract: \`0x\${string}\`) =>
  ({ name: '${name}', version: '${version}', chainId, verifyingContract }) as const\n`

const plainType = (type: string): string => {
  if (type.includes('tuple')) throw new Error('nested structs are not signed')
  return type
}

const named = (contracts: readonly ContractArtifact[], name: string): ContractArtifact => {
  const found = contracts.find((contract) => contract.name === name)
  if (!found) throw new Error(`there is no contract ${name}`)
  return found
}

const words = (name: string): readonly string[] => name.match(/[A-Z]+(?![a-z])|[A-Z][a-z0-9]*/g) ?? []

const kebabCase = (name: string): string => words(name).join('-').toLowerCase()

const valueName = (name: string): string =>
  words(name)
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0) + word.slice(1).toLowerCase()))
    .join('')
