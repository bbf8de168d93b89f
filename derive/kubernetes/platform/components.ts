import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { flows } from '../flows.ts'
import type { Component } from '../manifest.ts'
import { issuers } from './issuers.ts'
import { namespaces } from './namespaces.ts'
import { networkPolicies } from './network-policies.ts'
import { priorityClasses } from './priority-classes.ts'
import { quotas } from './quotas.ts'
import { secretStore } from './secret-store.ts'
import { storageClasses } from './storage-classes.ts'
import { trust } from './trust.ts'

/** The components of the group `platform`: what everything else needs to be there first. */
export const platformComponents = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => [
  namespaces(environment),
  quotas(platform, environment),
  priorityClasses(),
  storageClasses(environment),
  secretStore(platform, environment),
  issuers(environment),
  trust(environment),
  networkPolicies(environment, flows(platform, environment)),
]
