import { expect, test } from 'vitest'
import { isPassive, kindOf } from './media.ts'
import { textTypeOf } from './text-type.ts'

test.each([
  ['#!/bin/sh\nrm -rf /\n', 'text/x-script'],
  ['<?php echo 1;', 'text/x-source'],
  ['\ufeff<!DOCTYPE html>\n<p>', 'text/html'],
  ['  <!-- hi --><script>alert(1)</script>', 'text/html'],
  ['<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
  ['<?xml version="1.0"?>\n<feed/>', 'application/xml'],
  ['{"a": [1, 2]}\n', 'application/json'],
  ['{not json}', 'text/plain'],
  ['{\\rtf1\\ansi', 'application/rtf'],
  ['#include <stdio.h>\n\nint main(void) {\n  return 0;\n}\n', 'text/x-source'],
  ["import { x } from './x.ts'\n\nexport const f = () => {\n  return x\n}\n", 'text/x-source'],
  ['from os import path\n\ndef main():\n    pass\n', 'text/x-source'],
  ['pragma solidity 0.8.30;\n\ncontract Work {\n}\n', 'text/x-source'],
  ['Call me Ishmael. Some years ago—never mind how long precisely—\nhaving little or no money', 'text/plain'],
  ['import nothing, she said; the class was full:\nand so it went on.\n', 'text/plain'],
  ['# A title\n\nA *paragraph* of words.\n', 'text/plain'],
])('%j is %s', (text, mediaType) => {
  expect(textTypeOf(text, true)).toBe(mediaType)
})

test('a list that was cut off is not taken for JSON', () => {
  expect(textTypeOf('[1, 2', false)).toBe('text/plain')
})

test('every kind is told from its media type', () => {
  const types = {
    image: 'image/svg+xml',
    audio: 'audio/flac',
    video: 'video/webm',
    text: 'text/html',
    document: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    archive: 'application/zip',
    software: 'text/x-source',
    other: 'application/octet-stream',
  }
  for (const [kind, mediaType] of Object.entries(types)) expect(kindOf(mediaType)).toBe(kind)
  expect(kindOf('font/ttf')).toBe('other')
})

test('a browser runs nothing of what it may show', () => {
  for (const type of ['text/html', 'image/svg+xml', 'application/xml', 'application/pdf', 'text/x-script']) {
    expect(isPassive(type)).toBe(false)
  }
  expect(isPassive('image/png')).toBe(true)
})
