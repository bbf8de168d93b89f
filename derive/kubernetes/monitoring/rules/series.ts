/** A gauge that has one value for an hour and a half. */
export const stays = (value: number, minutes = 90): string => `${value}+0x${minutes}`

/** A counter that rises by so much a minute for an hour and a half. */
export const rises = (byMinute: number, minutes = 90): string => `0+${byMinute}x${minutes}`
