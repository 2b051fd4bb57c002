import { scenariosOf } from "./update-phrasings-unseen.ts";
import type { UpdateScenario } from "./update-phrasings.ts";

/**
 * Changes in the form of `update-phrasings-unseen.ts`, written after all rules of today by somebody who has seen neither
 * them nor any other set: how far they reach. Harder than life: 64 of 100 share no word with the question or with what
 * was said before. Whoever reads which of them fail, and mends that, has to write others.
 */
const ROWS = `
I take the 07:42 from Didcot to get to work. | New timetable kicked in on Sunday, I'm on the 08:05 and get a bit of a lie-in at last. | Which train do I take to work? | Which train did I take to work? | 07:42 | 08:05
Our landlord is Mr Okafor. | The house got sold in the spring and it's a Mrs Pettigrew who owns it and deals with repairs. | Who is our landlord? | Who was our landlord? | Okafor | Pettigrew
My daughter Nell plays the oboe in the school orchestra. | Nell got fed up with reeds and swapped to the French horn. | What instrument does Nell play? | What instrument did Nell play? | oboe | horn
Choir practice is on Mondays. | The scouts have the hall that night from this term on, which means we sing on Wednesdays. | What day is choir practice? | What day was choir practice? | Mondays | Wednesdays
I keep the spare key under the blue flowerpot. | After the break-in next door I didn't feel safe any more and handed the spare to Joan across the road, she's looking after it. | Where is my spare key? | Where was my spare key? | flowerpot | Joan
I'm reading Middlemarch at the moment. | gave up after 200 pages lol, it's Wolf Hall on my nightstand | Which novel am I reading? | Which novel was I reading before? | Middlemarch | Wolf Hall
We back up the family photos to the Synology in the cupboard. | That box died in the heat. All pictures get copied to Backblaze instead. | Where do our family photos get backed up? | Where did our family photos get backed up? | Synology | Backblaze
My code editor is Sublime Text. | The company is paying for PyCharm licences, and honestly I write everything in that these days. | Which code editor do I use? | Which code editor did I use? | Sublime | PyCharm
I take my coffee with two sugars. | Doctor's orders: none of the sweet stuff, only a splash of oat milk in my cup. | How do I take my coffee? | How did I take my coffee? | two sugars | oat milk
Our dog Biscuit eats Royal Canin. | Poor Biscuit's tummy couldn't cope, he was put on Purina by the vet. | What food does Biscuit eat? | What food did Biscuit eat? | Royal Canin | Purina
My boss is Henrike Vogel. | Following the reorg I report to Desmond. | Who is my boss? | Who was my boss? | Henrike | Desmond
The wifi password at home is penguin-soup-44. | New router, new code: marble-otter-19. Tell the guests. | What is our wifi password? | What was our wifi password? | penguin-soup-44 | marble-otter-19
I park at the Q-Park, level 3. | They wanted £28 a day!! I leave the car by the church on Mill Lane. | Where do I park? | Where did I park? | Q-Park | Mill Lane
My flight to Oslo leaves on 14 March. | Got an email from the airline, I've been rebooked to the 16th because of the strike. | When do I fly to Oslo? | When was I going to fly to Oslo? | 14 March | 16th
We're calling the baby Rowan. | Turns out my cousin took that one for hers, grr. She'll be Ottilie when she arrives. | What are we going to name the baby? | What were we going to name the baby? | Rowan | Ottilie
I've been a vegetarian since uni. | Grilled sardines in Lisbon broke me; I suppose that makes me a pescatarian. | What kind of diet do I follow? | What kind of diet did I follow? | vegetarian | pescatarian
I take 50 mg of sertraline in the morning. | Dr Lim upped the sertraline to 75 mg. | What dose of sertraline am I on? | What dose of sertraline was I on? | 50 mg | 75 mg
My dentist is Dr Shah on the High Street. | Nobody at that practice takes NHS patients any longer, and that's how I ended up having my teeth looked after by Kowalczyk. | Who is my dentist? | Who was my dentist? | Shah | Kowalczyk
Team standup is at 9:15. | It's half past ten for standup since the Denver folks joined us. | What time is the team standup? | What time was the team standup? | 9:15 | half past ten
We run our servers at Hetzner. | Finance insisted, and last weekend the whole fleet was moved over to OVH. | Where do our servers run? | Where did our servers run? | Hetzner | OVH
The database behind our web shop is MySQL. | We migrated the shop to Postgres in August, no downtime at all. | Which database does our web shop use? | Which database did our web shop use? | MySQL | Postgres
My mum lives in Hastings. | Mum couldn't manage the stairs any more, bless her. She's got a nice little bungalow in Bexhill. | Where does my mum live? | Where did my mum live? | Hastings | Bexhill
My brother Tomek works as a bus driver. | His back gave out, Tomek had to retrain, and he earns his living as a locksmith. | What does Tomek do for a living? | What did Tomek do for a living? | bus driver | locksmith
I drive an '09 Silverado. | Traded the old truck in on Saturday. There's a Kia Niro sitting in my driveway! | What car do I drive? | What car did I drive? | Silverado | Niro
We bank with Barclays. | They shut the branch in town, we left Barclays for Nationwide. | Which bank are we with? | Which bank were we with? | Barclays | Nationwide
My phone is a Pixel 6. | dropped it in the loo on sunday, rip. Galaxy S23 it is | Which phone do I have? | Which phone did I have? | Pixel | Galaxy
I go bouldering with Femke. | With her torn tendon she can't climb for good, so it's Luca on the other end of the mat. | Who do I go bouldering with? | Who did I go bouldering with? | Femke | Luca
I cut the grass with an old petrol Honda. | At last I treated myself: the lawn is kept short by a robot from Husqvarna. | What do I mow the lawn with? | What did I mow the lawn with? | Honda | Husqvarna
Our cleaner Ludmila comes on Tuesday mornings. | Ludmila swapped her clients around; we get her Friday afternoons. | When does our cleaner come? | When did our cleaner come? | Tuesday | Friday
I am learning Portuguese in the evenings. | I don't have motivation for that anymore, I changed to the Korean course. | Which language am I learning? | Which language was I learning? | Portuguese | Korean
I see my therapist Marta in her office on Elm Street. | Marta gave up her lease, our sessions happen over Zoom. | Where do I see my therapist? | Where did I see my therapist? | Elm Street | Zoom
My goal for the marathon is 3:45. | Being realistic after that knee thing, I'd be over the moon with 4:10, and that's what the training plan says as well. | What's my goal time for the marathon? | What was my goal time for the marathon? | 3:45 | 4:10
The rent on my studio is 1,150 euros. | A letter came from the agency: 1,240 per month for the studio as of the first. Sigh. | How much rent do I pay for my studio? | How much rent did I pay for my studio? | 1,150 | 1,240
My passport runs out in 2026. | The fresh one arrived in the post today, awful photo, good until 2035. | When does my passport expire? | When did my old passport expire? | 2026 | 2035
For hay fever I take cetirizine. | That stuff made me sleepy at the wheel; the pharmacist suggested loratadine and I've stuck with it all summer. | What do I take for hay fever? | What did I take for hay fever? | cetirizine | loratadine
Our son goes to St Wilfrid's. | Because of the bullying he's been moved to Oakfield, where he's much happier. | Which school does our son go to? | Which school did our son go to? | Wilfrid | Oakfield
Grandad is in room 12 at the care home. | They wanted him closer to the nurses, he's in 27. | Which room is Grandad in? | Which room was Grandad in? | 12 | 27
I work out at PureGym. | It was always rammed in there. My membership's with Nuffield as of last week. | Which gym do I go to? | Which gym did I go to? | PureGym | Nuffield
I go swimming at 6 am before everybody is up. | Can't manage the crack of dawn with a newborn. I do my lengths at lunchtime. | When do I go swimming? | When did I go swimming? | 6 am | lunchtime
My piano teacher charges £30 a lesson. | She's put her prices up to £36 for the piano. Fair enough. | How much is a piano lesson? | How much was a piano lesson? | £30 | £36
We watch the football on Sky. | The dish came off the roof last week and the matches are streamed through DAZN in this house. | What do we watch the football on? | What did we watch the football on? | Sky | DAZN
I get my veg box from Riverford. | Too much kale! Oddbox drops off our vegetables instead. | Who do I get my veg box from? | Who did I get my veg box from? | Riverford | Oddbox
Carla does my hair. | She moved to Spain with no warning whatsoever, and I let Dwayne loose on my fringe. Going back to him next month too. | Who is my hairdresser? | Who was my hairdresser? | Carla | Dwayne
We're getting married on 8 June. | The venue flooded. Wedding's been pushed back to 21 September. | When are we getting married? | When were we getting married originally? | 8 June | 21 September
Our honeymoon is going to be in Sri Lanka. | Well, we looked at the bank balance, and a week in Cornwall will have to do for the honeymoon. | Where are we going on our honeymoon? | Where were we going to go on our honeymoon? | Sri Lanka | Cornwall
My best man is Jonny. | He can't get a visa in time, gutted. My cousin Raf has agreed to hold the rings and give the speech. | Who is my best man? | Who was going to be my best man? | Jonny | Raf
My browser is Firefox. | Half the intranet kept breaking in it and I've gone over to Vivaldi. | Which browser do I use? | Which browser did I use? | Firefox | Vivaldi
I keep my notes in Evernote. | Everything has been exported to Obsidian, that's where I jot things down. | Where do I keep my notes? | Where did I keep my notes? | Evernote | Obsidian
My password manager is LastPass. | After I read about the leak I imported each and every login into Bitwarden and deleted the old account. | Which password manager do I use? | Which password manager did I use? | LastPass | Bitwarden
Our CI runs on Jenkins. | Builds and tests go through GitLab, nobody wanted to babysit that old machine any longer. | What does our CI run on? | What did our CI run on? | Jenkins | GitLab
Our backend is written in Ruby. | Took the better part of a year but the rewrite of the backend is live, it's all Elixir. | What language is our backend written in? | What language was our backend written in? | Ruby | Elixir
I have Ubuntu on my laptop. | Wiped the laptop yesterday and put Fedora on it. | What operating system is on my laptop? | What operating system was on my laptop? | Ubuntu | Fedora
At work we chat on Slack. | The new parent company pays for Microsoft, therefore all messages go over Teams, whether we like or not. | Which chat app do we use at work? | Which chat app did we use at work? | Slack | Teams
Invoices go to accounts@brightleaf.example. | Please tell suppliers to bill us at ledger@brightleaf.example, the other inbox isn't read by anyone. | Where do invoices go? | Where did invoices go? | accounts@ | ledger@
The kitten is called Mittens. | The kids held a vote behind my back and the kitten answers to Chairman Meow. | What is the kitten called? | What was the kitten called? | Mittens | Meow
Mrs Abernathy lives at number 9. | A couple named Sorensen got the keys to number 9 on Friday, the old lady went to stay with her son. | Who lives at number 9? | Who lived at number 9? | Abernathy | Sorensen
Recycling gets picked up every Thursday. | Leaflet from the council: Saturday for the recycling, starting this week. | What day does the recycling get picked up? | What day did the recycling get picked up? | Thursday | Saturday
I get my electricity from E.ON. | Octopus made me a better offer and my power has been coming from them since the 1st. | Who is my electricity supplier? | Who was my electricity supplier? | E.ON | Octopus
We heat the house with oil. | The tank was ripped out in May and a heat pump keeps us cosy. | How do we heat the house? | How did we heat the house? | oil | heat pump
Our bedroom is magnolia. | Spent the whole bank holiday up a ladder with a roller; it's sage green in there where we sleep. | What colour is our bedroom? | What colour was our bedroom? | magnolia | sage
I'm in the office three days a week. | The CEO wants bums on seats: all five, no exceptions, for me as well. | How many days a week am I in the office? | How many days a week was I in the office? | three | five
My desk is on the second floor by the elevators. | Facilities shifted our whole row to the annex, can't even see daylight. | Where is my desk? | Where was my desk? | second floor | annex
I work for Deloitte. | Since two months I am at Ocado, much better atmosphere. | Which company do I work for? | Which company did I work for? | Deloitte | Ocado
My job title is junior analyst. | promotion came through!!! senior associate, baby | What is my job title? | What was my job title? | junior analyst | senior associate
My salary is 41k. | The raise I asked for went through, it's 46.5k. | How much do I earn? | How much did I earn? | 41k | 46.5k
The grant report is due on 30 April. | The funder took pity on everybody, they don't want the grant report until 15 July. | When is the grant report due? | When was the grant report due? | 30 April | 15 July
My PhD supervisor is Professor Lindqvist. | He took a chair in Zurich, which left me stranded for a bit, and the department assigned me to Dr Amoah. | Who is my PhD supervisor? | Who was my PhD supervisor? | Lindqvist | Amoah
Friday nights we order from Luigi's. | Health inspectors closed that place, so the Bengal Lancer feeds us on Fridays. | Where do we order from on Friday nights? | Where did we order from on Friday nights? | Luigi | Bengal
I get up at 6:30. | No more school run means I can stay in bed till 7:10. | What time do I get up? | What time did I get up? | 6:30 | 7:10
I sleep on a memory foam mattress. | Woke up drenched every night, it went to the tip, and we're lying on a pocket-sprung one. | What kind of mattress do I sleep on? | What kind of mattress did I sleep on? | memory foam | pocket-sprung
My running shoes are Brooks. | The soles were worn right through. It's a pair of Sauconys I do my miles in. | What running shoes do I have? | What running shoes did I have? | Brooks | Saucony
My blood pressure is 150 over 95. | The nurse took it again today and was pleased, 128 over 82. | What is my blood pressure? | What was my blood pressure? | 150 | 128
I wear contact lenses. | My eyes got too dry for putting things in them; I have varifocals on my nose all day. | What do I wear to see properly? | What did I wear to see properly? | contact lenses | varifocals
My hernia operation is on 3 November. | The hospital rang, somebody dropped out and I'm going under the knife on 22 October already. | When is my hernia operation? | When was my hernia operation going to be? | 3 November | 22 October
I smoke about ten cigarettes a day. | The patches are doing their thing, I'm down to two ciggies. | How many cigarettes do I smoke a day? | How many cigarettes did I smoke a day? | about ten | down to two
I'm the goalie in our Sunday league side. | Lost my nerve after breaking that finger; the gaffer plays me at left back on Sundays. | What position do I play on Sundays? | What position did I play on Sundays? | goalie | left back
Our pub quiz team is called Quizzy Rascal. | By four votes to one it was decided that we compete as the Brain Drains at the quiz. | What is our pub quiz team called? | What was our pub quiz team called? | Rascal | Brain Drains
Book club meets at Yasmin's. | Her living room isn't big enough for all nine of us, we gather round at Hugo's to talk about what we've read. | Where does book club meet? | Where did book club meet? | Yasmin | Hugo
There are potatoes in the big raised bed. | Dug up the spuds. The big bed's full of garlic. | What is growing in the big raised bed? | What was growing in the big raised bed? | potatoes | garlic
I'm knitting a cardigan. | Ran out of patience with the sleeves, ripped the whole thing out, and the wool is turning into a baby blanket on my needles. | What am I knitting? | What was I knitting? | cardigan | blanket
I take pictures with a Nikon D750. | Flogged all that heavy gear on eBay. A tiny Fujifilm hangs round my neck on trips. | Which camera do I use? | Which camera did I use? | Nikon | Fujifilm
My chess rating is 1480. | Won five on the trot at the club, which got me to 1562! | What is my chess rating? | What was my chess rating? | 1480 | 1562
Our caravan is in Tenby. | The site there closed for good and my father-in-law towed it up to Abersoch. | Where is our caravan? | Where was our caravan? | Tenby | Abersoch
Ade's girlfriend is called Chloe. | That's over, tears and all. At Easter Ade brought home a Simone and introduced her as his other half. | Who is Ade's girlfriend? | Who was Ade's girlfriend? | Chloe | Simone
Kirsty babysits for us. | She's off to college, sadly. Mrs Dunne from the corner store minds the little ones when we go out. | Who is our babysitter? | Who was our babysitter? | Kirsty | Dunne
Our plumber is Big Steve. | He never calls back. If a pipe leaks we ring Anwar. | Who is our plumber? | Who was our plumber? | Steve | Anwar
My divorce lawyer is Ms. Castellano. | I fired her last week, Mr. Brandt is handling the divorce. | Who is my divorce lawyer? | Who was my divorce lawyer? | Castellano | Brandt
Our home insurance is with Aviva. | Premium had doubled when the renewal came. Hiscox covers the house and contents from today. | Who is our home insurance with? | Who was our home insurance with? | Aviva | Hiscox
My mobile number ends in 417. | Too many spam calls, I asked for another number. Last digits 902. | What does my mobile number end in? | What did my mobile number end in? | 417 | 902
My mobile provider is Vodafone. | Zero signal in the valley with them. I ported across to Giffgaff. | Who is my mobile provider? | Who was my mobile provider? | Vodafone | Giffgaff
I get to the station on my Brompton. | Some toad nicked it from the rack. I do that stretch on a scooter. | How do I get to the station? | How did I get to the station? | Brompton | scooter
The spare room is where I do my sewing. | Dad has come to live with us and it's in the spare room that he sleeps, machine and fabrics had to go. | What is the spare room used for? | What was the spare room used for? | sewing | he sleeps
We're having Christmas at my sister's. | Her oven packed up, would you believe it. Turkey's at Uncle Bernard's. | Where are we having Christmas? | Where were we going to have Christmas? | sister | Bernard
The treasurer of our tennis club is Nigel. | At the AGM of the tennis club Bhavna got voted in to look after the money. | Who is the treasurer of our tennis club? | Who was the treasurer of our tennis club? | Nigel | Bhavna
For my birthday we're going to see Hamilton. | No seats left anywhere. It'll be Matilda for my birthday, which I've always wanted to see anyway. | Which show are we going to see for my birthday? | Which show were we going to see for my birthday? | Hamilton | Matilda
My monitor is a 24 inch Dell. | IT shipped me a curved Samsung and that's what I stare at all day, the small one's in the attic. | What monitor do I have? | What monitor did I have? | Dell | Samsung
The dev server is on port 3000. | It clashed with the other app, you'll find dev at 4100. | Which port is the dev server on? | Which port was the dev server on? | 3000 | 4100
We deploy to production every other Wednesday. | Management was tired of waiting for features: we push to prod daily. | How often do we deploy to production? | How often did we deploy to production? | every other Wednesday | daily
We indent our code with tabs. | The argument is finally settled, the formatter enforces four spaces. | How do we indent our code? | How did we indent our code? | tabs | four spaces
Maisie wants to be a vet when she grows up. | Fainted at the sight of blood, poor thing. Ask Maisie this week and she'll say firefighter. | What does Maisie want to be when she grows up? | What did Maisie want to be when she grew up? | vet | firefighter
`;

export const LATER_SCENARIOS: readonly UpdateScenario[] = scenariosOf(ROWS, "later");
