import { type Answers, dropped, moved } from '../answer.ts'

const CI = 'Workflow/ci.yml'
const ACTION = 'Pinned to the commit of the newest release: a tag can be moved to other code.'
const NO_DEPLOY =
  'CI does not touch a cluster: what it would change, Argo CD would change back. It opens a pull request instead.'
const SET = 'ApplicationSet/knowton-production'
const ELEMENT = 'spec.generators[0].list.elements[apps]'
const BY_STEPS = 'An ApplicationSet applies in steps; its controller syncs whatever differs.'
const BY_DIGEST =
  'latest never changes in Git, so nothing would roll; the overlay of each environment names a build of every service.'

/** GitHub Actions and Argo CD. */
export const deliveryAnswers: Readonly<Record<string, Answers>> = {
  'Workflow/Build and Deploy': {
    '': moved(CI, ''),
    name: moved(CI, 'name', 'It builds and proposes; it does not deploy.'),
    on: moved(CI, 'on'),
    'env.REGISTRY': moved(CI, 'jobs.build.steps[docker/login-action].with.registry'),
    'env.IMAGE_NAME': moved(
      CI,
      'jobs.build.steps[Name the image].run',
      'One image per service, called like it, in lower case whatever the owner is called.',
    ),
    'jobs.test.runs-on': moved(CI, 'jobs.test.runs-on', 'A fixed version; the newest changes without notice.'),
    'jobs.test.steps[actions/checkout]': moved(CI, 'jobs.test.steps[actions/checkout]', ACTION),
    'jobs.test.steps[Setup Node.js].name': dropped('The action says what it does.'),
    'jobs.test.steps[Setup Node.js].uses': moved(CI, 'jobs.test.steps[actions/setup-node].uses', ACTION),
    'jobs.test.steps[Setup Node.js].with': moved(
      CI,
      'jobs.test.steps[actions/setup-node].with',
      'Node 20 ended in April 2026.',
    ),
    'jobs.test.steps[Install dependencies]': dropped('Every verb installs what it needs by itself.'),
    'jobs.test.steps[Run linter]': moved(
      CI,
      'jobs.check.steps[Format, types, layers, generated and rendered files]',
      'Format and lint are part of a larger check.',
    ),
    'jobs.test.steps[Run tests].name': moved(
      CI,
      'jobs.test.steps[Measure coverage].name',
      'All tests run in a step before it.',
    ),
    'jobs.test.steps[Run tests].run': moved(CI, 'jobs.test.steps[Measure coverage].run'),
    'jobs.test.steps[Upload coverage]': moved(CI, 'jobs.test.steps[Upload coverage]', ACTION),
    'jobs.build.needs': moved(CI, 'jobs.build.needs[0]'),
    'jobs.build.runs-on': moved(CI, 'jobs.build.runs-on', 'A fixed version; the newest changes without notice.'),
    'jobs.build.permissions': moved(CI, 'jobs.build.permissions'),
    'jobs.build.steps[actions/checkout]': moved(CI, 'jobs.build.steps[actions/checkout]', ACTION),
    'jobs.build.steps[Log in to Container Registry].name': dropped('The action says what it does.'),
    'jobs.build.steps[Log in to Container Registry].uses': moved(
      CI,
      'jobs.build.steps[docker/login-action].uses',
      ACTION,
    ),
    'jobs.build.steps[Log in to Container Registry].with': moved(
      CI,
      'jobs.build.steps[docker/login-action].with',
      'The registry by its name.',
    ),
    'jobs.build.steps[Extract metadata].name': dropped('The action says what it does.'),
    'jobs.build.steps[Extract metadata].id': moved(
      CI,
      'jobs.build.steps[docker/metadata-action].id',
      'Called in full.',
    ),
    'jobs.build.steps[Extract metadata].uses': moved(CI, 'jobs.build.steps[docker/metadata-action].uses', ACTION),
    'jobs.build.steps[Extract metadata].with': moved(
      CI,
      'jobs.build.steps[docker/metadata-action].with',
      'Its default tags are not the one that was deployed; ours are the commit.',
    ),
    'jobs.build.steps[Build and push Docker image].name': dropped('The action says what it does.'),
    'jobs.build.steps[Build and push Docker image].uses': moved(
      CI,
      'jobs.build.steps[docker/build-push-action].uses',
      ACTION,
    ),
    'jobs.build.steps[Build and push Docker image].with': moved(
      CI,
      'jobs.build.steps[docker/build-push-action].with',
      'A pull request builds and publishes nothing; each service has a cache of its own.',
    ),
    'jobs.deploy': dropped(NO_DEPLOY),
  },
  'Application/knowton-platform': {
    apiVersion: moved(SET, 'apiVersion'),
    kind: moved(SET, 'kind', BY_STEPS),
    'metadata.name': moved(SET, 'metadata.name', 'One for each environment.'),
    'metadata.namespace': moved(SET, 'metadata.namespace'),
    'spec.project': moved(
      SET,
      `${ELEMENT}.project`,
      'The default project may do anything; this one has its own limits.',
    ),
    'spec.source.repoURL': moved(SET, `${ELEMENT}.source.repoURL`, 'The same repository.'),
    'spec.source.targetRevision': moved(SET, `${ELEMENT}.source.targetRevision`, 'The branch by its name.'),
    'spec.source.path': moved(SET, `${ELEMENT}.source.path`, 'Each group of it is a step.'),
    'spec.source.kustomize': dropped(BY_DIGEST),
    'spec.destination.server': moved(SET, 'spec.template.spec.destination.server'),
    'spec.destination.namespace': moved(SET, `${ELEMENT}.namespace`),
    'spec.syncPolicy.automated': moved(SET, 'spec.template.spec.syncPolicy.automated'),
    'spec.syncPolicy.syncOptions': moved(
      SET,
      'spec.template.spec.syncPolicy.syncOptions',
      'Namespaces are rendered, with the labels that Pod Security needs.',
    ),
    'spec.syncPolicy.retry': moved(SET, 'spec.template.spec.syncPolicy.retry'),
  },
}
