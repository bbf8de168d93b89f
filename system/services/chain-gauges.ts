import type { GaugeShape } from '@knowton/core'

const subject = 'Chain'

/** What the service that talks to the chain measures of it. */
export const chainGauges = {
  chainHeadAgeSeconds: {
    summary: 'Seconds since the newest block that was applied was made.',
    subject,
    labels: [],
    alerts: {
      ChainNotFollowed: {
        when: 'above',
        threshold: 120,
        forMinutes: 2,
        severity: 'critical',
        says: 'No new block has been applied for two minutes: mints, trades and royalties on chain are not seen.',
        fix: 'See whether the RPC at CHAIN_RPC_URL answers eth_blockNumber, then what the job followChain logs.',
      },
    },
  },
  chainUnfinalizedBlocks: {
    summary: 'Blocks that were applied and are not yet final: facts in them may be taken back.',
    subject,
    labels: [],
    alerts: {},
  },
  relayWaitingRequests: {
    summary: 'Mints and settlements that were asked for and are not yet in a block.',
    subject,
    labels: ['work', 'state'],
    alerts: {},
  },
  relayLongestWaitSeconds: {
    summary: 'Seconds since anything happened to the mint or settlement that has waited longest for a block.',
    subject,
    labels: ['work'],
    alerts: {
      RelayStuck: {
        when: 'above',
        threshold: 600,
        forMinutes: 5,
        severity: 'critical',
        says: 'A mint or a settlement has not moved for ten minutes: the relay does not send, or nothing is mined.',
        fix: 'Look at the balance of the relayer and the gas price, then at what the job relayRequests logs.',
      },
    },
  },
  relayerBalanceWei: {
    summary: 'What the account that pays for gas has left; exact to 53 bits.',
    subject,
    labels: [],
    alerts: {
      RelayerPoor: {
        when: 'below',
        threshold: 50_000_000_000_000_000,
        forMinutes: 10,
        severity: 'warning',
        says: 'The relayer has less than 0.05 of the coin of the chain left to pay for gas.',
        fix: 'Send coins to the address of RELAYER_KEY.',
      },
      RelayerBroke: {
        when: 'below',
        threshold: 5_000_000_000_000_000,
        forMinutes: 2,
        severity: 'critical',
        says: 'The relayer can pay for almost no transaction any more: mints and settlements are about to stop.',
        fix: 'Send coins to the address of RELAYER_KEY now.',
      },
    },
  },
} as const satisfies Readonly<Record<string, GaugeShape>>
