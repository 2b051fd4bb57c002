/** English word lists that several rules share. */

export const wordSet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/u));

export const AUXILIARIES: ReadonlySet<string> = wordSet(
  "am is are was were be been being 'm 're have has had 've do does did will 'll would 'd can could shall should may might must ought n't not never 's gonna wo ain",
);

export const ADVERBS: ReadonlySet<string> = wordSet(`
  just now recently currently still already really actually also always usually often sometimes finally probably definitely never ever
  absolutely totally truly literally basically officially even only mostly mainly generally normally typically rarely seldom hardly barely
  almost nearly once first then lately soon eventually suddenly primarily personally honestly simply instead again originally previously
  formerly temporarily permanently exclusively completely fully strictly both all apparently kinda sort so maybe perhaps formally happily
  sadly unfortunately fortunately luckily today newly quite super very pretty since longer presently nowadays`);

export const STOP_WORDS: ReadonlySet<string> = wordSet(`
  a an the this that these those some any each every no my your his her its our their mine yours ours theirs i you he she it we they me
  him us them myself yourself himself herself itself ourselves themselves who whom which what whose and or but so nor yet if then than
  because as of at by for with about against between into through during before after above below to from up down in out on off over
  under again once here there when where why how all both few more most other such only own same too very just also even still now am is
  are was were be been being 'm 're 's 've 'd 'll have has had having do does did doing will would shall should can could may might must
  ought n't not never ain wo gonna going really quite pretty lot lots kind sort thing things bit well oh yeah yes ok okay please thanks
  thank hey hi hello wow cool great nice good much many something anything everything nothing someone anyone everyone get got let us like
  way back one ones user user's others`);

export const PREPOSITIONS: ReadonlySet<string> = wordSet(
  "in at on near to from for with without by of about into onto over under through during since until till before after between around across behind inside outside towards toward along via per within against as than off up down",
);

/** Words at which a name, place or thing ends. */
export const PHRASE_STOPS: ReadonlySet<string> = wordSet(`
  and but or so because since for with while when where which who whose that after before until till although though if unless now then
  anymore nowadays lately currently recently today yesterday tomorrow tonight again instead already these this last next as at from to
  during about via every by than is are was were has have had i we he she they it you my our too also permanently temporarily starting
  effective though right once just per rather not . ! ? ; : ( ) " “ ” … — – -> =>`);

export const DETERMINERS: ReadonlySet<string> = wordSet(
  "a an the my our his her their its this that these those some any your",
);

/** Adjectives in front of a thing that say which version is meant, not which thing. */
export const VERSION_ADJECTIVES: ReadonlySet<string> = wordSet(
  "new newest current old older former previous latest updated original actual real final present existing own revised main primary next usual regular official full legal preferred upcoming total overall whole",
);

export const DAYS: ReadonlySet<string> = wordSet(
  "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon tue tues wed thu thur thurs fri sat sun",
);

export const MONTHS: ReadonlySet<string> = wordSet(
  "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec",
);

/** Kinship words and the family slot they fill. */
export const KIN: ReadonlyMap<string, string> = new Map(
  `sister:sister brother:brother sis:sister bro:brother mother:mother mom:mother mum:mother mommy:mother mama:mother father:father dad:father
   papa:father son:son daughter:daughter kid:child child:child baby:child toddler:child husband:partner wife:partner spouse:partner partner:partner
   boyfriend:partner girlfriend:partner fiance:partner fiancé:partner fiancee:partner fiancée:partner grandma:grandmother grandmother:grandmother
   granny:grandmother nana:grandmother grandpa:grandfather grandfather:grandfather granddad:grandfather grandad:grandfather uncle:uncle aunt:aunt auntie:aunt cousin:cousin
   niece:niece nephew:nephew stepson:stepson stepdaughter:stepdaughter stepfather:stepfather stepmother:stepmother stepdad:stepfather stepmom:stepmother
   father-in-law:father-in-law mother-in-law:mother-in-law brother-in-law:brother-in-law sister-in-law:sister-in-law grandson:grandson
   granddaughter:granddaughter twin:twin`
    .split(/\s+/u)
    .map((entry) => entry.split(":") as [string, string]),
);

/** People who are not family: the slot is named after the relation. */
export const ASSOCIATES: ReadonlyMap<string, string> = new Map(
  `friend:friend bestie:friend buddy:friend roommate:roommate flatmate:roommate housemate:roommate neighbor:neighbor neighbour:neighbor boss:manager manager:manager
   supervisor:manager mentor:mentor colleague:colleague coworker:colleague co-worker:colleague teammate:colleague doctor:doctor gp:doctor physician:doctor
   dentist:dentist therapist:therapist psychiatrist:psychiatrist lawyer:lawyer attorney:lawyer accountant:accountant landlord:landlord landlady:landlord teacher:teacher
   tutor:tutor coach:coach trainer:trainer professor:professor advisor:advisor adviser:advisor assistant:assistant babysitter:babysitter
   nanny:nanny cleaner:cleaner hairdresser:hairdresser barber:barber client:client vet:vet veterinarian:vet physio:physiotherapist physiotherapist:physiotherapist
   instructor:instructor recruiter:recruiter classmate:classmate girlfriend:partner`
    .split(/\s+/u)
    .map((entry) => entry.split(":") as [string, string]),
);

export const PETS: ReadonlySet<string> = wordSet(
  "dog cat puppy kitten rabbit bunny hamster parrot turtle tortoise fish goldfish horse pony snake lizard gecko ferret bird budgie canary chicken hen goat pig hedgehog pup kitty labrador retriever poodle corgi husky beagle dachshund bulldog terrier collie shepherd tabby guineapig iguana axolotl",
);

export const FEMALE_KIN: ReadonlySet<string> = wordSet(
  "sister mother mom mum mama daughter wife girlfriend fiancee fiancée grandma grandmother granny nana aunt auntie niece stepdaughter stepmother stepmom mother-in-law sister-in-law granddaughter landlady",
);

export const MALE_KIN: ReadonlySet<string> = wordSet(
  "brother father dad papa son husband boyfriend fiance fiancé grandpa grandfather granddad grandad uncle nephew stepson stepfather stepdad father-in-law brother-in-law grandson",
);
