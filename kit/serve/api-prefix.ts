/** Every declared route is served under this. */
export const API_PREFIX = '/api/v1'
