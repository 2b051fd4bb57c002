import { pick, randomText, seededRandom } from "./ordinary-texts.ts";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const ALPHANUMERIC = LOWER + LOWER.toUpperCase() + DIGITS;
const HEX = "0123456789abcdef";
const BASE64 = `${ALPHANUMERIC}+/`;
type Random = () => number;
const mixed = (length: number, random: Random): string => `a7${randomText(ALPHANUMERIC, length - 4, random)}Q2`;
const password = (random: Random): string =>
  pick(
    [
      () => `${pick(["hunter", "sunshine", "dragon", "Winter"], random)}${randomText(DIGITS, 3, random)}`,
      () =>
        `${randomText(ALPHANUMERIC, 8, random)}${pick(["!", "$", "#", "%"], random)}${randomText(DIGITS, 2, random)}`,
      () => `Tr0ub4dor&${randomText(DIGITS, 2, random)}`,
      () => pick(["swordfish", "rosebud", "opensesame", "qwertzuiop"], random),
    ],
    random,
  )();
const withLuhn = (prefix: string, length: number, random: Random): string => {
  const body = prefix + randomText(DIGITS, length - prefix.length - 1, random);
  const sum = [...body].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
};
const iban = (random: Random): string => {
  const account = randomText(DIGITS, 18, random);
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, "0")}${account}`;
};
const WORDS =
  "abandon ability absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across action actor actress actual adapt add address adjust".split(
    " ",
  );
const words = (count: number, random: Random): string =>
  Array.from({ length: count }, () => pick(WORDS, random)).join(" ");
const pem = (random: Random, separator: string): string =>
  [
    "-----BEGIN RSA PRIVATE KEY-----",
    ...Array.from({ length: 6 }, () => randomText(BASE64, 64, random)),
    "-----END RSA PRIVATE KEY-----",
  ].join(separator);

export interface PlantedText {
  readonly kind: string;
  readonly secret: string;
  readonly text: string;
}

interface Planted {
  readonly secret: string;
  /** Sentences that only make sense with this kind; without them the common ones are used. */
  readonly carriers?: readonly string[];
}

export const COMMON_CARRIERS: readonly string[] = [
  "Here is what I use: § - please remember it.",
  "export SOME_VAR=§",
  '{"user": "alice", "value": "§", "active": true}',
  "I pasted § into the chat by mistake.",
  "```sh\ncurl https://api.example.com -H 'X-Custom: §'\n```",
  "§",
];

/** One maker of planted secrets per kind, with the sentences they stand in. */
export const PLANTED_KINDS: Readonly<Record<string, (random: Random) => Planted>> = {
  openai: (random) => ({ secret: `sk-proj-${mixed(48, random)}` }),
  anthropic: (random) => ({ secret: `sk-ant-api03-${mixed(60, random)}` }),
  google: (random) => ({ secret: `AIza${randomText(ALPHANUMERIC, 35, random)}` }),
  awsId: (random) => ({ secret: `AKIA${randomText(DIGITS + LOWER.toUpperCase(), 16, random)}` }),
  awsSecret: (random) => ({
    secret: mixed(40, random),
    carriers: [
      "aws_secret_access_key = §",
      'AWS_SECRET_ACCESS_KEY="§"',
      "My AWS secret key is §.",
      `AKIA${"B3".repeat(8)}\n§`,
    ],
  }),
  githubClassic: (random) => ({ secret: `ghp_${randomText(ALPHANUMERIC, 36, random)}` }),
  githubFine: (random) => ({
    secret: `github_pat_${randomText(ALPHANUMERIC, 22, random)}_${randomText(ALPHANUMERIC, 59, random)}`,
  }),
  gitlab: (random) => ({ secret: `glpat-${randomText(ALPHANUMERIC, 20, random)}` }),
  slack: (random) => ({ secret: `xoxb-${randomText(DIGITS, 12, random)}-${randomText(ALPHANUMERIC, 24, random)}` }),
  stripe: (random) => ({ secret: `sk_live_${randomText(ALPHANUMERIC, 24, random)}` }),
  sendgrid: (random) => ({
    secret: `SG.${randomText(ALPHANUMERIC, 22, random)}.${randomText(ALPHANUMERIC, 43, random)}`,
  }),
  twilio: (random) => ({ secret: `SK${randomText(HEX, 32, random)}` }),
  npm: (random) => ({ secret: `npm_${randomText(ALPHANUMERIC, 36, random)}` }),
  pypi: (random) => ({ secret: `pypi-${randomText(ALPHANUMERIC, 80, random)}` }),
  huggingface: (random) => ({ secret: `hf_${randomText(ALPHANUMERIC, 34, random)}` }),
  mem0: (random) => ({ secret: `m0-${randomText(ALPHANUMERIC, 40, random)}` }),
  jwt: (random) => ({
    secret: `eyJ${randomText(ALPHANUMERIC, 30, random)}.eyJ${randomText(ALPHANUMERIC, 60, random)}.${randomText(ALPHANUMERIC, 43, random)}`,
  }),
  telegram: (random) => ({ secret: `${randomText("123456789", 9, random)}:AA${randomText(ALPHANUMERIC, 33, random)}` }),
  bearer: (random) => ({
    secret: mixed(32, random),
    carriers: [
      "Authorization: Bearer §",
      "curl -H 'authorization: bearer §' https://example.com",
      '{"Authorization": "Basic §"}',
      "send it as Bearer § please",
    ],
  }),
  urlPassword: (random) => ({
    secret: mixed(12, random),
    carriers: [
      "clone https://alice:§@git.example.com/repo.git",
      "DATABASE_URL=postgres://app:§@db.internal:5432/main",
      "redis://:§@cache:6379/0",
      "mongodb+srv://root:§@cluster0.example.net/test",
    ],
  }),
  connectionString: (random) => ({
    secret: password(random).replace("swordfish", "sw0rdfish"),
    carriers: [
      "Server=db;Database=app;User Id=sa;Password=§;Encrypt=true",
      "Host=x;Username=y;Pwd=§;",
      "jdbc:mysql://db/app?user=root&password=§",
    ],
  }),
  privateKey: (random) => ({ secret: pem(random, "\n") }),
  serviceAccount: (random) => ({
    secret: pem(random, "\\n"),
    carriers: ['{"type": "service_account", "private_key": "§\\n"}'],
  }),
  serviceAccountId: (random) => ({
    secret: randomText(HEX, 38, random) + "a1",
    carriers: ['{"type": "service_account", "private_key_id": "§"}'],
  }),
  azure: (random) => ({
    secret: `${mixed(86, random)}==`,
    carriers: [
      "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=§;EndpointSuffix=core.windows.net",
      "Endpoint=sb://x/;SharedAccessKeyName=n;SharedAccessKey=§",
    ],
  }),
  passwordSentence: (random) => ({
    secret: password(random),
    carriers: [
      "my password is §",
      "My Netflix password is §.",
      "The wifi password for the guest network is §, don't tell anyone",
      "password: §",
      "Passwort: §",
      "Mein Passwort lautet §.",
      "la contraseña es §",
      "mi contraseña de Netflix es §.",
      "mon mot de passe est §",
      "Le mot de passe : §",
      "a senha é §",
      "la password è §",
      "het wachtwoord is §",
      "moje hasło to §",
      "мой пароль — §",
      "пароль: §",
      "我的密码是§",
      "パスワードは「§」です",
      "비밀번호는 § 입니다",
      "كلمة المرور هي §",
      "şifrem: §",
      "mitt lösenord är §",
      'the password is "§"',
      "pw: §",
      "user: alice\npass: §",
      "**Password:** §",
      "the password is now §!",
    ],
  }),
  passwordStrong: (random) => ({
    secret: `zebra${randomText(DIGITS, 4, random)}Kite`,
    carriers: [
      "I changed my password to § yesterday.",
      "§ is my password",
      "use § as the wifi password",
      "log in with password § as root",
      "mysql -u root -p§ app",
      "curl -u alice:§ https://example.com",
      "sshpass -p § ssh host",
      "deploy --password § --now",
      "I changed my password from § to something else",
    ],
  }),
  passphrase: (random) => ({
    secret: words(5, random),
    carriers: ["My passphrase is §.", 'passphrase: "§"', "the passphrase for the backup disk is §"],
  }),
  pin: (random) => ({
    secret: randomText("3456789", 4, random),
    carriers: [
      "my PIN is §",
      "PIN: §",
      "Die PIN ist §.",
      "the pin code for the card is §",
      "El PIN es §.",
      "§ is my PIN",
      "暗証番号は§です",
    ],
  }),
  environment: (random) => ({
    secret: password(random),
    carriers: [
      "DB_PASSWORD=§",
      "export PGPASSWORD='§'",
      'password = "§"',
      "const dbPassword = '§';",
      '"password": "§",',
      "  password: §\n  user: app",
      '{\\"password\\": \\"§\\"}',
      "spring.datasource.password=§",
    ],
  }),
  apiKey: (random) => ({
    secret: mixed(24, random),
    carriers: [
      '"apiKey": "§"',
      "API_KEY=§",
      "my api key is §",
      "The API key for the weather service: §",
      "client_secret: '§'",
      "X-Api-Key: §",
      "the access token is §",
      "mi clave de API es §",
      'const apiKey = "§";',
      "https://maps.example.com/js?api_key=§",
    ],
  }),
  card: (random) => {
    const digits = withLuhn(pick(["4", "51", "2221"], random), 16, random);
    const separator = pick(["", " ", "-"], random);
    return {
      secret: digits.replaceAll(/(\d{4})(?=\d)/g, `$1${separator}`),
      carriers: ["My card is § (Visa)", "pay with §, exp 04/29", "Kreditkarte: §", '{"card": "§"}'],
    };
  },
  amex: (random) => ({
    secret: withLuhn("37", 15, random).replace(/^(.{4})(.{6})(.{5})$/, "$1 $2 $3"),
    carriers: ["amex § please", "card number §."],
  }),
  iban: (random) => {
    const account = iban(random);
    return {
      secret: pick([account, account.replaceAll(/(.{4})(?=.)/g, "$1 ")], random),
      carriers: ["transfer it to § today", "IBAN: §", "my account is §."],
    };
  },
  ssn: (random) => ({
    secret: `${randomText("12345", 3, random)}-${randomText("1234", 2, random)}-${randomText(DIGITS, 4, random)}`,
    carriers: ["My SSN is §", "social security number: §", "§ is my social security number"],
  }),
  cvv: (random) => ({
    secret: randomText("3456789", 3, random),
    carriers: ["CVV §", "the cvc is §", "cvv: §", "security code on my card is §"],
  }),
  otp: (random) => ({
    secret: randomText("123456789", 6, random),
    carriers: [
      "Your verification code is §",
      "§ is your login code",
      "the 2FA code: §",
      "OTP § expires soon",
      "Bestätigungscode: §",
      "código de verificación: §",
      "验证码:§",
      "§ is your Example verification code",
    ],
  }),
  seed: (random) => ({
    secret: words(pick([12, 24], random), random),
    carriers: ["my seed phrase is §", "Seed phrase: §", "recovery phrase:\n§", 'mnemonic = "§"'],
  }),
  cookie: (random) => ({
    secret: mixed(32, random),
    carriers: [
      "Cookie: sid=§; theme=dark",
      "Set-Cookie: session=§; HttpOnly",
      "PHPSESSID=§",
      "session_id: §",
      '"csrf_token": "§"',
    ],
  }),
  token: (random) => ({
    secret: mixed(28, random),
    carriers: [
      "the token is §",
      "token: §",
      "my secret is §",
      "signing secret §",
      "here is the key: §",
      '{"token":"§"}',
    ],
  }),
  hexToken: (random) => ({
    secret: `${randomText(HEX, 28, random)}9c8d`,
    carriers: ["DISCORD_TOKEN=§", "auth token: §", "api secret §", "Twilio auth token is §"],
  }),
  slackWebhook: (random) => ({
    secret: `T0${randomText(ALPHANUMERIC, 8, random)}/B0${randomText(ALPHANUMERIC, 8, random)}/${randomText(ALPHANUMERIC, 24, random)}`,
    carriers: ["post to https://hooks.slack.com/services/§ when done"],
  }),
  backupCodes: (random) => ({
    secret: `4${randomText(HEX, 4, random)}-8${randomText(HEX, 4, random)}`,
    carriers: ["backup codes: §", "my recovery code is: §"],
  }),
};

/** Secrets planted in sentences, JSON and code, made anew from the seed: none is written in the repository. */
export function plantSecrets(count: number, seed: number): PlantedText[] {
  const random = seededRandom(seed);
  const kinds = Object.keys(PLANTED_KINDS);
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? "";
    const planted = PLANTED_KINDS[kind]?.(random);
    if (planted === undefined) throw new Error(kind);
    const carrier = pick(planted.carriers ?? COMMON_CARRIERS, random).replace("§", () => planted.secret);
    const around = pick([carrier, `Hi there!\n${carrier}`, `${carrier}\n\nThanks, talk soon.`], random);
    return { kind, secret: planted.secret, text: around };
  });
}
