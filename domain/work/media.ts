/** What a work is, told from its bytes. */
export type WorkKind = 'image' | 'audio' | 'video' | 'text' | 'document' | 'archive' | 'software' | 'other'

/** Types whose family says less than their use. */
const kinds: Readonly<Record<string, WorkKind>> = {
  'application/ogg': 'audio',
  'application/mxf': 'video',
  'application/vnd.ms-asf': 'video',
  'application/vnd.rn-realmedia': 'video',
  'application/json': 'text',
  'application/xml': 'text',
  'application/rtf': 'document',
  'application/pdf': 'document',
  'application/epub+zip': 'document',
  'application/postscript': 'document',
  'application/eps': 'document',
  'application/x-indesign': 'document',
  'application/x-mobipocket-ebook': 'document',
  'application/x-cfb': 'document',
  'text/x-script': 'software',
  'text/x-source': 'software',
  'application/wasm': 'software',
  'application/java-vm': 'software',
  'application/java-archive': 'software',
  'application/x-msdownload': 'software',
  'application/x-elf': 'software',
  'application/x-mach-binary': 'software',
  'application/x-nintendo-nes-rom': 'software',
  'application/x-google-chrome-extension': 'software',
  'application/x-xpinstall': 'software',
  'application/vnd.android.package-archive': 'software',
  'application/zip': 'archive',
  'application/gzip': 'archive',
  'application/x-tar': 'archive',
  'application/x-7z-compressed': 'archive',
  'application/x-rar-compressed': 'archive',
  'application/x-bzip2': 'archive',
  'application/x-xz': 'archive',
  'application/lzip': 'archive',
  'application/x-compress': 'archive',
  'application/x-lz4': 'archive',
  'application/zstd': 'archive',
  'application/x-deb': 'archive',
  'application/x-rpm': 'archive',
  'application/x-apple-diskimage': 'archive',
  'application/x-iso9660-image': 'archive',
  'application/vnd.ms-cab-compressed': 'archive',
  'application/x-unix-archive': 'archive',
  'application/x-lzh-compressed': 'archive',
  'application/x-arj': 'archive',
  'application/x-cpio': 'archive',
  'application/x-ace-compressed': 'archive',
  'application/x-asar': 'archive',
}

const OFFICE =
  /^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument|apple\.(keynote|numbers|pages)|visio|ms-(excel|word|powerpoint|outlook))/

/** The kind of works of a media type. */
export const kindOf = (mediaType: string): WorkKind => {
  const known = kinds[mediaType]
  if (known !== undefined) return known
  if (OFFICE.test(mediaType)) return 'document'
  const family = mediaType.slice(0, mediaType.indexOf('/'))
  return family === 'image' || family === 'audio' || family === 'video' || family === 'text' ? family : 'other'
}

/** Types that a browser shows without running anything in them; every other type is offered as a download. */
const passive = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/flac',
  'audio/aac',
  'audio/mp4',
  'audio/x-m4a',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/quicktime',
  'text/plain',
])

/** True when a browser can show this type in place without running anything in it. */
export const isPassive = (mediaType: string): boolean => passive.has(mediaType)
