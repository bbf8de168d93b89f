#!/usr/bin/env node
// The compiler that foundry.toml names: the npm package solc (WebAssembly), speaking the two commands forge uses. Works offline.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
if (process.argv.includes('--version')) {
  process.stdout.write(`solc, the solidity compiler\nVersion: ${require('solc/package.json').version}\n`)
} else {
  process.stdout.write(require('solc').compile(readFileSync(0, 'utf8')))
}
