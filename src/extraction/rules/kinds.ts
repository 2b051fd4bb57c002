/**
 * What a well-known name is one of. "We use pnpm", "our package manager is npm" and "switched to yarn" fill one slot
 * only when the names are known to be alternatives.
 */
const MEMBERS: Readonly<Record<string, string>> = {
  "package manager": "npm|pnpm|yarn|bun|pip|poetry|uv|pipenv|conda|cargo|composer|maven|gradle|homebrew",
  database:
    "postgres|postgresql|mysql|mariadb|sqlite|mongodb|mongo|redis|dynamodb|cassandra|cockroachdb|oracle|duckdb|clickhouse|firestore|supabase|neo4j|planetscale|sql server",
  "web framework":
    "react|vue|angular|svelte|sveltekit|next.js|nextjs|nuxt|remix|astro|solid|ember|django|flask|fastapi|rails|laravel|express|fastify|hono|nestjs|spring|spring boot|phoenix",
  editor:
    "vim|neovim|emacs|vs code|vscode|visual studio code|sublime text|sublime|intellij|webstorm|pycharm|zed|cursor|helix|nano|atom|notepad++|eclipse|xcode",
  cloud:
    "aws|gcp|google cloud|azure|heroku|fly.io|vercel|netlify|render|digitalocean|hetzner|cloudflare|railway|linode|ovh",
  ci: "github actions|jenkins|circleci|gitlab ci|travis|travis ci|buildkite|teamcity|azure pipelines|drone",
  "issue tracker": "jira|linear|trello|asana|github issues|clickup|monday.com|basecamp|shortcut",
  "chat tool": "slack|discord|microsoft teams|mattermost|zulip|rocket.chat",
  messenger: "whatsapp|telegram|signal|imessage|viber|wechat|threema",
  "test runner": "jest|vitest|mocha|pytest|junit|playwright|cypress|ava|rspec|unittest",
  bundler: "webpack|vite|esbuild|rollup|parcel|turbopack|rspack",
  linter: "eslint|biome|oxlint|pylint|ruff|flake8|rubocop|tslint",
  "operating system":
    "linux|ubuntu|debian|fedora|arch|arch linux|windows|windows 10|windows 11|macos|mac os|nixos|manjaro|linux mint|chromeos|freebsd",
  browser: "chrome|firefox|safari|brave|arc|vivaldi|opera|microsoft edge|google chrome",
  shell: "bash|zsh|fish|powershell|nushell",
  "programming language":
    "typescript|javascript|python|rust|golang|go|java|kotlin|c++|c#|ruby|php|scala|elixir|haskell|perl|clojure|zig|julia|dart",
  indentation: "tabs|spaces|2 spaces|4 spaces|two spaces|four spaces|tab",
  quotes: "single quotes|double quotes",
  theme: "dark mode|light mode|dark theme|light theme|night mode",
  phone:
    "iphone|android|pixel|galaxy|samsung galaxy|fairphone|oneplus|nokia|xiaomi|huawei|android phone|google pixel|motorola|nothing phone|xperia|sony xperia|redmi|zenfone|oppo|realme|blackberry",
  laptop:
    "macbook|macbook pro|macbook air|thinkpad|xps|dell xps|surface|chromebook|zenbook|framework laptop|lenovo|mac",
  car: "tesla|golf|vw golf|toyota|honda|honda civic|civic|corolla|prius|bmw|audi|mercedes|volkswagen|ford|mazda|subaru|volvo|kia|hyundai|nissan|fiat|peugeot|renault|skoda|seat|polo|passat|mini cooper|jeep|porsche|opel|citroen|chevrolet|nissan leaf|leaf|camry|outback|mustang|lexus|dacia|tesla model 3|model 3|model y|id.3",
  "music service": "spotify|apple music|tidal|deezer|youtube music|soundcloud|pandora|amazon music",
  drink:
    "coffee|tea|green tea|black tea|matcha|decaf|espresso|oat milk|almond milk|soy milk|herbal tea|cappuccino|latte|chai|black coffee|earl grey|cola|soda|kombucha",
  "note app": "notion|obsidian|evernote|onenote|roam|logseq|apple notes|google keep|bear",
  "mail app": "gmail|outlook|protonmail|proton mail|fastmail|thunderbird|apple mail|hey.com",
  "password manager": "1password|bitwarden|lastpass|keepass|dashlane|proton pass",
  bank: "n26|revolut|chase|barclays|hsbc|monzo|ing|deutsche bank|commerzbank|wells fargo|bank of america|santander|citibank|lloyds|wise",
  "hosting of code": "github|gitlab|bitbucket|codeberg|gitea|forgejo",
  "version control": "git|mercurial|svn|subversion|jujutsu|perforce",
  orchestrator: "kubernetes|docker swarm|nomad|docker compose|k8s|ecs",
  broker: "kafka|rabbitmq|nats|sqs|pulsar|activemq",
  orm: "prisma|drizzle|sequelize|typeorm|sqlalchemy|hibernate|kysely|knex",
  "css framework": "tailwind|bootstrap|bulma|material ui|chakra ui|tailwindcss|styled-components",
  "design tool": "figma|sketch|adobe xd|canva|penpot|photoshop|illustrator",
  "api style": "graphql|rest|grpc|soap|trpc",
  runtime: "node|node.js|nodejs|deno",
  model: "gpt-4|gpt-4o|gpt-5|claude|gemini|llama|mistral|deepseek|claude sonnet|claude opus|qwen",
  monitoring: "grafana|datadog|new relic|sentry|prometheus|honeycomb|splunk",
  timezone: "cet|cest|pst|pdt|est|edt|cst|cdt|mst|gmt|utc|bst|ist|jst|aest|aedt|nzst|brt|msk|hkt|sgt|eet|wet|cat",
  branching: "trunk-based development|gitflow|git flow",
};

const KIND = new Map<string, string>();
for (const [kind, members] of Object.entries(MEMBERS)) {
  for (const member of members.split("|")) if (!KIND.has(member)) KIND.set(member, kind);
}

/** Names that are words of every day: inside a longer phrase they mean what they say, "the spring market". */
const ORDINARY: ReadonlySet<string> = new Set(
  "spring rest express fish solid seat surface chase wise bear ember opera signal".split(" "),
);

/** The slot that the name fills; tries the whole name, then without its version, then its first and last words. */
export function kindOf(value: string): string | undefined {
  const whole = value.toLowerCase().trim();
  const bare = whole.replace(/\s+v?\d[\w.]*(?:\s+(?:pro|max|plus|mini|ultra|air))*$/u, "");
  const direct = KIND.get(whole) ?? KIND.get(bare);
  if (direct !== undefined) return direct;
  const parts = bare.split(" ");
  if (parts.length > 4) return undefined;
  const head = parts.at(-1) ?? "";
  const inside = [parts.slice(0, 2).join(" "), parts[0] ?? "", head].find(
    (part) => KIND.has(part) && !ORDINARY.has(part),
  );
  return inside === undefined ? undefined : KIND.get(inside);
}

/** Words that name such a slot: "my editor", "our package manager". */
export const KIND_NAMES: ReadonlySet<string> = new Set(Object.keys(MEMBERS));
