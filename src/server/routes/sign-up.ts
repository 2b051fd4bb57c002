import { httpError } from "../error-reply.ts";
import { route } from "../route.ts";
import type { Method, Route } from "../route.ts";

/** What Mem0's platform has for people who come from the street, and its command line asks for. */
const CLOSED: readonly (readonly [Method, string, string])[] = [
  ["POST", "/api/v1/auth/agent_mode/", "agentMode"],
  ["PATCH", "/api/v1/auth/agent_mode/caller/", "agentModeCaller"],
  ["POST", "/api/v1/auth/email_code/", "emailCode"],
  ["POST", "/api/v1/auth/email_code/verify/", "emailCodeVerify"],
  ["POST", "/v1/agent-rush/memories/", "agentRushAdd"],
  ["POST", "/v1/agent-rush/memories/search/", "agentRushSearch"],
  ["POST", "/auth/register/", "selfHostedRegister"],
  ["POST", "/auth/login/", "selfHostedLogin"],
  ["POST", "/auth/refresh/", "selfHostedRefresh"],
  ["POST", "/auth/change-password/", "selfHostedChangePassword"],
];

/** Nobody signs himself up at a server of one's own: each of these says where keys come from. */
export const signUpRoutes: readonly Route[] = CLOSED.map(([method, path, operation]) =>
  route({
    method,
    path,
    operation,
    summary: "Not offered: answers 403 and says where keys come from",
    tag: "sign-up",
    role: "public",
    handle: () => {
      throw httpError(
        403,
        "unauthorized",
        "This server has no sign-up and no passwords. An owner makes keys with POST /api/v1/keys/; the first key was printed when the server first started. Use yours as --api-key or Authorization: Token <key>.",
      );
    },
  }),
);
