import { describe, expect, it } from "vitest";
import { isBeam, readBeam } from "./beam.ts";
import { isLocomo, readLocomo } from "./locomo.ts";

const locomo = [
  {
    sample_id: "own-1",
    conversation: {
      speaker_a: "Ida",
      session_1_date_time: "12:05 am on 29 February, 2024",
      session_1: [
        { speaker: "Ida", dia_id: "D1:1", text: "Hello." },
        { speaker: "Ugo", dia_id: "D1:2", text: "Look!", blip_caption: "a red boat", query: "boat" },
      ],
      session_2_date_time: "1:00 pm on 1 March, 2024",
    },
    qa: [
      { question: "two in one?", answer: 1, evidence: ["D1:1; D1:2"], category: 1 },
      { question: "typo?", answer: "x", evidence: ["D:1:02"], category: 2 },
      { question: "missing?", answer: "x", evidence: ["D9:9", "D"], category: 3 },
      { question: "twice?", answer: "x", evidence: ["D1:1", "D1:1"], category: 4 },
      { question: "trap?", adversarial_answer: "x", evidence: ["D1:2"], category: 5 },
    ],
  },
];

describe("LoCoMo reader", () => {
  const corpus = readLocomo(locomo);
  const [conversation] = corpus.conversations;

  it("adds captions, keeps order within a session and reads twelve o'clock", () => {
    expect(isLocomo(locomo)).toBe(true);
    expect(conversation?.turns.map(({ text, timestamp }) => [text, timestamp])).toEqual([
      ["Hello.", Date.UTC(2024, 1, 29, 0, 5) / 1000],
      ["Look! [shared a red boat]", Date.UTC(2024, 1, 29, 0, 5) / 1000 + 1],
    ]);
  });

  it("repairs evidence, counts the repairs and leaves out what stays without", () => {
    expect(conversation?.questions.map(({ evidence, isHeadline }) => [evidence, isHeadline])).toEqual([
      [["D1:1", "D1:2"], true],
      [["D1:2"], true],
      [["D1:1"], true],
      [["D1:2"], false],
    ]);
    expect(corpus.notes.join("\n")).toContain(
      "1 strings split, 1 ids respelled, 2 unresolvable ids dropped, 1 duplicates dropped, 1 questions without evidence",
    );
  });
});

function message(id: number, date: string | null): object {
  return { id, role: "user", content: `m${id}`, date };
}

describe("BEAM reader", () => {
  const beam = [
    {
      chat: "own/1",
      sessions: [
        { session: 1, date: "March-15-2024", messages: [message(0, null), message(1, "March-17-2024")] },
        { session: 2, date: null, messages: [message(2, null)] },
      ],
      questions: [
        { ability: "knowledge_update", question: "q", answer: "a", rubric: [], evidence: [1, 1, 7] },
        { ability: "abstention", question: "q", answer: "a", rubric: [], evidence: [] },
      ],
    },
  ];

  it("carries the last known date forward", () => {
    expect(isBeam(beam)).toBe(true);
    expect(readBeam(beam).conversations[0]?.turns.map((turn) => turn.timestamp)).toEqual([
      Date.UTC(2024, 2, 15) / 1000,
      Date.UTC(2024, 2, 17) / 1000 + 1,
      Date.UTC(2024, 2, 17) / 1000,
    ]);
  });

  it("drops unknown evidence and keeps abstention apart", () => {
    const [update, abstention] = readBeam(beam).conversations[0]?.questions ?? [];
    expect(update?.evidence).toEqual(["1"]);
    expect(update?.isHeadline).toBe(true);
    expect(abstention?.isHeadline).toBe(false);
  });
});
