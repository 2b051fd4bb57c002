import type { UpdateScenario } from "./update-phrasings.ts";

/**
 * What was so, what became of it, a question about now and one about then, the value before, the value now: changes
 * as people tell them, written before the rules and the failures of the other sets were read. Its counts, never its
 * texts, chose some thresholds of today's rules: `update-phrasings-later.ts` is the measure that has seen none.
 */
const ROWS = `
I'm doing the Tuesday pottery class with Fiona. | Pottery clashed with choir, so I've gone over to the Sunday class. | Which day is my pottery class? | Which day was my pottery class? | Tuesday | Sunday
My physio is a guy called Brendan. | Brendan retired, and Aoife has taken me on as a physio patient. | Who is my physio? | Who was my physio? | Brendan | Aoife
I get my coffee beans from Square Mile. | I've been buying my beans from Hasbean for a while now. | Where do I buy my coffee beans? | Where did I buy my coffee beans? | Square Mile | Hasbean
Our wedding is booked for the 14th of June. | We had to push the wedding back to the 6th of September. | When is our wedding? | When was our wedding supposed to be? | 14th of June | 6th of September
The baby wakes up about five times a night. | Good news, the baby only wakes twice a night at this point. | How often does the baby wake at night? | How often did the baby wake at night? | five | twice
I read mostly crime fiction. | These days it's mostly poetry that I read. | What do I mostly read? | What did I mostly read? | crime | poetry
Our dog Biscuit sleeps in the kitchen. | Biscuit has started sleeping on the landing. | Where does Biscuit sleep? | Where did Biscuit sleep? | kitchen | landing
My commute takes about 50 minutes. | With the new station open my commute is down to 25 minutes. | How long is my commute? | How long was my commute? | 50 | 25
We bank with Lloyds. | We've moved our accounts to Starling. | Which bank are we with? | Which bank were we with? | Lloyds | Starling
I take 20 mg of citalopram. | The doctor has upped my citalopram to 40 mg. | What dose of citalopram do I take? | What dose of citalopram did I take? | 20 | 40
I weigh about 92 kilos. | Stepped on the scales this morning: 84 kilos. | How much do I weigh? | How much did I weigh? | 92 | 84
My thesis supervisor is Professor Lindqvist. | Lindqvist went to Uppsala, so Professor Haddad is supervising my thesis. | Who supervises my thesis? | Who supervised my thesis? | Lindqvist | Haddad
My son is learning the trumpet. | He's dropped the trumpet and gone for the cello. | Which instrument is my son learning? | Which instrument was my son learning? | trumpet | cello
The book club meets at Nadia's. | Book club is round at Tomasz's place from now on. | Where does the book club meet? | Where did the book club meet? | Nadia | Tomasz
We're flying out with KLM. | KLM cancelled on us, so we've rebooked with Finnair. | Which airline are we flying with? | Which airline were we flying with? | KLM | Finnair
I play left back for the Sunday team. | The manager has me playing in goal nowadays. | Which position do I play? | Which position did I play? | left back | goal
My daughter wants to be a vet. | She's changed her mind, she'd like to be a pilot. | What does my daughter want to be? | What did my daughter want to be? | vet | pilot
The car's in the Hope Street garage. | I've had to park the car in the multi-storey on Duke Street instead. | Where is my car parked? | Where was my car parked? | Hope Street | Duke Street
I have my hair dyed auburn. | Went to the salon and came out platinum. | What colour is my hair? | What colour was my hair? | auburn | platinum
Our energy supplier is Octopus. | We signed up with Ovo when the Octopus deal ran out. | Who is our energy supplier? | Who was our energy supplier? | Octopus | Ovo
I'm studying Portuguese on Duolingo. | Portuguese got shelved, I'm on to Welsh. | Which language am I studying? | Which language was I studying? | Portuguese | Welsh
We usually holiday in Cornwall. | The last few years we've holidayed in Brittany. | Where do we usually go on holiday? | Where did we usually go on holiday? | Cornwall | Brittany
My alarm is set for 6:15. | I've reset my alarm to 7:30. | What time is my alarm set for? | What time was my alarm set for? | 6:15 | 7:30
The wifi network is called BatCave. | I renamed the wifi to SlowLane. | What is our wifi called? | What was our wifi called? | BatCave | SlowLane
Our release is due on the 3rd of May. | The release has slipped to the 20th of May. | When is our release due? | When was our release due? | 3rd | 20th
The api rate limit is 100 requests per minute. | We've lifted the api rate limit to 250 requests per minute. | What is the api rate limit? | What was the api rate limit? | 100 | 250
Our services log to Splunk. | All services have been cut over to Loki for logging. | Where do our services log to? | Where did our services log to? | Splunk | Loki
The frontend is written in Angular. | We rewrote the frontend in Svelte. | What is the frontend written in? | What was the frontend written in? | Angular | Svelte
Our staging box lives on Hetzner. | Staging has been migrated off Hetzner onto Scaleway. | Where is our staging hosted? | Where was our staging hosted? | Hetzner | Scaleway
I use Vim for everything. | After ten years of Vim I've settled on Helix. | Which editor do I use? | Which editor did I use? | Vim | Helix
Standup is at 9:45. | Standup's been shifted to 10:30 for the Americans. | When is standup? | When was standup? | 9:45 | 10:30
We track our bugs in Jira. | The bugs have all been moved across to Linear. | Where do we track our bugs? | Where did we track our bugs? | Jira | Linear
Deploys go out on Thursdays. | We stopped deploying on Thursdays; it's Mondays. | On which day do we deploy? | On which day did we deploy? | Thursdays | Mondays
The on-call person this quarter is Wiktor. | Wiktor handed on-call over to Shreya. | Who is on call? | Who was on call? | Wiktor | Shreya
Our main database has 8 replicas. | We scaled the main database to 12 replicas. | How many replicas does our main database have? | How many replicas did our main database have? | 8 | 12
The office manager is called Philippa. | Philippa left and Gareth is running the office. | Who is the office manager? | Who was the office manager? | Philippa | Gareth
I'm a staff nurse on the stroke ward. | I was transferred to the cardiac ward. | Which ward do I work on? | Which ward did I work on? | stroke | cardiac
I supervise four apprentices. | With the new intake I've got seven apprentices under me. | How many apprentices do I supervise? | How many apprentices did I supervise? | four | seven
I invoice clients every two weeks. | My invoicing is monthly as of today. | How often do I invoice clients? | How often did I invoice clients? | two weeks | monthly
My day rate is 350 pounds. | I put my day rate up, it's 425 pounds. | What is my day rate? | What was my day rate? | 350 | 425
My biggest client is Hartwell and Sons. | Hartwell have been overtaken by Meridian as my biggest client. | Who is my biggest client? | Who was my biggest client? | Hartwell | Meridian
I'm saving for a kayak. | Forget the kayak, the savings are going towards a piano. | What am I saving for? | What was I saving for? | kayak | piano
We've got 4,000 in the holiday fund. | The holiday fund is up to 6,500. | How much is in the holiday fund? | How much was in the holiday fund? | 4,000 | 6,500
My mortgage rate is 2.1 percent. | Our fix ended and the mortgage rate jumped to 5.3 percent. | What is my mortgage rate? | What was my mortgage rate? | 2.1 | 5.3
Our cleaner comes on Wednesdays. | Cleaner's switching to Saturdays. | What day does the cleaner come? | What day did the cleaner come? | Wednesdays | Saturdays
Grandma lives with my aunt in Derby. | Grandma's been moved into a care home in Stafford. | Where does Grandma live? | Where did Grandma live? | Derby | Stafford
My brother is going out with Yasmin. | Yasmin's history, my brother is seeing Carla. | Who is my brother going out with? | Who was my brother going out with? | Yasmin | Carla
My sister works in a bakery. | My sister has taken a job in a bookshop. | Where does my sister work? | Where did my sister work? | bakery | bookshop
Dad drives a Volvo. | Dad's got himself a Skoda. | What does my dad drive? | What did my dad drive? | Volvo | Skoda
My best mate Olu is living in Lagos. | Olu has relocated to Toronto. | Where does Olu live? | Where did Olu live? | Lagos | Toronto
Our neighbour at number 12 is Mr Petrov. | The Petrovs sold up; the Okafors are in number 12. | Who lives at number 12? | Who lived at number 12? | Petrov | Okafors
My wife is five months pregnant. | My wife's seven months along already. | How many months pregnant is my wife? | How many months pregnant was my wife? | five | seven
My niece is in Year 2. | My niece has gone up into Year 3. | Which year is my niece in? | Which year was my niece in? | Year 2 | Year 3
The twins go to Oakfield nursery. | We took the twins out of Oakfield and put them in Little Acorns. | Which nursery do the twins go to? | Which nursery did the twins go to? | Oakfield | Little Acorns
My son's bedtime is half seven. | My son goes to bed at quarter past eight, he's a big boy. | What is my son's bedtime? | What was my son's bedtime? | half seven | quarter past eight
Our babysitter is Jodie. | Jodie's off to uni, and we get Megan to babysit. | Who is our babysitter? | Who was our babysitter? | Jodie | Megan
I'm vegetarian. | I've gone full vegan. | What is my diet? | What was my diet? | vegetarian | vegan
I drink oat milk. | Oat milk upset my stomach, so I'm drinking soya. | Which milk do I drink? | Which milk did I drink? | oat | soya
I have three cups of coffee a day. | I've cut down to one cup of coffee a day. | How many cups of coffee do I have a day? | How many cups of coffee did I have a day? | three | one
My favourite restaurant is Dishoom. | Lately nothing beats Padella, it's my favourite restaurant. | What is my favourite restaurant? | What was my favourite restaurant? | Dishoom | Padella
We order our groceries from Ocado. | We've ditched Ocado for Waitrose. | Who do we order our groceries from? | Who did we order our groceries from? | Ocado | Waitrose
Our Friday takeaway is Thai. | Friday takeaway has become Lebanese in this house. | What is our Friday takeaway? | What was our Friday takeaway? | Thai | Lebanese
I run 15 km a week. | I'm up at 30 km a week with my running. | How far do I run a week? | How far did I run a week? | 15 | 30
My 5k best is 27:40. | Knocked my 5k best down to 25:12 at the weekend. | What is my 5k best? | What was my 5k best? | 27:40 | 25:12
I go to the gym at lunchtime. | I've become a morning gym person. | When do I go to the gym? | When did I go to the gym? | lunchtime | morning
I swim at the Aquadome. | Aquadome closed for repairs and I'm swimming at Kings Hall. | Where do I swim? | Where did I swim? | Aquadome | Kings Hall
My yoga teacher is Saskia. | Yoga's taught by Henrik since Saskia's accident. | Who is my yoga teacher? | Who was my yoga teacher? | Saskia | Henrik
I ride a Trek bike. | I sold the Trek and bought myself a Cannondale. | What bike do I ride? | What bike did I ride? | Trek | Cannondale
I'm training for a half marathon. | I've pulled out of the half marathon, I'm training for a triathlon. | What am I training for? | What was I training for? | marathon | triathlon
My physio exercises are ten minutes a day. | She wants me doing 20 minutes of physio exercises a day. | How long should my physio exercises be a day? | How long were my physio exercises a day? | ten | 20
My blood pressure is 145 over 95. | Got my blood pressure checked again and it's 128 over 82. | What is my blood pressure? | What was my blood pressure? | 145 | 128
I see the dentist at Smile Studio. | I left Smile Studio and registered at Bridge Dental. | Which dentist am I registered with? | Which dentist was I registered with? | Smile Studio | Bridge Dental
My hayfever tablets are loratadine. | The chemist swapped my hayfever tablets for fexofenadine. | What hayfever tablets do I take? | What hayfever tablets did I take? | loratadine | fexofenadine
I sleep about five hours. | I'm getting eight hours of sleep lately. | How many hours do I sleep? | How many hours did I sleep? | five | eight
My therapy sessions are weekly. | Therapy has gone to fortnightly. | How often are my therapy sessions? | How often were my therapy sessions? | weekly | fortnightly
I wear size 10 shoes. | My feet grew, I need an 11 in shoes. | What is my shoe size? | What was my shoe size? | 10 | 11
I've got 23 houseplants. | The collection's grown to 31 houseplants. | How many houseplants do I have? | How many houseplants did I have? | 23 | 31
My phone is a Nokia. | I finally binned the Nokia and have a Fairphone. | What phone do I have? | What phone did I have? | Nokia | Fairphone
My mobile contract is with Giffgaff. | I ported my number over to Smarty. | Who is my mobile contract with? | Who was my mobile contract with? | Giffgaff | Smarty
I listen to podcasts on Overcast. | Moved all my podcasts into Castro. | Which app do I use for podcasts? | Which app did I use for podcasts? | Overcast | Castro
I keep my passwords in LastPass. | My passwords live in Bitwarden since the LastPass breach. | Where do I keep my passwords? | Where did I keep my passwords? | LastPass | Bitwarden
I write my notes in Evernote. | I'm all in on Obsidian for notes. | Where do I write my notes? | Where did I write my notes? | Evernote | Obsidian
My laptop runs Fedora. | I wiped Fedora and put Debian on my laptop. | What does my laptop run? | What did my laptop run? | Fedora | Debian
My laptop has 8 GB of RAM. | I upgraded the laptop to 32 GB of RAM. | How much RAM does my laptop have? | How much RAM did my laptop have? | 8 | 32
My username on the forum is stormcrow. | I go by greywren on the forum these days. | What is my username on the forum? | What was my username on the forum? | stormcrow | greywren
My email is lena@oldmail.example. | Please write to me at lena@newpost.example from today. | What is my email? | What was my email? | lena@oldmail.example | lena@newpost.example
My phone number ends in 4471. | I got a new number, it ends in 9023. | What does my phone number end in? | What did my phone number end in? | 4471 | 9023
My surname is Kowalski. | I took my husband's name, so it's Brandt. | What is my surname? | What was my surname? | Kowalski | Brandt
I'm engaged to Matteo. | Matteo and I called it off; I'm single. | Am I engaged or single? | Was I engaged or single? | engaged | single
I'm 34 years old. | Turned 35 on Saturday. | How old am I? | How old was I? | 34 | 35
I live at 8 Elm Grove. | New address: 51 Canal Walk. | What is my address? | What was my address? | Elm Grove | Canal Walk
I'm based in our Lyon office. | They've relocated me to our Ghent office. | Which office am I based in? | Which office was I based in? | Lyon | Ghent
I rent a studio in Peckham. | I gave up the studio and I'm lodging in Deptford. | Where am I living? | Where was I living? | Peckham | Deptford
Our house has three bedrooms. | The loft conversion means our house has four bedrooms. | How many bedrooms does our house have? | How many bedrooms did our house have? | three | four
The living room carpet is beige. | We tore up the beige, the living room carpet is charcoal. | What colour is the living room carpet? | What colour was the living room carpet? | beige | charcoal
The spare key is under the blue pot. | I've hidden the spare key in the shed. | Where is the spare key? | Where was the spare key? | pot | shed
The boiler is a Vaillant. | The Vaillant packed up, we have a Worcester boiler. | What boiler do we have? | What boiler did we have? | Vaillant | Worcester
The heating comes on at 6. | I've changed the heating to come on at 5. | When does the heating come on? | When did the heating come on? | 6 | 5
The alarm code is 2840. | Alarm code changed: 7719. | What is the alarm code? | What was the alarm code? | 2840 | 7719
We have two cats. | We took in a stray, so that's three cats. | How many cats do we have? | How many cats did we have? | two | three
Our cat eats Whiskas. | The vet put our cat on Purina. | What does our cat eat? | What did our cat eat? | Whiskas | Purina
Pepper goes to the vet on Mill Road. | We take Pepper to the vet in Histon now. | Which vet does Pepper go to? | Which vet did Pepper go to? | Mill Road | Histon
I walk the dog before work. | I've got into the habit of walking the dog after dinner. | When do I walk the dog? | When did I walk the dog? | before work | after dinner
My horse is stabled at Fernhill. | My horse has been moved to Ridge Farm livery. | Where is my horse stabled? | Where was my horse stabled? | Fernhill | Ridge Farm
I'm growing tomatoes on the allotment. | The allotment is all squash this year. | What am I growing on the allotment? | What was I growing on the allotment? | tomatoes | squash
I'm knitting a scarf. | Scarf is done, I'm knitting a jumper. | What am I knitting? | What was I knitting? | scarf | jumper
I'm reading Middlemarch. | Finished Middlemarch, started Piranesi. | Which book am I reading? | Which book was I reading? | Middlemarch | Piranesi
We're watching Severance in the evenings. | We've moved on to Slow Horses in the evenings. | Which series are we watching? | Which series were we watching? | Severance | Slow Horses
I'm on chapter 4 of my novel. | I've got to chapter 9 of my novel. | Which chapter of my novel am I on? | Which chapter of my novel was I on? | 4 | 9
My novel's working title is Salt. | I've retitled the novel Undertow. | What is the title of my novel? | What was the title of my novel? | Salt | Undertow
My favourite band is Elbow. | If you'd ask me today I'd say my favourite band is Khruangbin. | What is my favourite band? | What was my favourite band? | Elbow | Khruangbin
I support Everton. | I've defected and support Brighton. | Which team do I support? | Which team did I support? | Everton | Brighton
My chess rating is 1420. | My chess rating climbed to 1515. | What is my chess rating? | What was my chess rating? | 1420 | 1515
I play bass in a band called Night Bus. | Night Bus split and I joined The Lanterns on bass. | Which band am I in? | Which band was I in? | Night Bus | Lanterns
Choir rehearsals are in St Luke's. | St Luke's is being repaired so choir rehearses in the town hall. | Where are choir rehearsals? | Where were choir rehearsals? | Luke | town hall
The D&D campaign is run by Callum. | Callum's burnt out and Iris is running the D&D campaign. | Who runs the D&D campaign? | Who ran the D&D campaign? | Callum | Iris
My character in the campaign is a bard. | My bard died, I rolled up a paladin. | What is my character in the campaign? | What was my character in the campaign? | bard | paladin
I'm chair of the parents' association. | I stepped down as chair and I'm treasurer of the parents' association. | What is my role in the parents' association? | What was my role in the parents' association? | chair | treasurer
I volunteer at the food bank. | I no longer do the food bank, I help out at the hospice. | Where do I volunteer? | Where did I volunteer? | food bank | hospice
The fundraiser target is 2,000 pounds. | We've raised the fundraiser target to 3,500 pounds. | What is the fundraiser target? | What was the fundraiser target? | 2,000 | 3,500
Our party will be at the Rose and Crown. | The Rose and Crown fell through, the party's happening at the cricket club. | Where is our party? | Where was our party going to be? | Rose and Crown | cricket club
We're expecting 40 guests. | The guest list has crept up to 65. | How many guests are we expecting? | How many guests were we expecting? | 40 | 65
The cake will be lemon. | We decided on carrot for the cake. | What flavour will the cake be? | What flavour was the cake going to be? | lemon | carrot
My flight leaves at 14:20. | The airline has rescheduled my flight for 16:55. | When does my flight leave? | When did my flight leave? | 14:20 | 16:55
We're staying at the Hotel Bristol. | We cancelled the Bristol and got an apartment at Casa Verde. | Where are we staying? | Where were we staying? | Bristol | Casa Verde
My seat is 14C. | They bumped me to seat 3A. | What is my seat? | What was my seat? | 14C | 3A
I'm going to Iceland in October. | Change of plan: Madeira in October. | Where am I going in October? | Where was I going in October? | Iceland | Madeira
My dentist appointment is on Monday at 11. | The surgery rang, and my dentist appointment will be on Thursday at 11 instead. | What day is my dentist appointment? | What day was my dentist appointment? | Monday | Thursday
The viewing is at noon. | The agent has put the viewing back till 3. | What time is the viewing? | What time was the viewing? | noon | 3
My exam is in room 204. | They've swapped the exam room, it's 118. | Which room is my exam in? | Which room was my exam in? | 204 | 118
I'm taking a course in statistics. | I dropped statistics for a course in linguistics. | What course am I taking? | What course was I taking? | statistics | linguistics
I'm majoring in economics. | I'm majoring in geology, economics wasn't for me. | What is my major? | What was my major? | economics | geology
My tutor group is with Mr Ferris. | I've been put into Ms Oyelaran's tutor group. | Whose tutor group am I in? | Whose tutor group was I in? | Ferris | Oyelaran
I work 40 hours a week. | I've gone part time, 24 hours a week. | How many hours a week do I work? | How many hours a week did I work? | 40 | 24
I've got 25 days of holiday a year. | My holiday allowance went to 28 days a year. | How many days of holiday do I have a year? | How many days of holiday did I have a year? | 25 | 28
I'm an estate agent. | I retrained and I'm an electrician. | What is my job? | What was my job? | estate agent | electrician
My boss is Ingrid. | Ingrid got promoted away, so Desmond's the boss. | Who is my boss? | Who was my boss? | Ingrid | Desmond
The chief executive of our company is Laura Penn. | The board replaced Laura Penn with Victor Amis. | Who is the chief executive of our company? | Who was the chief executive of our company? | Penn | Amis
Our head office is in Reading. | Head office is relocating, it's in Slough from this point on. | Where is our head office? | Where was our head office? | Reading | Slough
Our sprint length is two weeks. | We decided to run three week sprints. | How long are our sprints? | How long were our sprints? | two | three
We're a team of eleven. | With Joss leaving we're down to ten. | How big is our team? | How big was our team? | eleven | ten
I sit next to Bogdan. | In the reshuffle I ended up next to Marguerite. | Who do I sit next to? | Who did I sit next to? | Bogdan | Marguerite
The client call is on Zoom. | The client call will be over Teams from here on in. | What is the client call on? | What was the client call on? | Zoom | Teams
The quarterly review is with Antonia. | My quarterly review got reassigned to Rupert. | Who is my quarterly review with? | Who was my quarterly review with? | Antonia | Rupert
Please reply to me in German. | I'd prefer that you reply in Danish going forward. | Which language should you reply in? | Which language were you to reply in? | German | Danish
Keep your answers under 100 words. | You may go up to 300 words in your answers. | How long may your answers be? | How long could your answers be? | 100 | 300
Call me Maddie. | I'd rather be called Maddox from today on. | What should you call me? | What were you to call me? | Maddie | Maddox
Use metric units for me. | Would you mind using imperial units for me? | Which units should you use? | Which units were you to use? | metric | imperial
I go to work by bus. | I've bought a moped and go to work on that. | How do I get to work? | How did I get to work? | bus | moped
My train leaves from platform 2. | They've changed it, my train leaves from platform 7. | Which platform does my train leave from? | Which platform did my train leave from? | platform 2 | platform 7
My car insurance is with Aviva. | The car's insured through Admiral since the renewal. | Who is my car insurance with? | Who was my car insurance with? | Aviva | Admiral
My car has 60,000 miles on the clock. | My car hit 75,000 miles on the clock. | How many miles has my car got on the clock? | How many miles did my car have on the clock? | 60,000 | 75,000
I pay 40 pounds a month for the gym. | The gym's gone up to 48 pounds a month. | How much do I pay for the gym a month? | How much did I pay for the gym a month? | 40 | 48
I get the Guardian. | I cancelled the Guardian and subscribe to the Economist. | Which paper do I get? | Which paper did I get? | Guardian | Economist
I have the electric car charge at night. | The electric car charges in the afternoon off the solar panels nowadays. | When does the electric car charge? | When did the electric car charge? | night | afternoon
The allotment's plot number is 17. | We were given a bigger allotment, plot number 32. | What is our allotment's plot number? | What was our allotment's plot number? | 17 | 32
I vote for the Greens. | I don't vote Green any more, I've joined the Lib Dems. | Who do I vote for? | Who did I vote for? | Greens | Lib Dems
My landlord is Stavros. | The building changed hands: the landlord is Priory Homes. | Who is my landlord? | Who was my landlord? | Stavros | Priory Homes
I'm afraid of flying. | Flying doesn't bother me any more, it's heights that I'm afraid of. | What am I afraid of? | What was I afraid of? | flying | heights
My favourite colour is teal. | I'm so over teal, mustard is the colour for me. | What is my favourite colour? | What was my favourite colour? | teal | mustard
My tailor is on Savile Lane. | I've found a tailor on Baker Row who's half the price, so I go there. | Where is my tailor? | Where was my tailor? | Savile Lane | Baker Row
`;

const DAY = 86_400_000;

/** One scenario for each pair, the change six to eleven weeks after what it changes. */
export function scenariosOf(rows: string, name: string): readonly UpdateScenario[] {
  return rows
    .trim()
    .split("\n")
    .map((row, index) => {
      const [before = "", after = "", question = "", questionThen = "", oldValue = "", newValue = ""] =
        row.split(" | ");
      if (newValue === "") throw new Error(`not a pair: ${row}`);
      const saidAt = Date.UTC(2023, 2, 1 + (index % 200), 8 + (index % 12));
      const changedAt = saidAt + (40 + (index % 37)) * DAY;
      return {
        id: `${name}-${index}`,
        family: question,
        origin: "blind",
        statements: [
          { text: before, value: oldValue, saidAt, namesOld: false },
          { text: after, value: newValue, saidAt: changedAt, namesOld: after.includes(oldValue) },
        ],
        question,
        questionThen,
        currentValue: newValue,
        oldValue,
        oldAsOf: changedAt - 10 * DAY,
        askedAt: changedAt + (3 + (index % 20)) * DAY,
      };
    });
}

export const UNSEEN_SCENARIOS: readonly UpdateScenario[] = scenariosOf(ROWS, "unseen");
