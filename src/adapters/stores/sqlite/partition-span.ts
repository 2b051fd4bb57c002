/**
 * Row numbers are clustered by partition: `number = partition * 2^28 + sequence`, so that one user's rows lie
 * together on disk and stay below 2^53 (33 million users of 268 million rows).
 */
export const PARTITION_SPAN: number = 2 ** 28;
