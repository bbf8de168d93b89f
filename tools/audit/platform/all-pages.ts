/** Reads a paged list to its end. */
export const allPages = async <Item>(
  read: (cursor: string | undefined) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>,
): Promise<readonly Item[]> => {
  const items: Item[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await read(cursor)
    items.push(...page.items)
    cursor = page.next ?? undefined
    more = cursor !== undefined
  }
  return items
}
