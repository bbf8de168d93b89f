import { behavesAsSignatureCheck } from '@knowton/adapters/chain/testing'
import { rpcChainView } from './rpc-chain-view.ts'

const contracts = { workToken: `0x${'1'.repeat(40)}`, splitterFactory: `0x${'2'.repeat(40)}` } as const

behavesAsSignatureCheck((client) => rpcChainView(client, contracts).approves)
