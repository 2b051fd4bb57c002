import { expect, it } from "vitest";
import { Memory } from "../../src/index.ts";

const DAYS = ["2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27", "2026-02-03"];

/** What is said on five Tuesdays: something done, something wished, and what comes of it. */
const TALKS: Readonly<
  Record<string, { readonly said: readonly string[]; readonly habit: string; readonly count?: string }>
> = {
  de: {
    said: ["Ich bin heute laufen gegangen.", "Mein Knie tut weh.", "Ich wollte schwimmen gehen."],
    habit: "Nutzer: Laufen, jeden Dienstag (5 von 5, seit 6. Januar 2026)",
    count: "Nutzer erwähnte „Knie“ 5-mal seit Januar 2026",
  },
  fr: {
    said: ["J'ai couru ce matin.", "Mon genou me fait mal.", "Je voulais nager."],
    habit: "Utilisateur: course à pied, chaque mardi (5 sur 5, depuis le 6 janvier 2026)",
    count: "Utilisateur a parlé de « genou » 5 fois depuis janvier 2026",
  },
  es: {
    said: ["Hoy fui a correr.", "Mi rodilla me duele.", "Quería ir a nadar."],
    habit: "Usuario: correr, todos los martes (5 de 5, desde el 6 de enero de 2026)",
    count: "Usuario mencionó «rodilla» 5 veces desde enero de 2026",
  },
  it: {
    said: ["Oggi sono andata a correre.", "Il mio ginocchio fa male.", "Volevo andare a nuotare."],
    habit: "Utente: corsa, ogni martedì (5 su 5, dal 6 gennaio 2026)",
    count: "Utente ha parlato di «ginocchio» 5 volte da gennaio 2026",
  },
  pt: {
    said: ["Hoje fui correr de manhã.", "O meu joelho dói muito.", "Queria ir nadar."],
    habit: "Usuário: corrida, todas as vezes: terça-feira (5 de 5, desde 6 de janeiro de 2026)",
    count: "Usuário mencionou «joelho» 5 vezes desde janeiro de 2026",
  },
  nl: {
    said: ["Ik heb vandaag hardgelopen.", "Mijn knie doet pijn.", "Ik wilde zwemmen."],
    habit: "Gebruiker: hardlopen, elke dinsdag (5 van 5, sinds 6 januari 2026)",
    count: "Gebruiker noemde “knie” 5 keer sinds januari 2026",
  },
  ru: {
    said: ["Сегодня я бегала в парке.", "Моё колено болит.", "Я хотела поплавать."],
    habit: "Пользователь: бег, каждый раз: вторник (5 из 5, с 6 января 2026 г.)",
    count: "Пользователь упоминает «колено»: 5 раз, впервые — январь 2026 г.",
  },
  zh: {
    said: ["我今天跑步了。", "我的膝盖疼。", "我想游泳。"],
    habit: "用户: 跑步, 每个星期二 (5次中5次, 自2026年1月6日起)",
  },
  ja: {
    said: ["今日は公園を走りました。", "私の膝が痛いです。", "泳ぎたいです。"],
    habit: "ユーザー: ランニング, 毎週火曜日 (5回中5回, 2026年1月6日から)",
  },
  ar: {
    said: ["ركضت اليوم في الحديقة.", "ركبتي تؤلمني.", "أريد أن أسبح."],
    habit: "المستخدم: الجري, كل الثلاثاء (5 من 5, منذ 6 January 2026)",
  },
};

it.each(Object.entries(TALKS))("a dream counts in %s", async (_language, { said, habit, count }) => {
  const memory = new Memory({ dbPath: ":memory:", embedder: false, now: () => Date.UTC(2026, 1, 5) });
  for (const day of DAYS)
    for (const text of said) await memory.add(text, { userId: "ana", timestamp: `${day}T08:00:00Z` });
  await memory.dream({ userId: "ana" });
  const { results } = await memory.getAll({ filters: { user_id: "ana" }, kinds: ["pattern"] });
  expect(results.map((pattern) => pattern.memory).toSorted()).toEqual(
    [habit, ...(count === undefined ? [] : [count])].toSorted(),
  );
  expect(results.every(({ restsOn }) => (restsOn?.length ?? 0) > 0)).toBe(true);
  const again = await memory.dream({ userId: "ana" });
  expect(again.batchId).toBeNull();
  await memory.close();
});
