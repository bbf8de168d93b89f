# syntax=docker/dockerfile:1
# One service: docker build --build-arg SERVICE=creator-service --tag knowton/creator-service .
ARG NODE_VERSION=24

# What npm reads, alone: packages are installed anew only when this changes.
FROM node:${NODE_VERSION}-bookworm-slim AS manifests
WORKDIR /platform
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
  && find . -type d -empty -delete

# The packages of one service, without what only development needs.
FROM node:${NODE_VERSION}-bookworm-slim AS packages
ARG SERVICE
WORKDIR /platform
COPY --from=manifests /platform ./
RUN --mount=type=cache,target=/root/.npm \
  npm ci --workspace "services/${SERVICE}" --include-workspace-root=false --omit=dev

# Node and nothing else: no shell, no package manager.
FROM gcr.io/distroless/nodejs${NODE_VERSION}-debian12 AS service
ARG SERVICE
ARG VERSION=0.1.0
ARG REVISION
LABEL org.opencontainers.image.title="${SERVICE}" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /platform
COPY --from=packages /platform/node_modules ./node_modules
COPY package.json ./
COPY core ./core
COPY system ./system
COPY domain ./domain
COPY kit ./kit
COPY adapters ./adapters
COPY services/${SERVICE} ./services/${SERVICE}
WORKDIR /platform/services/${SERVICE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
USER 10001:10001
EXPOSE 3000
STOPSIGNAL SIGTERM
ENTRYPOINT ["/nodejs/bin/node", "main.ts"]
