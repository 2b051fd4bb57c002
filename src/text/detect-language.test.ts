import { describe, expect, it } from "vitest";
import { detectLanguage } from "./detect-language.ts";

describe("detectLanguage", () => {
  it.each([
    ["I moved to Berlin last year", "en"],
    ["War and Peace", "en"],
    ["Wo ist die Katze?", "de"],
    ["Häuser", "de"],
    ["où habites-tu maintenant ?", "fr"],
    ["¿Dónde vives ahora?", "es"],
    ["Dove abiti adesso?", "it"],
    ["Onde você mora agora?", "pt"],
    ["Waar woon je nu?", "nl"],
    ["Var bor du nu?", "sv"],
    ["我住在北京", "zh"],
    ["私は東京に住んでいます", "ja"],
    ["나는 서울에 살아요", "ko"],
    ["я живу в Москве", "ru"],
    ["я живу у Києві", "uk"],
    ["أنا أعيش في القاهرة", "ar"],
    ["من در تهران زندگی می‌کنم و پدرم", "fa"],
    ["ผมอยู่กรุงเทพ", "th"],
    ["मैं दिल्ली में रहता हूँ", "hi"],
    ["ζω στην Αθήνα", "el"],
    ["אני גר בחיפה", "he"],
    ["I use 日本 here a lot and more", "en"],
  ])("%s is %s", (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each(["ok", "Haus", "hat collection", "", "12345", "???", "\ud800"])("does not guess %j", (text) => {
    expect(detectLanguage(text)).toBeUndefined();
  });
});
