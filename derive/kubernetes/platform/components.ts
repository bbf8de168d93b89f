import { flows } from '../flows.ts'
import type { Component } from '../manifest.ts'
import type { Cluster } from '../systems/system.ts'
import { issuers } from './issuers.ts'
import { namespaces } from './namespaces.ts'
import { networkPolicies } from './network-policies.ts'
import { priorityClasses } from './priority-classes.ts'
import { quotas } from './quotas.ts'
import { secretStore } from './secret-store.ts'
import { storageClasses } from './storage-classes.ts'
import { trust } from './trust.ts'

/** The components of the group `platform`: what everything else needs to be there first. */
export const platformComponents = (cluster: Cluster): readonly Component[] => [
  namespaces(cluster.environment),
  quotas(cluster),
  priorityClasses(),
  storageClasses(cluster.environment),
  secretStore(cluster),
  issuers(cluster.environment),
  trust(cluster.environment),
  networkPolicies(cluster.environment, flows(cluster)),
]
