import { describe, expect, it } from "vitest";
import { findDates } from "../../text/resolve-dates.ts";
import { amountsIn, datesIn } from "./value-mentions.ts";

const SAID_AT = Date.UTC(2025, 6, 1, 9);

describe("amountsIn", () => {
  it.each([
    ["My rent is 950 euros.", ["950 euros"]],
    ["It cost $1,200 and then €50", ["$1,200", "€50"]],
    ["a budget of 1.5 million dollars", ["1.5 million dollars"]],
    ["I ran 5 km and lost 2.5 kg, that is 3%", ["5 km", "2.5 kg", "3%"]],
    ["Meine Miete beträgt 950 Euro.", ["950 Euro"]],
    ["我每个月付950元房租", ["950元"]],
    ["家賃は5万円です", ["5万円"]],
    ["Я заплатил 500 рублей", ["500 рублей"]],
    ["version 10.5.1, port 8080, 3 cats, call 555-0142", []],
    ["model A4 m", []],
  ])("%s", (text, amounts) => {
    expect(amountsIn(text).map(({ name }) => name)).toEqual(amounts);
  });
});

describe("datesIn", () => {
  it.each([
    ["I moved here on June 5, 2024.", "en", ["5 June 2024"]],
    ["I was born in 1984.", "en", ["1984"]],
    ["We met in May 2019.", "en", ["May 2019"]],
    ["Yesterday I ran, and last week too.", "en", []],
    ["Ich bin am 5. Juni 2023 umgezogen.", "de", ["5. Juni 2023"]],
    ["Me mudé en junio de 2022.", "es", ["junio de 2022"]],
    ["Я переехал 5 июня 2023 года.", "ru", ["5 июня 2023 г."]],
    ["我2023年5月搬到上海", "zh", ["2023年5月"]],
  ])("%s", (text, language, dates) => {
    expect(datesIn(findDates(text, SAID_AT, language), language).map(({ name }) => name)).toEqual(dates);
  });
});
