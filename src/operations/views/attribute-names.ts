/**
 * What people call the attributes that facts are filed under. The keys are the names that extraction gives (the part
 * before a colon: "favorite:color" is "favorite"), the values other names, singular, in words.
 */
export const ATTRIBUTE_NAMES: Readonly<Record<string, readonly string[]>> = {
  name: ["full name", "user name", "display name"],
  nickname: ["alias", "preferred name"],
  residence: ["city", "town", "location", "home", "current city", "current location", "country", "place", "lives in"],
  hometown: ["home town", "birthplace", "place of birth"],
  employer: ["company", "workplace", "organization", "works at", "works for"],
  role: ["job", "job title", "occupation", "profession", "position", "works as"],
  "field of work": ["industry", "field"],
  salary: ["income", "pay"],
  manager: ["boss", "supervisor"],
  school: ["university", "college", "education", "studies at"],
  studies: ["major", "subject", "field of study", "degree"],
  age: ["years old"],
  birthday: ["birth date", "date of birth", "dob", "birthdate"],
  email: ["e mail", "email address", "mail"],
  phone: ["phone number", "telephone", "mobile"],
  address: ["street address", "postal address"],
  timezone: ["time zone"],
  nationality: ["citizenship"],
  language: ["native language", "mother tongue"],
  speaks: ["language", "spoken language", "language spoken"],
  relationship_status: ["marital status", "relationship status", "relationship"],
  diet: ["dietary preference", "dietary restriction", "diet type", "dietary need"],
  allergy: ["allergen", "food allergy", "allergic to", "dietary restriction", "intolerance"],
  health: ["health condition", "medical condition", "condition", "diagnosis"],
  medication: ["medicine", "drug"],
  likes: ["like", "interest", "hobby", "love", "enjoy", "preference"],
  plays: ["hobby", "sport", "instrument", "interest"],
  practices: ["hobby", "sport", "interest"],
  collects: ["hobby", "interest", "collection"],
  dislikes: ["dislike", "hate"],
  avoids: ["dislike", "aversion"],
  prefers: ["preference", "preferred"],
  favorite: ["favourite", "preference"],
  drink: ["beverage"],
  uses: ["tool", "technology", "stack"],
  learning: ["learns", "studying"],
  goal: ["aim", "objective", "plan"],
  owns: ["possession", "belonging"],
  pet: ["animal"],
  family: ["family member", "relative"],
  reading: ["book"],
  watching: ["show", "series"],
};

/** Words of a property's name: camelCase, snake_case and kebab-case apart, lower case, singular. */
export function nameWords(name: string): readonly string[] {
  const words: string[] = [];
  let word = "";
  const end = (): void => {
    if (word !== "") words.push(singular(word.toLowerCase()));
    word = "";
  };
  let before = "";
  for (const letter of name.slice(0, 300)) {
    if (!/[\p{L}\p{N}]/u.test(letter)) end();
    else {
      if (/\p{Lu}/u.test(letter) && /[\p{Ll}\p{N}]/u.test(before)) end();
      word += letter;
    }
    before = letter;
  }
  end();
  return words;
}

export function singular(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:sses|shes|ches|xes)$/u.test(word)) return word.slice(0, -2);
  return word.length > 3 && word.endsWith("s") && !/(?:ss|us|is)$/u.test(word) ? word.slice(0, -1) : word;
}
