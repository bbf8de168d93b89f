/** True when `left` comes out before `right`; never true of both ways round. */
export type Before<T> = (left: T, right: T) => boolean

/** Adds to a binary heap. */
export const push = <T>(heap: T[], item: T, before: Before<T>): void => {
  let index = heap.length
  heap.push(item)
  while (index > 0) {
    const parentIndex = (index - 1) >> 1
    const parent = heap[parentIndex]
    if (parent === undefined || !before(item, parent)) break
    heap[index] = parent
    index = parentIndex
  }
  heap[index] = item
}

/** Takes the first item out of a binary heap; undefined when it is empty. */
export const pop = <T>(heap: T[], before: Before<T>): T | undefined => {
  const first = heap[0]
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return first
  heap[0] = last
  siftDown(heap, 0, before)
  return first
}

/** Makes a binary heap of an array in any order. */
export const heapify = <T>(items: T[], before: Before<T>): void => {
  for (let index = (items.length >> 1) - 1; index >= 0; index -= 1) siftDown(items, index, before)
}

const siftDown = <T>(heap: T[], from: number, before: Before<T>): void => {
  const item = heap[from]
  if (item === undefined) return
  let index = from
  for (;;) {
    const left = heap[2 * index + 1]
    const right = heap[2 * index + 2]
    if (left === undefined) break
    const isRight = right !== undefined && before(right, left)
    const child = isRight ? right : left
    if (!before(child, item)) break
    heap[index] = child
    index = 2 * index + (isRight ? 2 : 1)
  }
  heap[index] = item
}
