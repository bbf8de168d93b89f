#!/usr/bin/env node
// Runs forge under a profile of foundry.toml: `node contracts/forge.mjs test test --match-contract Gas`.
// The program itself, not the npm launcher around it: the launcher of 1.7.1 ends with 0 even when a build or a test fails.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

const [profile, ...args] = process.argv.slice(2)
const launcher = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/forge/package.json'))
const arch = process.arch === 'x64' ? 'amd64' : process.arch
const forge = launcher.resolve(`@foundry-rs/forge-${process.platform}-${arch}/bin/forge`)
const settings = ['FOUNDRY_CONFIG=contracts/foundry.toml', `FOUNDRY_PROFILE=${profile}`]

const { status, error } = spawnSync('env', [...settings, forge, ...args], {
  cwd: dirname(import.meta.dirname),
  stdio: 'inherit',
})
if (error) throw error
process.exitCode = status ?? 1
