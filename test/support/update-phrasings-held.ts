import type { FreshPair } from "./update-phrasings-fresh.ts";

/**
 * Changes as people tell them in one line, of all of life, written before the rules for successors were looked at.
 * The rules were worked out on the first three of each four; the last, `HELD_PAIRS`, were never read for it.
 */
const ROWS = `
I commute to work by train, about 40 minutes each way. | Got myself an e-bike so I cycle to the office these days. | How do I get to work? | train | bike
My usual coffee order is a flat white. | Lately I've been getting a cortado every morning, converted by the barista. | What's my usual coffee order? | flat white | cortado
I'm learning Portuguese on Duolingo. | I dropped Portuguese and picked up Italian instead. | Which language am I learning? | Portuguese | Italian
My therapist is Dr. Lindqvist, we meet on Mondays. | Dr. Lindqvist retired, so I've been assigned to Dr. Amari. | Who is my therapist? | Lindqvist | Amari
We're saving up for a trip to Iceland. | Iceland turned out to be too pricey, the money's going toward the Azores. | Which trip are we saving for? | Iceland | Azores
I take 50 mg of sertraline. | My doctor upped the sertraline to 100 mg. | What dose of sertraline do I take? | 50 | 100
I run three times a week, usually 5k. | Knee's bad, so I had to give up running. Swimming it is. | What exercise do I do? | run | Swimming
Our dog Biscuit eats Royal Canin kibble. | The vet put Biscuit on Hill's after the stomach trouble. | What food does Biscuit eat? | Royal Canin | Hill's
My favourite band is The National. | These days nobody beats Big Thief for me, they're my new favourite band. | What's my favourite band? | The National | Big Thief
I use Notion for all my notes. | I've migrated everything from my notes over to Obsidian. | Which app do I use for notes? | Notion | Obsidian
I've got a joint account with Lloyds. | We closed the Lloyds account and opened one at Monzo. | Where is our joint account? | Lloyds | Monzo
My laptop runs Ubuntu. | Wiped the laptop and put Fedora on it. | What OS is on my laptop? | Ubuntu | Fedora
The kids are in bed by 7:30. | Bedtime for the kids has crept to 8:15. | When do the kids go to bed? | 7:30 | 8:15
My daughter is obsessed with dinosaurs. | Dinosaurs are out, my daughter only talks about space. | What is my daughter into? | dinosaurs | space
I'm reading Middlemarch before bed. | Finished Middlemarch, started on Piranesi last night. | What book am I reading? | Middlemarch | Piranesi
Gym membership is with PureGym. | Cancelled PureGym, joined the climbing wall at Ratho. | Which gym am I a member of? | PureGym | Ratho
I'm the treasurer of our allotment association. | At the AGM I stepped down as treasurer and was voted in as secretary. | What is my role in the allotment association? | treasurer | secretary
Our standup is at 9:15. | Standup got pushed to 10. | When is our standup? | 9:15 | 10
The project's deadline is 12 March. | They gave us an extension, deadline's 2 April. | When is the project deadline? | 12 March | 2 April
We deploy on Heroku. | We finished the move off Heroku last night, everything's running on Fly. | Where do we deploy? | Heroku | Fly
Our backend is written in Ruby. | The rewrite is done: backend is all Elixir. | What is our backend written in? | Ruby | Elixir
The database is MySQL 5.7. | We upgraded to Postgres over the weekend for the database. | Which database do we use? | MySQL | Postgres
I'm using Vim for coding. | Gave VS Code another try and it stuck, so that's my editor. | Which editor do I code in? | Vim | VS Code
My phone plan is with Vodafone. | I ported my number to Giffgaff. | Who is my phone provider? | Vodafone | Giffgaff
I weigh 84 kilos. | Down to 79 kilos this morning! | How much do I weigh? | 84 | 79
My hair is long and brown. | Chopped it all off, I've got a pixie cut in blonde. | What does my hair look like? | long | pixie
I'm single and happy with it. | Soooo I've got a boyfriend, his name's Mateo. | Am I in a relationship? | single | boyfriend
I vape, mostly mint. | It's been six weeks since I quit vaping. | Do I vape? | mint | quit
I eat meat, nothing is off the table. | I went vegetarian after that documentary. | What is my diet? | meat | vegetarian
I don't drink at all. | I've started having a glass of wine with dinner again. | Do I drink alcohol? | don't drink | wine
We host Sunday roast every week. | The Sunday roast thing moved to my sister's, we take turns no more. | Who hosts the Sunday roast? | We host | sister
My cat is called Pickle and she's three. | Pickle passed away in spring. We adopted a kitten called Juno. | What's my cat called? | Pickle | Juno
The wifi password is sunflower22. | Reset the router, wifi password is marble-otter. | What is the wifi password? | sunflower22 | marble-otter
The garden is just lawn. | Dug up the lawn, the garden is raised beds and gravel. | What is in our garden? | just lawn | raised beds
Our car is a diesel Passat. | Part-exchanged the Passat for an electric Ioniq. | What car do we have? | Passat | Ioniq
I play bass in a wedding band. | I left the wedding band; I play with a jazz trio. | Which band do I play in? | wedding | jazz
My insurance premium is £480. | Renewal came in, premium jumped to £615. | How much is my insurance premium? | 480 | 615
The mortgage is fixed at 1.9%. | Remortgaged, we're on 4.6% for the mortgage. | What rate is our mortgage? | 1.9 | 4.6
My thesis supervisor is Prof. Okafor. | Prof. Okafor took a post abroad, so Prof. Hartmann took me over. | Who supervises my thesis? | Okafor | Hartmann
I'm majoring in economics. | I switched my major to statistics. | What is my major? | economics | statistics
My thesis is about coral bleaching. | After talking to my advisor the thesis will be about kelp forests. | What is my thesis about? | coral | kelp
We take our coffee from a shop called Square Mile. | The beans come from Origin these days. | Where do we get our coffee beans? | Square Mile | Origin
My son's nursery is Little Acorns. | Little Acorns closed so he goes to Busy Bees. | Which nursery does my son go to? | Acorns | Busy Bees
I see the physio every week. | My physio said every fortnight will do. | How often do I see the physio? | every week | fortnight
My blood pressure pills are Ramipril. | The cough was awful so the GP changed me to Losartan. | Which blood pressure pills do I take? | Ramipril | Losartan
My dentist is on High Street. | Found a better dentist, she's on Canal Road. | Where is my dentist? | High Street | Canal Road
My parents live in Devon. | Mum and Dad sold up and bought a bungalow in Norfolk. | Where do my parents live? | Devon | Norfolk
My brother is engaged to Lucia. | My brother called off the engagement. He's with Hana. | Who is my brother with? | Lucia | Hana
My sister is pregnant. | My sister had the baby on Thursday, a little girl called Wren! | What is my sister's baby called, or is she pregnant? | is pregnant | Wren
My mother-in-law is staying with us. | My mother-in-law has gone home to Split. | Where is my mother-in-law? | staying with us | Split
My grandma walks with a cane. | Grandma had a fall, she's using a walker. | What does my grandma walk with? | cane | walker
My best mate Jonas is unemployed. | Jonas landed a job at Siemens. | What does Jonas do? | unemployed | Siemens
My niece is at uni in Warwick. | My niece transferred to Exeter. | Where is my niece studying? | Warwick | Exeter
My uncle owns a pub. | My uncle sold the pub and runs a B&B. | What does my uncle run? | owns a pub | B&B
My ex has the kids on weekends. | The court changed it: my ex has the kids on Wednesdays and Thursdays. | When does my ex have the kids? | weekends | Wednesdays
Our nanny is called Beata. | Beata handed in her notice; Chloe has taken over as our nanny. | Who is our nanny? | Beata | Chloe
The cleaner comes on Thursdays. | Swapped days with the cleaner, so Mondays from here on. | When does the cleaner come? | Thursdays | Mondays
The window cleaner charges 15 quid. | The window cleaner charges 20 quid since Christmas. | What does the window cleaner charge? | 15 | 20
I'm allergic to cats. | Had the shots, so cats are no problem any more. | Am I allergic to cats? | I'm allergic | no problem
I need reading glasses. | I had laser surgery in June so no more reading glasses. | Do I need reading glasses? | I need | laser
I'm training for the Berlin marathon. | Didn't get a place in Berlin. It'll be Valencia. | Which marathon am I training for? | Berlin | Valencia
My best 10k is 52 minutes. | I ran the 10k in 49:30 on Sunday, a new best. | What is my best 10k time? | 52 | 49:30
My chess rating is 1420. | Broke 1500 at last, my rating is 1512. | What is my chess rating? | 1420 | 1512
I support Everton. | After they sacked the manager I'm done with Everton. It's Brentford for me. | Which team do I support? | Everton | Brentford
We watch The Bear on Thursdays. | We've run out of The Bear, so Thursdays are for Slow Horses. | What do we watch on Thursdays? | The Bear | Slow Horses
My Netflix plan is Standard. | I downgraded Netflix to Basic. | Which Netflix plan do I have? | Standard | Basic
I subscribe to the Guardian. | Let the Guardian sub lapse, I'm reading the FT. | Which newspaper do I read? | Guardian | FT
Our bank is HSBC. | We moved all our banking to Starling. | Who do we bank with? | HSBC | Starling
My pension is with Scottish Widows. | I consolidated my pension into Vanguard. | Where is my pension? | Scottish Widows | Vanguard
I put 200 a month into savings. | Money's tight so I cut the savings to 80 a month. | How much do I save each month? | 200 | 80
I owe Karim 300 euros. | Paid Karim 200 back, so I owe him 100. | How much do I owe Karim? | 300 | 100
My student loan is at 14,000. | Student loan balance fell below 11,500. | How much student loan do I have left? | 14,000 | 11,500
My flight is at 6:40 am. | The airline rebooked me on the 11:05. | When is my flight? | 6:40 | 11:05
We're staying at the Ibis in Lyon. | Ibis was full of noise, so we've checked in at a guesthouse called Clos du Lac. | Where are we staying in Lyon? | Ibis | Clos du Lac
Our seats are 14A and 14B. | They reseated us in 22C and 22D. | What are our seats? | 14A | 22C
We leave for Greece on the 8th. | The strike means we're off to Greece on the 10th. | When do we leave for Greece? | 8th | 10th
Meeting Anna at Cafe Luna on Friday. | Anna can't do Cafe Luna, we settled on the Dockside instead. | Where am I meeting Anna? | Cafe Luna | Dockside
Book club meets at Ruth's. | Ruth is away so book club's at mine until spring. | Where does book club meet? | at Ruth's | at mine
Book club is reading Stoner. | Book club picked Trust for this month. | What is book club reading? | Stoner | Trust
The choir rehearses on Tuesdays. | The church needed Tuesdays, so choir is Wednesdays. | When does the choir rehearse? | choir rehearses on Tuesdays | Wednesdays
I sing alto. | The choir director put me with the sopranos. | What voice do I sing? | alto | soprano
I'm on a beginner pottery course. | They bumped me up to the intermediate pottery course. | Which pottery course am I on? | beginner | intermediate
I paint with oils. | I've gone over to watercolours, the fumes got to me. | What do I paint with? | oils | watercolours
My camera is a Nikon D750. | Sold all my Nikon gear and went Fuji, an X-T5. | Which camera do I have? | Nikon D750 | X-T5
I keep six chickens. | The fox got two, so four chickens left. | How many chickens do I have? | six | four
The sourdough starter lives on the counter. | I keep the starter in the fridge, feeding it daily was too much. | Where is my sourdough starter? | counter | fridge
We get a veg box every week. | We knocked the veg box down to every other week. | How often do we get a veg box? | every week | every other week
Our oven is gas. | New kitchen's in, oven is induction. | What kind of oven do we have? | gas | induction
The bedroom walls are grey. | Spent the weekend painting the bedroom terracotta. | What colour is the bedroom? | grey | terracotta
The sofa is from Ikea. | The old sofa went to the tip, we've got one from Loaf. | Where is our sofa from? | Ikea | Loaf
The thermostat's at 21. | Energy bills!! Thermostat's at 18. | What is the thermostat at? | 21 | 18
Our tenant is a student called Yusuf. | Yusuf's moved on, there's a couple called the Brandts in the flat. | Who is our tenant? | Yusuf | Brandts
I charge clients 60 an hour. | From January I bill 75 an hour. | What is my hourly rate? | 60 | 75
My biggest client is Novatek. | We lost Novatek; Corwin Labs brings in the most. | Who is my biggest client? | Novatek | Corwin
I'm working on the checkout redesign. | The checkout redesign shipped, I've been put on search. | What am I working on? | checkout redesign | search
I'm on call this week. | Pavel took the pager off me, so he's on call. | Who is on call? | I'm on call | Pavel
I work Monday to Thursday. | My hours changed, Tuesday to Friday. | Which days do I work? | Monday | Tuesday
I share an office with Greta. | They gave me my own office. | Who do I share an office with? | Greta | my own
I have 25 days of holiday. | After five years you get 28 days of holiday, so that's me. | How many days of holiday do I get? | 25 | 28
We're hiring a designer. | Designer's hired. We're looking for a data engineer. | Who are we hiring? | hiring a designer | data engineer
Our CEO is Margot Levin. | The board replaced Margot Levin with Dev Patel. | Who is our CEO? | Margot | Dev Patel
We're a team of eight. | Two people quit, leaving us at six. | How big is our team? | eight | six
Company has offices in Berlin and Riga. | Riga office shut down, it's just Berlin. | Where does the company have offices? | and Riga | just Berlin
Our startup is called Mealwise. | We rebranded to Forkful. | What is our startup called? | Mealwise | Forkful
Our seed round was led by Harrow. | Harrow backed out, Kestrel is leading. | Who is leading our seed round? | led by Harrow | Kestrel
My visa runs out in May. | I got the visa extended to November. | When does my visa run out? | May | November
I have Polish citizenship. | I became a Swedish citizen, had to hand back the Polish passport. | What is my citizenship? | Polish citizenship | Swedish
My driving test is on 4 June. | Failed to get the time off so the driving test's been shifted to 19 June. | When is my driving test? | 4 June | 19 June
I've a provisional licence. | Passed my test, so I'm fully licensed! | Do I have a full driving licence? | provisional | fully
My surname is Petrov. | Got married, it's Petrov-Lane. | What is my surname? | is Petrov. | Petrov-Lane
Everyone calls me Bex. | I go by Rebecca at the new place, nobody says Bex. | What do people call me? | calls me Bex | Rebecca
My pronouns are she/her. | I'd like you to use they/them for me. | What are my pronouns? | she/her | they/them
My email is lena@oldmail.com. | lena@fastpost.net is the address to reach me at. | What's my email? | oldmail | fastpost
My office number is 4410. | The switchboard gave me extension 5582. | What is my office phone number? | 4410 | 5582
The garage code's 7712. | Had to change the garage code after the break-in: 3049. | What is the garage code? | 7712 | 3049
Package pickup is at the kiosk. | Kiosk stopped doing parcels, they go to the petrol station. | Where do I pick up parcels? | kiosk | petrol station
I park on Elm Street. | Permit came through for Oak Avenue, so that's where I park. | Where do I park? | Elm | Oak
Kids take the number 12 bus. | The 12 got cut, kids take the 38. | Which bus do the kids take? | number 12 | 38
My alarm's at 6. | I sleep in till 7 since I went remote. | What time do I get up? | at 6 | till 7
I skip breakfast. | I have porridge every morning on doctor's orders. | What do I have for breakfast? | skip | porridge
I have sugar in my tea. | I take my tea without sugar, trying to be good. | Do I take sugar in my tea? | have sugar | without
My favourite restaurant is Zaytoun. | Zaytoun's gone downhill, Mangal is my go-to. | What's my favourite restaurant? | Zaytoun | Mangal
My go-to runner is the Brooks Ghost. | Shin splints went after I got the Hoka Clifton, only wear those. | Which running shoes do I wear? | Brooks | Hoka
I use Nivea on my face. | My dermatologist wants me on CeraVe. | What moisturiser do I use? | Nivea | CeraVe
I wear contact lenses. | Eye infection, so it's back to glasses for me. | Do I wear contacts or glasses? | contact | glasses
My jeans size is 34. | Lost some weight, my jeans are 32. | What size jeans do I wear? | 34 | 32
The baby sleeps in our room. | We've put the baby in her own room. | Where does the baby sleep? | our room | own room
Baby is on formula. | Weaned! Baby eats purees. | What does the baby eat? | formula | purees
Leo is scared of dogs. | Leo got over it, he adores dogs. | How does Leo feel about dogs? | scared | adores
Mia's best friend is Tilly. | Mia fell out with Tilly, it's all Saoirse Saoirse Saoirse. | Who is Mia's best friend? | Tilly | Saoirse
Max plays left back. | Coach made Max the goalkeeper. | What position does Max play? | left back | goalkeeper
Emma has braces. | Emma got her braces off today. | Does Emma have braces? | has braces | off
Dad's driving a taxi. | Dad packed in the taxi, he does school runs for the council. | What does Dad do? | driving a taxi | school runs
Mum's on the waiting list for a hip. | Mum had the hip done last Tuesday. | Has my mum had her hip operation? | waiting list | done
Sofie is in Bangkok on her gap year. | Sofie's reached Hanoi. | Where is Sofie on her gap year? | Bangkok | Hanoi
Raj and Priti are married. | Raj and Priti have separated. | Are Raj and Priti together? | married | separated
Hugo rents a studio in Basel. | Hugo bought a two-bed in Zug. | Where does Hugo live? | Basel | Zug
My trainer is called Viktor. | Viktor left for Dubai, I train with Simone. | Who is my trainer? | Viktor | Simone
My piano teacher is Mrs Alder. | I take piano lessons from a guy named Tobias. | Who is my piano teacher? | Alder | Tobias
My accountant is Fennimore. | Fired Fennimore, got an accountant called Yates. | Who is my accountant? | Fennimore | Yates
Our vet is Dr Quill. | We drive to Dr Marsh, Quill's practice shut. | Who is our vet? | Dr Quill | Marsh
I'm rooting for the wood burner option. | Changed my mind: heat pump. | What heating option do I want? | wood burner | heat pump
I'm leaning towards buying the Rav4. | Test drove the CX-5, and I'm leaning that way. | Which car am I leaning towards? | Rav4 | CX-5
I'd like a boy's name, Felix maybe. | We've settled on Caspian for the baby. | What name do we want for the baby? | Felix | Caspian
I want to be a paramedic. | I don't see myself as a paramedic any longer, midwifery is what I want. | What do I want to be? | be a paramedic. | midwifery
I'm aiming for 8,000 steps a day. | Upped my goal to 11,000 steps. | What is my daily step goal? | 8,000 | 11,000
I'm on level 40 in Stardew. | Reached year 3 and level 62 in Stardew. | What level am I on in Stardew? | 40 | 62
My character is a half-elf ranger. | My ranger died. Rolled up a dwarf cleric. | What character do I play? | half-elf | dwarf
Our D&D night is Friday. | D&D has moved to Sunday afternoons since Ben's new job. | When is our D&D night? | Friday | Sunday
I play on a PS4. | Treated myself to a Steam Deck, the PS4's in a box. | What do I play games on? | on a PS4. | Steam Deck
I have a 27-inch monitor. | I replaced the monitor with a 34-inch ultrawide. | What size is my monitor? | 27 | 34
The printer's a Brother. | The Brother died, got an Epson. | What printer do I have? | a Brother. | Epson
Home server runs on a Raspberry Pi. | I moved the home server onto a NUC. | What does my home server run on? | Raspberry | NUC
CI takes 20 minutes. | CI's down to 6 minutes after the caching work. | How long does CI take? | 20 | 6
API limit is 100 requests a minute. | They raised the API limit to 250 a minute. | What is the API limit? | 100 | 250
Feature branches go off develop. | We've dropped develop, branch off main. | Which branch do we branch from? | off develop. | main
We use two-space indentation. | Team voted, tabs it is. | What indentation do we use? | two-space | tabs
Our sprint is two weeks. | We're doing one-week sprints as an experiment. | How long is our sprint? | two weeks | one-week
Tests run with Jest. | Ripped out Jest, all tests are on Vitest. | What do we run tests with? | with Jest. | Vitest
Release is planned for October. | Release slipped into January. | When is the release? | October | January
The staging server is in Frankfurt. | Staging was relocated, it's in Dublin. | Where is the staging server? | Frankfurt | Dublin
We're on the free plan of Figma. | We're paying for Figma Professional. | Which Figma plan are we on? | free | Professional
Slack is where the team talks. | Team ditched Slack, it's all in Teams. | Where does the team talk? | Slack is where | Teams
Our logo's green. | The rebrand gave us an orange logo. | What colour is our logo? | green | orange
My tomato plants are on the balcony. | Carried the tomatoes into the greenhouse. | Where are my tomato plants? | balcony | greenhouse
The boat is moored in Whitby. | Sailed her round, she's moored in Hartlepool. | Where is the boat moored? | Whitby | Hartlepool
The tent is in the loft. | Lent the tent to Gareth. | Where is the tent? | loft | Gareth
The spare tyre is flat. | Got the spare fixed, all good. | What state is the spare tyre in? | flat | fixed
The fridge is broken. | The repair guy came, the fridge works. | Does the fridge work? | broken | works
The kettle whistles and leaks. | Binned the kettle, bought a Dualit. | What kettle do I have? | leaks | Dualit
My bike's at the shop. | I picked the bike up from the shop. | Where is my bike? | bike's at the shop | picked
Our fence is half done. | Fence is all finished! | How far along is our fence? | half | finished
My manuscript is at 40,000 words. | Hit 55,000 words on the manuscript. | How long is my manuscript? | 40,000 | 55,000
My agent is pitching to Faber. | Faber passed, my agent is pitching to Granta. | Who is my agent pitching to? | to Faber. | Granta
The podcast comes out on Mondays. | We release the podcast every other Friday. | When does the podcast come out? | Mondays | Friday
My blog is on WordPress. | The blog lives on Ghost. | What is my blog on? | WordPress | Ghost
Follower count is about 900. | Just passed 2,000 followers. | How many followers do I have? | 900 | 2,000
I volunteer at the food bank on Saturdays. | Couldn't keep up the food bank, I help at the library on Saturdays. | Where do I volunteer? | at the food bank on | library
I'm in the 9am yoga class. | Moved myself to the 6pm yoga class. | Which yoga class am I in? | 9am | 6pm
I'm a Christian. | I converted to Islam last year. | What is my religion? | Christian | Islam
I vote Labour. | I've joined the Greens and that's where my vote goes. | Who do I vote for? | Labour | Greens
I dislike olives. | I've come round to olives, I love them. | Do I like olives? | dislike | love
My favourite colour is teal. | I've gone off teal, mustard is my colour. | What is my favourite colour? | is teal. | mustard
Karl's my emergency contact. | Please put down Ines as my emergency contact. | Who is my emergency contact? | Karl | Ines
Aisha leads the design system work. | Aisha handed the design system work to Tom. | Who leads the design system work? | Aisha leads | Tom
`;

const PAIRS: readonly FreshPair[] = ROWS.trim()
  .split("\n")
  .map((line) => {
    const [before = "", after = "", question = "", oldValue = "", newValue = ""] = line.split(" | ");
    return { before, after, question, oldValue, newValue };
  });

export const HELD_PAIRS: readonly FreshPair[] = PAIRS.filter((_pair, at) => at % 4 === 3);
export const READ_PAIRS: readonly FreshPair[] = PAIRS.filter((_pair, at) => at % 4 !== 3);
