import type { Route } from "../route.ts";
import { accessRoutes } from "./access.ts";
import { batchRoutes } from "./batch.ts";
import { chatRoutes } from "./chat.ts";
import { configureRoutes } from "./configure.ts";
import { docsRoutes } from "./docs.ts";
import { entityRoutes } from "./entities.ts";
import { exportRoutes } from "./exports.ts";
import { eventRoutes } from "./events.ts";
import { graphWriteRoutes } from "./graph-write.ts";
import { jobRoutes } from "./jobs.ts";
import { keyRoutes } from "./keys.ts";
import { forgettingRoutes } from "./forgetting.ts";
import { graphRoutes } from "./graph.ts";
import { legacyRoutes } from "./legacy.ts";
import { memoryRoutes } from "./memories.ts";
import { organizationRoutes } from "./organizations.ts";
import { ownRoutes } from "./own.ts";
import { pingRoutes } from "./ping.ts";
import { profileRoutes } from "./profiles.ts";
import { selfHostedRoutes } from "./self-hosted.ts";
import { sessionRoutes } from "./session.ts";
import { signUpRoutes } from "./sign-up.ts";
import { viewRoutes } from "./views.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Everything that the server answers to, named paths before patterns. */
export const ROUTES: readonly Route[] = [
  ...pingRoutes,
  ...docsRoutes,
  ...eventRoutes,
  ...memoryRoutes,
  ...chatRoutes,
  ...batchRoutes,
  ...exportRoutes,
  ...legacyRoutes,
  ...viewRoutes,
  ...graphRoutes,
  ...graphWriteRoutes,
  ...forgettingRoutes,
  ...profileRoutes,
  ...entityRoutes,
  ...organizationRoutes,
  ...webhookRoutes,
  ...keyRoutes,
  ...ownRoutes,
  ...jobRoutes,
  ...sessionRoutes,
  ...accessRoutes,
  ...configureRoutes,
  ...signUpRoutes,
  ...selfHostedRoutes,
];
