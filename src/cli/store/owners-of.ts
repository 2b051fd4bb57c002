import type { OwnerIds, Store } from "./store.ts";

/** Whose graphs a reading of an owner concerns: one user's, or everybody's. */
export async function ownersOf(store: Pick<Store, "owners">, owner: OwnerIds): Promise<readonly OwnerIds[]> {
  if (owner.userId !== undefined) return [owner];
  const users = (await store.owners()).filter(({ type }) => type === "user");
  return [owner, ...users.map(({ id }) => ({ ...owner, userId: String(id) }))];
}
