/** A small seeded generator, so that generated tests fail the same way twice. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("pick from an empty list");
  return item;
}

export function randomText(alphabet: string, length: number, random: () => number): string {
  return Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join("");
}

const PEOPLE = [
  "Maria",
  "Tom",
  "my sister",
  "our neighbour",
  "Dr. Okafor",
  "the new intern",
  "Grandpa",
  "Yuki",
  "my manager",
  "Lena",
];
const ACTIONS = [
  "moved to",
  "is visiting",
  "loves",
  "cannot stand",
  "asked about",
  "wrote a book on",
  "wants to see",
  "just left",
  "still dreams of",
  "recommended",
];
const THINGS = [
  "Lisbon",
  "the botanical garden",
  "spicy noodles",
  "old jazz records",
  "the harbour festival",
  "a cabin in Norway",
  "vegetarian cooking",
  "trail running",
  "the night train to Vienna",
  "watercolour painting",
];
const TAILS = [
  "last weekend",
  "in March 2024",
  "for about three years",
  "because of the weather",
  "on 12/05/2023",
  "at 7:30 pm",
  "every other Tuesday",
  "since the wedding",
  "with the kids",
  "after the move",
];

/** Everyday sentences by the number asked for: none holds a secret and no two are the same. */
export function generateOrdinarySentences(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const sentences = new Set<string>();
  const hex = "0123456789abcdef";
  const digits = "0123456789";
  const forms: readonly (() => string)[] = [
    () => `${pick(PEOPLE, random)} ${pick(ACTIONS, random)} ${pick(THINGS, random)} ${pick(TAILS, random)}.`,
    () => `I heard that ${pick(PEOPLE, random)} ${pick(ACTIONS, random)} ${pick(THINGS, random)}, is that right?`,
    () =>
      `The fix is in commit ${randomText(hex, pick([7, 12, 40], random), random)} on the ${pick(["main", "release", "dev"], random)} branch.`,
    () =>
      `Order number ${randomText(digits, pick([8, 10, 12, 16], random), random)} for ${pick(THINGS, random)} arrives ${pick(TAILS, random)}.`,
    () =>
      `Call ${pick(PEOPLE, random)} at +${pick(["1", "44", "49", "81"], random)} ${randomText(digits, 3, random)} ${randomText(digits, 3, random)} ${randomText(digits, 4, random)} ${pick(TAILS, random)}.`,
    () => `Session ${uuid(random)} belongs to ${pick(PEOPLE, random)}.`,
    () =>
      `We upgraded to v${pick(["1", "2", "14"], random)}.${randomText(digits, 1, random)}.${randomText(digits, 2, random)} ${pick(TAILS, random)}.`,
    () => `The new accent colour is #${randomText(hex, 6, random)}, says ${pick(PEOPLE, random)}.`,
    () =>
      `The ISBN of the book on ${pick(THINGS, random)} is 978-3-16-${randomText(digits, 6, random)}-${randomText(digits, 1, random)}.`,
    () => `${pick(PEOPLE, random)} forgot the password ${pick(TAILS, random)} and had to reset it.`,
    () =>
      `The key ${pick(["point", "idea", "question", "insight", "ingredient"], random)} is that ${pick(PEOPLE, random)} ${pick(ACTIONS, random)} ${pick(THINGS, random)}.`,
    () =>
      `We have a token budget of ${randomText("123456789", 1, random)}${randomText(digits, 3, random)} and ${pick(PEOPLE, random)} ${pick(ACTIONS, random)} ${pick(THINGS, random)}.`,
    () =>
      `The invoice dated 2024-0${randomText("123456789", 1, random)}-1${randomText(digits, 1, random)} over ${randomText("123456789", 3, random)}.${randomText(digits, 2, random)} EUR was paid by ${pick(PEOPLE, random)}.`,
    () =>
      `See https://example.org/articles/${randomText(digits, 4, random)}/${pick(["travel", "music", "food"], random)}-guide?page=${randomText("123456789", 1, random)} for ${pick(THINGS, random)}.`,
    () => `The secret to ${pick(THINGS, random)} is patience, ${pick(PEOPLE, random)} says ${pick(TAILS, random)}.`,
    () => `${pick(PEOPLE, random)} pinned the note about ${pick(THINGS, random)} to the board ${pick(TAILS, random)}.`,
  ];
  for (let index = 0; sentences.size < count; index += 1) sentences.add((forms[index % forms.length] ?? (() => ""))());
  return [...sentences];
}

function uuid(random: () => number): string {
  const hex = (length: number): string => randomText("0123456789abcdef", length, random);
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

/** Sentences and lines of code that mention passwords, keys, tokens or long numbers and hold no secret. */
export const TRICKY_TEXTS: readonly string[] = `I forgot my password
I forgot my password again, can you help me?
The key point is that we need more time.
We have a token budget of 4000.
max_tokens: 4096
maxTokens = 1024
tokenBudget: 1500
What is my password?
Where did I write down the wifi password?
The password must be at least 12 characters long.
My password is too weak.
My password is not working.
The password is incorrect.
The password is required
password: string;
password: required
function login(user: string, password: string): Promise<void> {
const { password } = request.body;
const password = request.body.password;
const token = await getToken();
const token = jwt.sign(payload, process.env.JWT_SECRET);
password: process.env.DB_PASSWORD,
apiKey: process.env.OPENAI_API_KEY
api_key=os.environ["OPENAI_API_KEY"]
OPENAI_API_KEY=your-api-key-here
export OPENAI_API_KEY="<your key>"
DB_PASSWORD=\${DB_PASSWORD}
password: {{ vault_password }}
password=********
The password is stored in 1Password.
The password is hashed with argon2id.
We hash the password with bcrypt and a salt.
Use SHA-256 for the password hash.
She keeps her passwords in a notebook.
Press any key to continue.
The key to happiness is sleep.
My house key is under the mat.
He plays in the key of F sharp minor.
The secret is in the sauce.
It's a secret: we're throwing Anna a party.
Her secret is that she practises every day.
The secret ingredient is cinnamon.
token: string
The token expires in 3600 seconds.
Each token costs 0.002 dollars.
This is a token of my appreciation.
Tokens per second: 54.2
The primary key is user_id.
primary key: id
foreign key (user_id) references users(id)
"key": "Escape"
if (event.key === "Enter") {
key: value
Key takeaways: ship early, ship often.
key findings are summarised below
The pass was snowed in.
Did you pass the exam?
I have a bus pass: it is valid until June.
Pass me the salt, please.
Boarding pass: gate B42
He passed away in 1998.
pin 13 is connected to the LED
The safety pin is broken.
Pin the message to the channel.
PIN entry failed three times.
I changed the password to something stronger.
I need the password to unlock it
What's the password to the guest wifi?
The password for the guest network is on the fridge.
Passwort vergessen?
Ich habe mein Passwort vergessen.
Das Passwort ist falsch.
Das Passwort ist zu kurz.
Olvidé mi contraseña.
La contraseña es incorrecta.
La clave es la paciencia.
La clave del éxito es la constancia.
J'ai oublié mon mot de passe.
Le mot de passe est incorrect.
Esqueci a minha senha.
Я забыл пароль.
我忘记密码了。
密码是什么?
パスワードを忘れました。
비밀번호를 잊어버렸어요.
The commit is 9f8e7d6c5b4a39281706f5e4d3c2b1a098765432.
git checkout 3f2a1bc
Session id: 3f2c1e5e-7d3b-4c1a-9e8f-0123456789ab
The run id is 0198c2f4-7a1b-7c3d-8e4f-5a6b7c8d9e0f.
Order #4532015112830366 has shipped.
Tracking number 1Z999AA10123456784
My phone number is +1 415 555 0132.
Call me at (212) 555-0187 after six.
Ruf mich an: 0170 1234567
ISBN 978-0-306-40615-7
ISBN 9780306406157
The meeting is on 2024-03-15 at 14:30.
Timestamp 1700000000000
node v20.11.1, npm 10.2.4
Version 2.0.0-beta.12+build.4567
Use #ff8800 for the header and #1a2b3c for the text.
![logo](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==)
Docs are at https://example.com/docs/getting-started#installation
Open http://localhost:3000/@alice/settings
http://example.com:8080/path@version
The file is src/text/mask-secrets.ts
/usr/local/lib/python3.11/site-packages/requests/sessions.py
sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJ/sCbZvuA=
"integrity": "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
ETag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
md5: d41d8cd98f00b204e9800998ecf8427e
My license plate is B-XY 1234.
Flight LH1234 departs at 09:45 from gate A17.
The ticket number is 220-4471983021.
My employee id is 448213.
The account has 250000 points.
Room 4471 on the fourth floor.
The area code is 212.
The error code is 404.
The zip code is 90210.
The access code section explains how to log in.
Our dress code is casual.
QR code 4 of 12
The country code is +49.
I wrote 2000 lines of code in 2023.
The verification code never arrived.
The security code changed in 2019 with the new law.
My social security benefits start in 2031.
I planted a seed: it grew into an oak tree over many years of patient care.
My seed phrase is written on a metal plate that I keep in a safe at home with other papers.
Seed funding was led by two small investors who believe in open source work done well.
Cookies: chocolate chip and oatmeal
I baked cookies with Anna: 24 pieces.
The session is at 10:30 in room 5.
bearer of bad news
Basic instructions for the coffee machine
The API key is missing from the config.
The API key must be rotated every 90 days.
Where do I put my API key?
Your api key: see the settings page
The access token is invalid or expired.
refresh tokens: how do they work?
Set the Authorization header to Bearer plus the token.
Authorization: none
credentials: include
fetch(url, { credentials: "same-origin" })
The combination of sk-learn and pandas is great.
I use sk-learn-extensions-for-time-series every day.
task-based-learning-for-everyone is my favourite course
pypi-server is easy to host
My handle is hf_fan on the forum.
The password field accepts unicode.
"password": "Password is required"
"passwordPlaceholder": "Enter your password"
<input type="password" name="password" placeholder="Password">
password_hash VARCHAR(255) NOT NULL
ALTER USER app WITH PASSWORD NULL;
The passport number field is optional.
I bypassed the filter.
My compass is broken: it points south.
The monkey is 5 years old.
keyboard: Logitech K380
Turkey: 3 weeks in May
donkey=grey
Her hockey score was 4-2.
The keynote is 2024-keynote-final-v3
Passport control took an hour.
pass: 12, fail: 3
PASS src/text/tokenize.test.ts
Tests: 4 failed, 120 passed
password manager: Bitwarden
My password manager is Bitwarden.
I'd recommend a password with 16 characters.
Secret Santa is on 12 December.
secret: true
The Secret Garden is my daughter's favourite book.
Key West is lovely in February.
Alicia Keys is playing in Berlin.
keys: house, car, bike
const key = "user:settings:theme";
cacheKey = \`user-\${id}\`
The credit card was declined.
My card ends in 4242.
The amount is 4111 1111 EUR.
IBAN is the international bank account number.
Mein Auto hat das Kennzeichen DE12 AB.
The value 1234 5678 9012 3456 is a placeholder, Luhn does not hold.
3.14159265358979323846
0.1234567890123456
GPT-4 uses 8192 tokens: the limit.
The model name is claude-3-5-sonnet-20241022.
key: gpt-4-turbo-2024-04-09
uuid 550e8400-e29b-41d4-a716-446655440000 is the key
The key is 550e8400-e29b-41d4-a716-446655440000.
The CPU is an i7-12700K.
My wifi is called FritzBox7590.
wifi network: Casa_2G_5G
The lock needs a 4-digit PIN.
Is the PIN 4 or 6 digits long?
I like the password hint feature.
A strong password is important.
My password is the same everywhere.
The password is case-sensitive.
The password was changed yesterday.
The password was leaked in 2019.
passwords are annoying
Passwords are a thing of the past.
Our password policy is strict.
The wifi password is on the back of the router.
The token was revoked.
The secret key is missing.
token="\${{ secrets.GITHUB_TOKEN }}"
git config credential.helper store`.split("\n");
