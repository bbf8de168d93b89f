/** What manifests call the image of a service; the overlay says which build that is. */
export const serviceImage = (service: string): string => `knowton/${service}`
