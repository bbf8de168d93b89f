import type { Rule, World } from '../../types.ts'
import { effectOnPods } from './missing.ts'
import { nameOf, titleOf } from './reference.ts'
import { referencesOf } from './references-of.ts'

/** A volume names a PersistentVolumeClaim that nothing makes. */
export const claimMissing: Rule = {
  id: 'claim-missing',
  severity: 'error',
  about: 'Every PersistentVolumeClaim that is named exists.',
  check: (world) =>
    referencesOf(world)
      .filter(
        ({ kind, namespace, name }) =>
          kind === 'PersistentVolumeClaim' && !world.exists(kind, namespace, name) && !isOfSet(world, namespace, name),
      )
      .map((reference) => ({
        on: reference.on,
        path: reference.path,
        says: `${titleOf(reference.on)} names ${nameOf(reference)}, which nothing in these files makes: ${
          /(^|\.)volumes\[/.test(reference.path) ? 'the pods will stay Pending' : effectOnPods(reference)
        }.`,
        fix: 'Add the claim with a size and a StorageClass, or give each replica its own with volumeClaimTemplates.',
      })),
}

/** Claims of a StatefulSet are called `<template>-<set>-<ordinal>`. */
const isOfSet = (world: World, namespace: string | undefined, name: string): boolean =>
  world.pods.some(
    (group) =>
      group.namespace === namespace &&
      group.owner.ref.kind === 'StatefulSet' &&
      group.ownClaims.some((claim) => name.startsWith(`${claim.name}-${group.name}-`)),
  )
