import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDates, formatDate } from "./resolve-dates.ts";

/** A Thursday, 13:56. */
const SAID = Date.UTC(2023, 4, 25, 13, 56);

/** "2023-05-24 day", or "2023-05-22/2023-05-29 week" where it is more than a day. */
function show(text: string, language?: string, said: number = SAID): string[] {
  return findDates(text, said, language).map(({ from, to, granularity }) => {
    const [first, last] = [new Date(from).toISOString().slice(0, 10), new Date(to).toISOString().slice(0, 10)];
    return to - from === 86_400_000 ? `${first} ${granularity}` : `${first}/${last} ${granularity}`;
  });
}

describe("findDates, English", () => {
  it.each([
    ["I went there yesterday", "2023-05-24 day"],
    ["Last night was fun", "2023-05-24 day"],
    ["yesterday morning", "2023-05-24 day"],
    ["today is the day", "2023-05-25 day"],
    ["this morning I ran", "2023-05-25 day"],
    ["See you tomorrow", "2023-05-26 day"],
    ["the day before yesterday", "2023-05-23 day"],
    ["the day after tomorrow", "2023-05-27 day"],
    ["last Tuesday I saw her", "2023-05-23 day"],
    ["last Thursday", "2023-05-18 day"],
    ["this past Monday", "2023-05-22 day"],
    ["next Friday", "2023-06-02 day"],
    ["next Monday", "2023-05-29 day"],
    ["this Friday", "2023-05-26 day"],
    ["this coming Sunday", "2023-05-28 day"],
    ["I met him on Friday, it was great", "2023-05-19 day"],
    ["I have a dentist appointment on Friday", "2023-05-26 day"],
    ["We went hiking Saturday", "2023-05-20 day"],
    ["We will meet on Monday", "2023-05-29 day"],
    ["two Fridays ago", "2023-05-12 day"],
    ["last week", "2023-05-15/2023-05-22 week"],
    ["this week", "2023-05-22/2023-05-29 week"],
    ["next week", "2023-05-29/2023-06-05 week"],
    ["the week before last", "2023-05-08/2023-05-15 week"],
    ["last weekend", "2023-05-20/2023-05-22 day"],
    ["this weekend", "2023-05-27/2023-05-29 day"],
    ["next weekend", "2023-06-03/2023-06-05 day"],
    ["the weekend before last", "2023-05-13/2023-05-15 day"],
    ["last month", "2023-04-01/2023-05-01 month"],
    ["next month", "2023-06-01/2023-07-01 month"],
    ["this month", "2023-05-01/2023-06-01 month"],
    ["last year", "2022-01-01/2023-01-01 year"],
    ["next year", "2024-01-01/2025-01-01 year"],
    ["three days ago", "2023-05-22 day"],
    ["a few days ago", "2023-05-22 day"],
    ["a couple of days ago", "2023-05-23 day"],
    ["two weeks ago", "2023-05-08/2023-05-15 week"],
    ["a week ago", "2023-05-15/2023-05-22 week"],
    ["a couple of weekends ago", "2023-05-13/2023-05-15 day"],
    ["3 months ago", "2023-02-01/2023-03-01 month"],
    ["about ten years ago", "2013-01-01/2014-01-01 year"],
    ["a year back", "2022-01-01/2023-01-01 year"],
    ["five minutes ago", "2023-05-25 day"],
    ["half a year ago", "2022-11-01/2022-12-01 month"],
    ["in two weeks", "2023-06-05/2023-06-12 week"],
    ["in 3 days", "2023-05-28 day"],
    ["ten days from now", "2023-06-04 day"],
    ["in five years", "2028-01-01/2029-01-01 year"],
    ["in the past two weeks", "2023-05-11/2023-05-26 week"],
    ["the next three days", "2023-05-25/2023-05-29 day"],
    ["on 8 May 2023", "2023-05-08 day"],
    ["May 8, 2023", "2023-05-08 day"],
    ["May 8th", "2023-05-08 day"],
    ["the 5th of June", "2023-06-05 day"],
    ["Dec 24", "2022-12-24 day"],
    ["We met on December 24", "2022-12-24 day"],
    ["The exam is due on December 24", "2023-12-24 day"],
    ["2023-05-08", "2023-05-08 day"],
    ["05/06/2023", "2023-05-06 day"],
    ["25/06/2023", "2023-06-25 day"],
    ["8.5.2023", "2023-05-08 day"],
    ["I saw it on the 12th", "2023-05-12 day"],
    ["June 3-5", "2023-06-03/2023-06-06 day"],
    ["3 to 5 June 2023", "2023-06-03/2023-06-06 day"],
    ["from May 3 to June 2", "2023-05-03/2023-06-03 day"],
    ["June 2022", "2022-06-01/2022-07-01 month"],
    ["in June", "2023-06-01/2023-07-01 month"],
    ["We moved in June", "2022-06-01/2022-07-01 month"],
    ["last October", "2022-10-01/2022-11-01 month"],
    ["in May 2021", "2021-05-01/2021-06-01 month"],
    ["31 February 2023", "2023-02-01/2023-03-01 month"],
    ["2018-2020", "2018-01-01/2021-01-01 year"],
    ["in 2019", "2019-01-01/2020-01-01 year"],
    ["between 2018 and 2020", "2018-01-01/2021-01-01 year"],
    ["since 2020", "2020-01-01/2023-05-26 open"],
    ["since last month", "2023-04-01/2023-05-26 open"],
    ["ever since March 2022", "2022-03-01/2023-05-26 open"],
    ["last summer", "2022-06-01/2022-09-01 season"],
    ["this summer", "2023-06-01/2023-09-01 season"],
    ["next winter", "2023-12-01/2024-03-01 season"],
    ["in summer 2021", "2021-06-01/2021-09-01 season"],
    ["the fall of 2020", "2020-09-01/2020-12-01 season"],
    ["the 1990s", "1990-01-01/2000-01-01 year"],
    ["the 1900s", "1900-01-01/2000-01-01 year"],
    ["back in the 90s", "1990-01-01/2000-01-01 year"],
    ["Q3 2022", "2022-07-01/2022-10-01 season"],
    ["the week before 9 June 2023", "2023-06-02/2023-06-09 week"],
    ["the day after May 8", "2023-05-09 day"],
    ["two days before June 9", "2023-06-07 day"],
    ["the weekend before 17 July 2023", "2023-07-15/2023-07-17 day"],
    ["the Friday before 22 October 2023", "2023-10-20 day"],
    ["a year after May 2020", "2021-01-01/2022-01-01 year"],
    ["last Christmas", "2022-12-25 day"],
    ["on Thanksgiving we ate turkey and it was nice", "2022-11-24 day"],
  ])("%s", (text, expected) => {
    expect(show(text)).toEqual([expected]);
  });

  it.each([
    "I may go there",
    "I march on",
    "the second one",
    "the sun is out and I sat there",
    "every summer is nice",
    "I fall often",
    "version 1.2.3",
    "room 2019",
    "a strong week",
    "day by day",
    "call 2020-55",
    "every Friday",
    "",
  ])("finds nothing in: %s", (text) => {
    expect(show(text)).toEqual([]);
  });

  it("finds several, with their offsets", () => {
    const text = "We met last Friday and fly home on 2 June.";
    const dates = findDates(text, SAID);
    expect(dates.map(({ phrase }) => phrase)).toEqual(["last Friday", "on 2 June"]);
    for (const { start, end, phrase } of dates) expect(text.slice(start, end)).toBe(phrase);
  });

  it("counts in UTC at both ends of a day and of a year", () => {
    expect(show("yesterday", undefined, Date.UTC(2024, 0, 1, 0, 0))).toEqual(["2023-12-31 day"]);
    expect(show("tomorrow", undefined, Date.UTC(2023, 11, 31, 23, 59))).toEqual(["2024-01-01 day"]);
    expect(show("last month", undefined, Date.UTC(2023, 2, 31))).toEqual(["2023-02-01/2023-03-01 month"]);
    expect(show("one month ago", undefined, Date.UTC(2023, 2, 31))).toEqual(["2023-02-01/2023-03-01 month"]);
    expect(show("29 February", undefined, Date.UTC(2024, 5, 1))).toEqual(["2024-02-29 day"]);
  });
});

describe("findDates, other languages", () => {
  it.each([
    ["Ich war gestern im Kino", "de", "2023-05-24 day"],
    ["Wir sehen uns übermorgen", "de", "2023-05-27 day"],
    ["letzte Woche", "de", "2023-05-15/2023-05-22 week"],
    ["vor zwei Wochen", "de", "2023-05-08/2023-05-15 week"],
    ["nächsten Monat", "de", "2023-06-01/2023-07-01 month"],
    ["am 8. Mai 2023", "de", "2023-05-08 day"],
    ["im Juni 2022", "de", "2022-06-01/2022-07-01 month"],
    ["seit 2019 wohne ich hier", "de", "2019-01-01/2020-01-01 year"],
    ["je l'ai vu hier", "fr", "2023-05-24 day"],
    ["la semaine dernière", "fr", "2023-05-15/2023-05-22 week"],
    ["il y a trois ans", "fr", "2020-01-01/2021-01-01 year"],
    ["le 8 mai 2023", "fr", "2023-05-08 day"],
    ["l'année prochaine", "fr", "2024-01-01/2025-01-01 year"],
    ["ayer fui al cine", "es", "2023-05-24 day"],
    ["el viernes pasado", "es", "2023-05-19 day"],
    ["hace dos semanas", "es", "2023-05-08/2023-05-15 week"],
    ["el 8 de mayo de 2023", "es", "2023-05-08 day"],
    ["la próxima semana", "es", "2023-05-29/2023-06-05 week"],
    ["ieri sera", "it", "2023-05-24 day"],
    ["due anni fa", "it", "2021-01-01/2022-01-01 year"],
    ["la settimana scorsa", "it", "2023-05-15/2023-05-22 week"],
    ["ontem à noite", "pt", "2023-05-24 day"],
    ["há três meses", "pt", "2023-02-01/2023-03-01 month"],
    ["na semana passada", "pt", "2023-05-15/2023-05-22 week"],
    ["gisteren was leuk", "nl", "2023-05-24 day"],
    ["drie weken geleden", "nl", "2023-05-01/2023-05-08 week"],
    ["вчера я был дома", "ru", "2023-05-24 day"],
    ["на прошлой неделе", "ru", "2023-05-15/2023-05-22 week"],
    ["два года назад", "ru", "2021-01-01/2022-01-01 year"],
    ["8 мая 2023", "ru", "2023-05-08 day"],
    ["我昨天去了北京", "zh", "2023-05-24 day"],
    ["上周", "zh", "2023-05-15/2023-05-22 week"],
    ["上周五", "zh", "2023-05-19 day"],
    ["三年前", "zh", "2020-01-01/2021-01-01 year"],
    ["2023年5月8日", "zh", "2023-05-08 day"],
    ["去年", "zh", "2022-01-01/2023-01-01 year"],
    ["昨日映画を見た", "ja", "2023-05-24 day"],
    ["先週", "ja", "2023-05-15/2023-05-22 week"],
    ["来月", "ja", "2023-06-01/2023-07-01 month"],
  ])("%s", (text, language, expected) => {
    expect(show(text, language)).toEqual([expected]);
  });

  it("tells the language by itself where the sentence shows it", () => {
    expect(show("Ich war gestern nicht zu Hause")).toEqual(["2023-05-24 day"]);
    expect(show("我昨天去了北京")).toEqual(["2023-05-24 day"]);
    expect(show("Wer ist hier?")).toEqual([]);
  });
});

describe("findDates, any text", () => {
  it("never throws, keeps order and offsets", () => {
    const part = fc.constantFrom(
      ..."last,next,this,week,Friday,June,2019,ago,two,days,the,before,since,in,8,/,.,-,to,and,昨天,年,gestern,hace,\ud800".split(
        ",",
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), fc.integer({ min: -1e13, max: 1e13 }), (parts, said) => {
        const text = parts.join(" ");
        let reached = 0;
        for (const { start, end, phrase, from, to } of findDates(text, said)) {
          expect(text.slice(start, end)).toBe(phrase);
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(to).toBeGreaterThan(from);
          reached = end;
        }
      }),
      { numRuns: 1000 },
    );
    expect(findDates("yesterday", Number.NaN)).toEqual([]);
  });
});

describe("formatDate", () => {
  it.each([
    [Date.UTC(2023, 4, 7), "day", undefined, "7 May 2023"],
    [Date.UTC(2023, 4, 7, 9), "instant", "en", "7 May 2023"],
    [Date.UTC(2023, 4, 1), "month", undefined, "May 2023"],
    [Date.UTC(2023, 0, 1), "year", undefined, "2023"],
    [Date.UTC(2023, 4, 1), "week", undefined, "the week of 1 May 2023"],
    [Date.UTC(2022, 5, 1), "season", undefined, "summer 2022"],
    [Date.UTC(2023, 4, 7), "day", "de", "7. Mai 2023"],
    [Date.UTC(2023, 4, 7), "day", "zh", "2023年5月7日"],
    [Date.UTC(2022, 5, 1), "season", "es", "verano de 2022"],
    [Date.UTC(2023, 4, 7), "day", "xx", "7 May 2023"],
    [Number.NaN, "day", undefined, ""],
  ] as const)("%s %s %s", (from, granularity, language, expected) => {
    expect(formatDate(from, granularity, language)).toBe(expected);
  });

  it("writes spans", () => {
    expect(formatDate(Date.UTC(2023, 4, 20), "day", "en", Date.UTC(2023, 4, 22))).toBe("20 May 2023 – 21 May 2023");
    expect(formatDate(Date.UTC(1990, 0, 1), "year", "en", Date.UTC(2000, 0, 1))).toBe("the 1990s");
  });
});
