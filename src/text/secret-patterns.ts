/** A secret that its own form gives away. The whole match is masked, or the group `secret` when there is one. */
export interface SecretPattern {
  readonly kind: string;
  readonly pattern: RegExp;
}

// No pattern has a condition behind its unbounded last part and none starts with an unbounded one:
// a failed attempt costs at most the required length, a successful one is consumed. So all are linear.
const FORMATS: readonly (readonly [kind: string, prefix: string, rest: string])[] = [
  ["anthropic-key", "sk-ant-", "[\\w-]{16,}"],
  ["openrouter-key", "sk-or-", "[\\w-]{16,}"],
  ["openai-key", "sk-", "(?:proj-|svcacct-|admin-)?(?=[\\w-]{0,40}\\d)[\\w-]{20,}"],
  ["google-key", "AIza", "[\\w-]{30,}"],
  ["google-oauth", "ya29\\.", "[\\w-]{20,}"],
  ["google-oauth", "GOCSPX-", "[\\w-]{20,}"],
  ["google-oauth", "1//0", "[\\w-]{30,}"],
  ["aws-key-id", "(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA)", "[A-Z\\d]{16}"],
  ["github-token", "gh[pousr]_", "[A-Za-z\\d]{20,}"],
  ["github-token", "github_pat_", "\\w{20,}"],
  ["gitlab-token", "gl(?:pat|ptt|dt|rt|cbt|soat|ft|imt|agent|oas)-", "[\\w.-]{16,}"],
  ["slack-token", "xox[a-z]-", "[\\w-]{10,}"],
  ["slack-token", "xapp-", "[\\w-]{20,}"],
  ["stripe-key", "[rsp]k_(?:live|test)_", "\\w{10,}"],
  ["stripe-key", "whsec_", "[\\w+/=]{16,}"],
  ["sendgrid-key", "SG\\.", "[\\w-]{16,}\\.[\\w-]{16,}"],
  ["twilio-key", "(?:SK|AC)(?=[\\da-f]{32})", "[\\da-f]{32}"],
  ["npm-token", "npm_", "[A-Za-z\\d]{30,}"],
  ["pypi-token", "pypi-", "[\\w-]{16,}"],
  ["huggingface-token", "(?:hf|api_org)_", "[A-Za-z\\d]{20,}"],
  ["mem0-key", "m0-", "[A-Za-z\\d]{20,}"],
  ["groq-key", "gsk_", "[A-Za-z\\d]{20,}"],
  ["xai-key", "xai-", "[A-Za-z\\d]{20,}"],
  ["perplexity-key", "pplx-", "[A-Za-z\\d]{20,}"],
  ["replicate-token", "r8_", "[A-Za-z\\d]{20,}"],
  ["tavily-key", "tvly-", "[\\w-]{16,}"],
  ["pinecone-key", "pcsk_", "\\w{20,}"],
  ["shopify-token", "shp(?:at|ca|pa|ss)_", "[A-Fa-f\\d]{32,}"],
  ["digitalocean-token", "do[opr]_v1_", "[a-f\\d]{40,}"],
  ["linear-key", "lin_(?:api|oauth)_", "[A-Za-z\\d]{20,}"],
  ["notion-token", "(?:secret_|ntn_)(?=[A-Za-z]{0,30}\\d)", "[A-Za-z\\d]{30,}"],
  ["mailgun-key", "key-", "[\\da-f]{32}"],
  ["mailchimp-key", "(?=[\\da-f]{32}-us)", "[\\da-f]{32}-us\\d{1,2}"],
  ["databricks-token", "dapi", "[\\da-f]{32}(?:-\\d)?"],
  ["vault-token", "hv[sbr]\\.", "[\\w-]{20,}"],
  ["supabase-key", "sb(?:p|_secret)_", "\\w{20,}"],
  ["docker-token", "dckr_(?:pat|oat)_", "[\\w-]{20,}"],
  ["postman-key", "PMAK-", "[\\w-]{20,}"],
  ["figma-token", "figd_", "[\\w-]{20,}"],
  ["airtable-token", "pat[A-Za-z\\d]{14}\\.", "[a-f\\d]{40,}"],
  ["telegram-token", "\\d{8,10}:AA", "[\\w-]{30,}"],
  ["discord-token", "[MNO][A-Za-z\\d]{23,25}\\.", "[\\w-]{6}\\.[\\w-]{27,}"],
  ["square-token", "sq0[a-z]{3}-", "[\\w-]{20,}"],
  ["facebook-token", "EAA(?=[A-Za-z]{0,30}\\d)", "[A-Za-z\\d]{40,}"],
  ["sentry-token", "sntry[su]_", "[\\w=+/-]{20,}"],
  ["newrelic-key", "NRAK-", "[A-Z\\d]{20,}"],
  ["grafana-token", "gl(?:sa|c)_", "[\\w=+/-]{20,}"],
  ["age-key", "AGE-SECRET-KEY-1", "[A-Z\\d]{20,}"],
  ["ssh-key", "b3BlbnNzaC1rZXktdjE", "[\\w+/=]{20,}"],
  ["ssh-key", "AAAA[BCE]3NzaC1", "[\\w+/=]{20,}"],
  ["jwt", "eyJ", "[\\w-]{8,}\\.eyJ[\\w-]{8,}(?:\\.[\\w-]*)?"],
  ["slack-webhook", "hooks\\.slack\\.com/(?:services|workflows)/", "(?<secret>[\\w/]{20,})"],
  ["discord-webhook", "discord(?:app)?\\.com/api/webhooks/\\d{10,25}/", "(?<secret>[\\w-]{20,})"],
];

/** Tokens of known vendors, most specific first. A letter or digit before the prefix means another word. */
export const FORMAT_PATTERNS: readonly SecretPattern[] = FORMATS.map(([kind, prefix, rest]) => ({
  kind,
  pattern: new RegExp(`(?<![A-Za-z\\d_])${prefix}${rest}`, "dg"),
}));

/** Holds where any of the formats could begin: most long runs (paths, addresses, hashes) end here. */
export const FORMAT_PREFIX: RegExp = new RegExp(FORMATS.map(([, prefix]) => prefix).join("|"));

/** Runs that could hold a token, which prose hardly has. */
export const TOKEN_RUN: RegExp = /[\w+/=.:~%-]{16,}/g;

/** A base64 image in the text: chance matches inside are not secrets. */
export const DATA_ADDRESS: RegExp = /data:[a-z]{1,20}\/[a-z\d.+-]{1,60};base64,[A-Za-z\d+/=]*/g;

/** Header, address and command-line forms that carry a credential as the group `secret`. */
export const CARRIER_PATTERNS: readonly (SecretPattern & { readonly cue: RegExp })[] = [
  {
    kind: "url-password",
    cue: /:\/\//,
    pattern: /:\/\/[^\s:@/"'<>`]{0,100}:(?!\[masked:)(?<secret>[^\s/"'<>`]{1,256})(?=@[\w[])/dg,
  },
  {
    kind: "url-signature",
    cue: /[?&](?:sig|x-amz-signature|signature|sv)=/i,
    pattern: /[?&](?:sig|x-amz-signature|x-amz-security-token|signature)=(?<secret>[\w%+/=.-]{16,})/dgi,
  },
  {
    kind: "authorization",
    cue: /authorization|bearer/i,
    pattern:
      /authorization\\?["']?[ \t]{0,3}[:=][ \t]{0,3}\\?["']?(?:(?:bearer|basic|token|digest|apikey|bot)[ \t]{1,3})?(?!\[masked:)(?<secret>(?=[^\s"']{0,60}(?:\d|[a-z][A-Z]))[\w.~+/=:|-]{8,})/dgi,
  },
  {
    kind: "authorization",
    cue: /bearer/i,
    pattern: /(?<![A-Za-z])bearer["']?[ \t:=]{1,4}["']?(?<secret>(?=[^\s"']{0,80}\d)[\w.~+/=-]{12,})/dgi,
  },
  {
    kind: "cookie",
    cue: /cookie/i,
    pattern:
      /(?<![A-Za-z])(?:set-)?cookie\\?["']?[ \t]{0,3}:[ \t]{0,3}\\?["']?(?<secret>[^\s=;"']{1,80}=(?!\[masked:)[^\n"']{6,4096})/dgi,
  },
  {
    kind: "session-id",
    cue: /sess|sid|csrf|xsrf/i,
    pattern:
      /(?:phpsessid|jsessionid|asp\.net_sessionid|connect\.sid|session_?token|sessionid|session_id|session[ -]id|csrf_?token|xsrf-token|(?<![a-z])sid)\\?["']?[ \t]{0,3}(?:[:=]|is)[ \t]{0,3}\\?["']?(?!\[masked:|[\da-f]{8}-[\da-f]{4}-)(?<secret>(?=[^\s"']{0,60}\d)(?=[^\s"']{0,60}[a-z])[\w%.~+/=:-]{12,})/dgi,
  },
  {
    kind: "command-line-password",
    cue: /curl|wget|https? /,
    pattern:
      /(?:curl|wget|https?)[ ][^\n]{0,200}?(?:-u|--user)[ =]["']?[^\s:"']{1,64}:(?!\[masked:)(?<secret>[^\s"'$]{3,256})/dg,
  },
  {
    kind: "command-line-password",
    cue: /sshpass/,
    pattern: /sshpass[ ]-p[ ]{0,2}["']?(?!\[masked:)(?<secret>[^\s"'$]{3,256})/dg,
  },
  {
    kind: "command-line-password",
    cue: /mysql|mariadb/,
    pattern: /(?:mysql|mysqldump|mariadb)[ ](?:[^\n]{0,120}?[ ])?-p(?!\[masked:)(?<secret>[^\s"'$]{4,256})/dg,
  },
];
