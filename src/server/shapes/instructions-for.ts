interface UseCase {
  readonly words: RegExp;
  readonly keep: string;
  readonly leave: string;
  readonly example: string;
}

const USE_CASES: readonly UseCase[] = [
  {
    words: /\b(?:support|helpdesk|tickets?|customers?)\b/iu,
    keep: "products and versions in use, problems reported and how they ended, preferred ways of contact",
    leave: "card numbers, passwords and one-time codes",
    example:
      "Hi, I'm Dana. My router X200 on firmware 3.1 loses the connection every evening; please write to me by e-mail.",
  },
  {
    words: /\b(?:health\w*|medic\w*|patients?|clinic\w*|fitness|diet\w*|wellness|therap\w*)\b/iu,
    keep: "conditions, allergies, medication with doses, goals, habits, appointments",
    leave: "insurance numbers, and guesses at a diagnosis that nobody made",
    example: "I'm allergic to penicillin, take 10 mg of lisinopril every morning, and want to run 5 km by June.",
  },
  {
    words: /\b(?:cod(?:e|ing)|developers?|programm\w*|software|engineer\w*|repositor\w*)\b/iu,
    keep: "languages, tools and versions, conventions of the code, decisions with their reasons, open tasks",
    leave: "keys and tokens, and code that stands in the repository anyway",
    example: "We use pnpm and Vitest, indent with two spaces, and decided on SQLite because it needs no server.",
  },
  {
    words: /\b(?:tutor\w*|teach\w*|students?|learn\w*|school|education\w*|course\w*)\b/iu,
    keep: "subjects and levels, what was mastered and what was hard, goals and dates of exams, ways of learning",
    leave: "marks of other students",
    example: "I'm in year 11, find integrals hard, learn best with worked examples, and my exam is on 12 May.",
  },
  {
    words: /\b(?:sales|leads?|crm|prospects?|marketing|shop\w*|commerce|store)\b/iu,
    keep: "companies and roles, needs, budgets and dates that were named, objections, agreed next steps",
    leave: "payment data and private remarks about third persons",
    example: "I run purchasing at Nordwind; we need 40 seats by March, the budget is 12,000 euros, call me on Friday.",
  },
  {
    words: /\b(?:travel\w*|trips?|hotels?|flights?|booking)\b/iu,
    keep: "destinations and dates, seats, food and rooms that are preferred, companions, loyalty programmes",
    leave: "passport and card numbers",
    example: "We fly to Lisbon on 3 June with our daughter; I want a window seat and a quiet room.",
  },
  {
    words: /\b(?:financ\w*|bank\w*|invest\w*|budget\w*|account\w*)\b/iu,
    keep: "goals, tolerance of risk, regular income and expenses that were named, decisions with their dates",
    leave: "account numbers, card numbers and passwords",
    example: "I save 300 euros a month for a flat, avoid single shares, and want to buy in about four years.",
  },
];

const GENERAL: Omit<UseCase, "words"> = {
  keep: "who the user is, lasting preferences, people and projects, decisions, plans with their dates",
  leave: "small talk, passwords and card numbers, and what holds for the moment only",
  example: "I'm Dana, I work at Nordwind in Oslo, prefer short answers, and my project Atlas is due on 1 September.",
};

/** Custom instructions for a use case, by rules: what to keep, what not, and a message to try them with. */
export function instructionsFor(useCase: string): {
  readonly custom_instructions: string;
  readonly test_message: string;
} {
  const topic = useCase.replaceAll(/\s+/gu, " ").trim();
  const fitting = USE_CASES.filter(({ words }) => words.test(topic)).slice(0, 3);
  const parts = fitting.length === 0 ? [GENERAL] : fitting;
  const lines = [
    `These memories serve this use: ${topic}`,
    ...parts.map(({ keep }) => `Keep ${keep}.`),
    ...parts.map(({ leave }) => `Do not keep ${leave}.`),
    "Keep names, numbers and dates exactly as they were said, one fact in each memory.",
  ];
  return { custom_instructions: lines.join("\n"), test_message: (parts[0] ?? GENERAL).example };
}
