import { behavesAsSignatureCheck } from '@knowton/adapters/chain/testing'
import { describe } from 'vitest'
import { rpcChainView } from './rpc-chain-view.ts'

const contracts = { workToken: `0x${'1'.repeat(40)}`, splitterFactory: `0x${'2'.repeat(40)}` } as const

describe('for a mint', () => behavesAsSignatureCheck((client) => rpcChainView(client, contracts).approves))

describe('for a sign-in', () =>
  behavesAsSignatureCheck(
    (client) => rpcChainView(client, contracts).approvesOnceDeployed,
    `0x${'1'.padStart(64, '0')}`,
  ))
