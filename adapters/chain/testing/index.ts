export { type Anvil, fund, startAnvil, TEST_CHAIN_ID } from './anvil.ts'
export { type NodeAnswer, type ScriptedNode, startScriptedNode } from './scripted-node.ts'
export { behavesAsSignatureCheck, SILENCE_MS, unanswered } from './signature-behaviour.ts'
