import { wordSet } from "./words.ts";

const OCCUPATIONS = wordSet(`
  engineer developer programmer designer teacher nurse doctor physician surgeon dentist lawyer attorney accountant architect chef cook baker
  waiter waitress barista bartender manager director consultant analyst scientist researcher professor lecturer tutor student intern
  apprentice trainee freelancer contractor entrepreneur founder cofounder co-founder ceo cto cfo coo vp president writer author journalist editor
  photographer artist painter illustrator musician singer actor actress dancer carpenter plumber electrician mechanic welder farmer
  gardener pilot driver courier firefighter paramedic policeman officer soldier veteran librarian translator interpreter therapist
  psychologist psychiatrist counselor counsellor pharmacist veterinarian biologist chemist physicist mathematician economist historian
  statistician recruiter salesperson salesman marketer secretary receptionist assistant clerk cashier banker trader broker realtor
  coach trainer instructor administrator sysadmin devops tester lead head supervisor coordinator owner retiree pensioner homemaker
  nanny babysitter hairdresser barber stylist tailor florist butcher optician radiologist cardiologist physiotherapist midwife caregiver
  tech technician operator machinist planner producer filmmaker animator copywriter copyeditor strategist paralegal judge principal dean
  phd postdoc undergraduate graduate freshman sophomore unemployed retired self-employed partner associate curator archivist geologist
  astronomer zookeeper ranger guide steward stewardess sommelier brewer blogger streamer podcaster youtuber pastor priest rabbi imam diplomat politician
  senator mayor councilor janitor cleaner housekeeper concierge investor auditor actuary underwriter surveyor scrum-master`);

/** True for "a senior backend engineer", "CTO", "head of sales", "nurse at …" (already cut at the preposition). */
export function isOccupation(phrase: string): boolean {
  const words = phrase.toLowerCase().split(/\s+/u);
  if (words.length > 6) return false;
  const of = words.indexOf("of");
  const head = of > 0 ? words[of - 1] : words.at(-1);
  if (head === undefined) return false;
  return OCCUPATIONS.has(head) || /(?:ologist|iatrist|keeper|smith|wright)$/u.test(head);
}
