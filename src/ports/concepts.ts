/** What belongs to a class of things: violin and guitar to "instrument". */
export interface Concepts {
  /**
   * Index terms that stand for kinds of what the noun names, or for what goes with it, each with its share from 0 to
   * 1. The noun may be a plural. Undefined where nothing is known of it. In microseconds but for the first call.
   */
  membersOf(noun: string): ReadonlyMap<string, number> | undefined;
}
