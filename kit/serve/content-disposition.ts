/** `attachment` with any name: an ASCII form for old clients (RFC 6266) and the exact one in UTF-8 (RFC 5987). */
export const contentDisposition = (fileName: string): string => {
  const wellFormed = fileName.toWellFormed()
  const ascii = wellFormed.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%/]/g, '_')
  const encoded = encodeURIComponent(wellFormed).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
