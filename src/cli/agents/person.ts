import { userInfo } from "node:os";

/**
 * Whose memories: what was said on the command line, RECOLLECT_USER_ID or RECOLLECT_USER, the setting, who is logged
 * in. One rule for commands, MCP and hooks, so that each shows what another has stored. The e-mail address of git is
 * not asked: it differs between the repositories of one person.
 */
export function personOf({
  named,
  setting,
  environment = process.env,
}: {
  named?: string | undefined;
  setting?: unknown;
  environment?: NodeJS.ProcessEnv;
} = {}): string {
  const { RECOLLECT_USER_ID: id, RECOLLECT_USER: name } = environment;
  return (
    [named, id, name, setting].find((each): each is string => typeof each === "string" && each !== "") ?? nameOfUser()
  );
}

/** Ids hold no white space, which names on some systems do; a container's user may have no name at all. */
export function nameOfUser(): string {
  let name = "";
  try {
    name = userInfo().username;
  } catch {
    // There is no entry for this uid: the word below stands for whoever it is.
    name = "";
  }
  return name.trim().replaceAll(/\s+/gu, "-") || "user";
}
