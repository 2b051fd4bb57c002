/** English verb forms: enough to find the verb of a clause, reduce it to its lemma and tell past from present. */

const words = (list: string): readonly string[] => list.trim().split(/\s+/u);

/** lemma:past:participle, the participle left out where it equals the past. */
const IRREGULAR = words(`
  become:became:become begin:began:begun break:broke:broken bring:brought build:built buy:bought catch:caught choose:chose:chosen
  come:came:come cost:cost cut:cut deal:dealt do:did:done draw:drew:drawn drink:drank:drunk drive:drove:driven eat:ate:eaten
  fall:fell:fallen feel:felt fight:fought find:found fly:flew:flown forget:forgot:forgotten get:got:gotten give:gave:given
  go:went:gone grow:grew:grown hang:hung have:had hear:heard hide:hid:hidden hit:hit hold:held hurt:hurt keep:kept know:knew:known
  lay:laid lead:led learn:learnt leave:left lend:lent let:let lose:lost make:made mean:meant meet:met pay:paid put:put quit:quit
  read:read ride:rode:ridden ring:rang:rung rise:rose:risen run:ran:run say:said see:saw:seen sell:sold send:sent set:set
  shake:shook:shaken shoot:shot show:showed:shown shrink:shrank:shrunk shut:shut sing:sang:sung sit:sat sleep:slept speak:spoke:spoken
  spend:spent split:split stand:stood steal:stole:stolen stick:stuck swim:swam:swum take:took:taken teach:taught tell:told
  think:thought throw:threw:thrown understand:understood undergo:underwent:undergone wake:woke:woken wear:wore:worn win:won write:wrote:written overtake:overtook:overtaken
  withdraw:withdrew:withdrawn babysit:babysat bet:bet bite:bit:bitten blow:blew:blown dream:dreamt dig:dug freeze:froze:frozen
  rebuild:rebuilt reset:reset resell:resold retake:retook:retaken rewrite:rewrote:rewritten spread:spread swear:swore:sworn weave:wove:woven
  outgrow:outgrew:outgrown oversee:oversaw:overseen swing:swung knit:knit`);

const REGULAR = words(`
  accept ache achieve act adapt add admire admit adopt adore advance advise afford agree aim allow amount announce answer apologize appear
  apply appoint appreciate approve argue arrange arrive ask assign assume attach attend avoid award back bake ban base bathe battle belong
  bike blend block bookmark book boost borrow breed brew broadcast browse brush budget bump call camp cancel care carry cater celebrate
  chair challenge change charge chat check cheer clean clear climb close coach code coast collaborate collect combine commit commute
  compete complain complete compose concern configure confirm connect consider consist consume contact contain continue contribute convert
  convince cook cooperate coordinate copy count cover craft crash crave create cross cry cultivate curate customize cycle damage dance
  date debug decide declare decline decorate decrease dedicate deliver demand demo deploy deserve design despise detest develop diagnose
  die differ direct disable disappear discover discuss dislike divorce donate double download downgrade downsize draft dress drop earn edit
  elect embrace emigrate employ enable encourage end engage enjoy enroll enrol ensure enter entertain escape establish evaluate exceed exchange
  excite exercise exist expand expect experience expire explain explore export express extend face fail farm fast fear feature feed figure file
  fill film finalize finish fire fish fit fix focus follow force form found freelance fund gain garden gather gift graduate guess guide handle
  happen hate head help hike hire homeschool hope host hunt identify imagine immigrate implement import impress improve include increase
  inherit inspire install instruct insure integrate intend interest interview introduce invent invest invite involve iterate jog join journal
  joke juggle jump kayak kick kill kiss lack land last laugh launch launder learn lease like limit link list listen live load loan locate lock
  look love lower maintain major manage march mark marry master match matter measure medicate meditate memorize mentor merge migrate mind miss
  model monitor move narrow need negotiate nickname nominate note notice nurse observe occupy offer open operate order organize organise
  originate owe own pack paint park partner pass pause perform permit phase phone photograph pick place plan plant play point polish
  postpone pour practice practise prefer prepare prescribe present preserve press print process produce program promise promote propose
  protect prototype prove provide publish pull purchase pursue push qualify question race rain raise rank rate reach react realize recall
  receive recommend record recover recruit recycle redesign redo reduce refactor refinance refuse register reject relate relax release relocate rely
  remain remember remind remove renew renovate rent repaint repair repeat replace report represent request require rescue research
  reschedule reserve reside resign resolve respond rest restart restore restrict result resume retain retire retreat return reuse revamp
  reveal revert review revise reward rock roll root rotate row ruin sail sample save scale scan scare schedule score scrap scream scrub search
  secure seek seem select separate serve settle sew share shave shift ship shop shorten sign skate skateboard sketch ski skip slice smell smoke
  snack snow snowboard solve sort sound sponsor spot squeeze start state stay step stir stop store stream strengthen stretch struggle study
  submit subscribe succeed suffer suggest suit supply support suppose surf surprise surround survive suspect suspend switch tackle talk taste
  tend test text thank tidy tolerate total touch tour track trade train transfer transform transition translate transport travel treat trek triple
  trust try turn tutor type update upgrade upload use utilize vacation value vary visit volunteer vote wait walk want warm warn wash watch
  water weigh welcome wish wonder work work-out workout worry wrap wrestle yell yield refer delay near double halve advocate backpack
  postpone bike reunite hop log slip trim enlist evolve mend reconnect foster juggle opt rename name swap axe ditch shelve hail reckon
  rehearse tighten loosen rewire reassign award redecorate recode repark swop congregate convene`);

export type VerbForm = "base" | "third" | "past" | "gerund";

export interface VerbReading {
  readonly lemma: string;
  readonly form: VerbForm;
}

const FORMS = new Map<string, VerbReading>();

const DOUBLING = new Set(
  words(`
  admit ban bat bet blog cancel chat chop clap commit control cut defer drag drop drum enrol equip expel fit forget format gap get grab hit
  hop jog kid knit label lag let level log map mod mop nag nap nod occur omit opt pad pat pin plan plot plug pop prefer program put quit
  quiz rebel refer regret reset rip rob rub run set ship shop shut sin sit skip slam slip snap spot stem step stir stop submit swap swim swing
  tag tan tap thin tip top transfer transmit trap travel trek trim trip upset wed whip win wrap zip model scrap scrub unwrap`),
);

function gerundOf(lemma: string): string {
  if (lemma.endsWith("ie")) return `${lemma.slice(0, -2)}ying`;
  if (lemma.endsWith("e") && !/(?:ee|oe|ye)$/u.test(lemma)) return `${lemma.slice(0, -1)}ing`;
  return DOUBLING.has(lemma) ? `${lemma}${lemma.at(-1)}ing` : `${lemma}ing`;
}

/** "go" -> "goes", "try" -> "tries". */
export function thirdPerson(lemma: string): string {
  if (lemma === "have") return "has";
  if (lemma === "be") return "is";
  if (/(?:s|sh|ch|x|z|[^aeiou]o)$/u.test(lemma)) return `${lemma}es`;
  return /[^aeiou]y$/u.test(lemma) ? `${lemma.slice(0, -1)}ies` : `${lemma}s`;
}

function register(form: string, lemma: string, kind: VerbForm): void {
  if (!FORMS.has(form)) FORMS.set(form, { lemma, form: kind });
}

for (const entry of IRREGULAR) {
  const [lemma = "", past = "", participle = past] = entry.split(":");
  register(lemma, lemma, "base");
  register(thirdPerson(lemma), lemma, "third");
  register(gerundOf(lemma), lemma, "gerund");
  register(past, lemma, "past");
  register(participle, lemma, "past");
}
for (const lemma of REGULAR) {
  register(lemma, lemma, "base");
  register(thirdPerson(lemma), lemma, "third");
  register(gerundOf(lemma), lemma, "gerund");
  register(pastOf(lemma), lemma, "past");
}
register("learned", "learn", "past");
register("travelled", "travel", "past");
register("travelling", "travel", "gerund");
register("cancelled", "cancel", "past");
register("dreamed", "dream", "past");
register("gotta", "get", "base");
// "Up" itself is hardly ever a verb.
register("upped", "raise", "past");
register("upping", "raise", "gerund");

function pastOf(lemma: string): string {
  if (lemma.endsWith("e")) return `${lemma}d`;
  if (/[^aeiou]y$/u.test(lemma)) return `${lemma.slice(0, -1)}ied`;
  return DOUBLING.has(lemma) ? `${lemma}${lemma.at(-1)}ed` : `${lemma}ed`;
}

/** The reading of a known verb form, else undefined. */
export function readVerb(lower: string): VerbReading | undefined {
  return FORMS.get(lower);
}

/** A guess for a word that stands where only a verb can stand. */
export function guessVerb(lower: string): VerbReading {
  const known = FORMS.get(lower);
  if (known !== undefined) return known;
  if (/[^e]ed$/u.test(lower)) return { lemma: lower.slice(0, -2), form: "past" };
  if (lower.length > 5 && lower.endsWith("ing")) return { lemma: lower.slice(0, -3), form: "gerund" };
  if (/[^s]s$/u.test(lower)) return { lemma: lower.slice(0, -1), form: "third" };
  return { lemma: lower, form: "base" };
}

/** Past forms that look like the bare verb: without other signs they are read as past. */
export const SAME_IN_PAST: ReadonlySet<string> = new Set(
  words("cost cut hit hurt let put quit read set shut split bet reset spread knit"),
);
