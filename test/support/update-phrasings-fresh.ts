/** What was so, what became of it, a question about it, the value before, the value now. */
export interface FreshPair {
  readonly before: string;
  readonly after: string;
  readonly question: string;
  readonly oldValue: string;
  readonly newValue: string;
}

/**
 * Ways in which people say that something changed, one a line, written without sight of the other sets of phrasings.
 */
const ROWS = `
I work nights at the depot. | They've put me on days at the depot now. | Which shift do I work? | nights | days
I'm on the early shift at the moment. | I'm on the late shift from now on. | Which shift am I on? | early | late
I do three days a week in the office. | I'm down to two days a week in the office. | How many days a week am I in the office? | three | two
My line manager is Priya. | Priya's moved on, so I report to Marcus now. | Who is my manager? | Priya | Marcus
I'm a junior analyst at Barclays. | I got bumped up to senior analyst last month. | What is my job title? | junior | senior
Still at Leeds City Council. | Finally left, now at Bradford Council. | Where do I work? | Leeds | Bradford
I'm freelancing these days. | I've gone permanent with Thoughtworks. | Who do I work for? | freelancing | Thoughtworks
My desk is on the third floor. | They've moved my desk to the fifth floor. | Which floor is my desk on? | third | fifth
Our team lead is Hannah. | Since Hannah went on leave, Joel is leading the team. | Who leads our team? | Hannah | Joel
The marketing team is run by Olga. | The marketing team is run by Stefan these days. | Who runs the marketing team? | Olga | Stefan
There are six of us on the team. | There are nine of us on the team now. | How many people are on our team? | six | nine
I'm paid on the 25th. | From now on we get paid on the 28th. | What day do I get paid? | 25th | 28th
My salary is 42k. | They raised my pay to 47k. | What is my salary? | 42k | 47k
My notice period is one month. | My notice period has gone up to three months. | How long is my notice period? | one | three
I report into the Dublin office. | I now report into the Madrid office. | Which office do I report into? | Dublin | Madrid
I teach Year 4. | This term I teach Year 6. | Which year do I teach? | Year 4 | Year 6
I'm in charge of payments. | I'm in charge of onboarding now. | What am I in charge of? | payments | onboarding
The reception desk is staffed by Lena. | Reception is staffed by Omar now. | Who staffs reception? | Lena | Omar
My mentor at work is Ravi. | My mentor at work is now Celine. | Who is my mentor at work? | Ravi | Celine
I'm a nurse at St Mary's. | I've swapped St Mary's for Queen's Hospital. | Which hospital do I work at? | St Mary's | Queen's Hospital
We're renting a flat in Leith. | We've bought a place in Portobello. | Where do we live? | Leith | Portobello
I share the flat with Dom. | Dom's moved out and I share the flat with Ella now. | Who do I share my flat with? | Dom | Ella
My rent is 750 a month. | The landlord put up the rent to 820. | How much is my rent? | 750 | 820
Our landlord is Mr Keane. | The house was sold, so our landlord is Mrs Doyle now. | Who is our landlord? | Keane | Doyle
The spare room is my office. | The spare room is a nursery now. | What is the spare room used for? | office | nursery
Our kitchen is painted yellow. | We've painted the kitchen green. | What colour is our kitchen? | yellow | green
The bins go out on Tuesdays. | The bins go out on Fridays now. | When do the bins go out? | Tuesdays | Fridays
Our broadband is with Sky. | We switched the broadband to Zen. | Who is our broadband with? | Sky | Zen
The heating is set to 19 degrees. | I've turned the heating up to 21 degrees. | What is the heating set to? | 19 | 21
Spare key is under the mat. | Spare key is with the neighbour now. | Where is the spare key? | mat | neighbour
The alarm code is 4471. | We changed the alarm code, it's 9026 now. | What is the alarm code? | 4471 | 9026
Home is a houseboat in Bristol. | Home is a cottage in Frome these days. | Where is my home? | Bristol | Frome
Our electricity comes from Octopus. | Our electricity comes from Bulb now. | Who supplies our electricity? | Octopus | Bulb
I live by myself. | I live with my partner now. | Who do I live with? | myself | partner
My aunt's in Cork. | My aunt's in Galway now. | Where is my aunt? | Cork | Galway
My brother lives in Ghent. | My brother's moved to Antwerp. | Where does my brother live? | Ghent | Antwerp
My daughter goes to Hillside Primary. | My daughter has moved up to Kingsway High. | Which school does my daughter go to? | Hillside | Kingsway
My mum is a teacher. | My mum's retired now. | What does my mum do? | teacher | retired
My son plays the violin. | My son's given up the violin, he plays the drums now. | Which instrument does my son play? | violin | drums
My sister Clara works at Lidl. | Clara works at Aldi now. | Where does Clara work? | Lidl | Aldi
My best friend Tom drives a Fiat. | Tom traded the Fiat in, he drives a Kia now. | What car does Tom drive? | Fiat | Kia
My girlfriend's vegan. | My girlfriend eats fish again, so she's pescatarian. | What is my girlfriend's diet? | vegan | pescatarian
My cousin's flat is in Lyon. | My cousin's flat is in Nantes now. | Where is my cousin's flat? | Lyon | Nantes
Grandad's in Oakfield care home. | We moved Grandad to Willow Lodge. | Which care home is Grandad in? | Oakfield | Willow Lodge
I'm dating Sam. | Sam and I split up, I'm seeing Alex now. | Who am I dating? | Sam | Alex
My neighbour upstairs is Frau Weber. | Frau Weber moved out; the new neighbour upstairs is Herr Lang. | Who is my neighbour upstairs? | Weber | Lang
My boss's name is Ingrid. | My boss's name is Paolo now. | What is my boss called? | Ingrid | Paolo
My brother's girlfriend is called Mia. | My brother's girlfriend is called Noor now. | Who is my brother's girlfriend? | Mia | Noor
Maya's birthday party is at the bowling alley. | Maya's birthday party is at the trampoline park now. | Where is Maya's birthday party? | bowling | trampoline
My dad's car is a Volvo. | My dad's car is a Skoda these days. | What car does my dad have? | Volvo | Skoda
I drive an old Golf. | I've got a Tesla these days. | What car do I drive? | Golf | Tesla
My bike is a Trek. | Sold the Trek, my bike is a Canyon now. | What bike do I have? | Trek | Canyon
My phone's a Pixel. | My phone's an iPhone now. | What phone do I have? | Pixel | iPhone
The car is parked at the station. | The car is parked at the airport now. | Where is the car parked? | station | airport
The car's insured with Aviva. | The car is insured with Direct Line from this year. | Who is my car insured with? | Aviva | Direct Line
The van belongs to my brother. | The van belongs to Pete now. | Who owns the van? | brother | Pete
The bakery belongs to Luis. | Luis sold up; the bakery belongs to Ana now. | Who owns the bakery? | Luis | Ana
My watch is a Casio. | My watch is a Garmin nowadays. | Which watch do I wear? | Casio | Garmin
I wear size 42 shoes. | I wear size 43 shoes now. | What size shoes do I wear? | 42 | 43
Our boat is called Seagull. | We renamed the boat Petrel. | What is our boat called? | Seagull | Petrel
I keep my bike in the shed. | I keep my bike in the hallway now. | Where do I keep my bike? | shed | hallway
My passport's in the desk drawer. | I moved my passport to the safe. | Where is my passport? | drawer | safe
My glasses prescription is -2.5. | My glasses prescription is now -3. | What is my glasses prescription? | -2.5 | -3
We're getting married on 6 September. | Change of plan about the wedding. It's now on 20 September. | When is the wedding? | 6 September | 20 September
The barbecue is on Saturday the 3rd of May. | Because of the rain the barbecue has been moved to Sunday the 4th of May. | When is the barbecue? | 3 | 4
Our holiday this year is in Crete. | We're going to Sardinia instead for our holiday this year. | Where are we going on holiday this year? | Crete | Sardinia
The team offsite will be in Prague. | The team offsite will be in Vienna instead. | Where is the team offsite? | Prague | Vienna
I'm seeing the dentist on 12 March. | The dentist moved me to 19 March. | When is my dentist appointment? | 12 | 19
My flight leaves at 7:15. | They've brought my flight forward to 6:40. | When does my flight leave? | 7:15 | 6:40
Our hotel in Rome is the Artemide. | I rebooked us, our hotel in Rome is the Quirinale. | Which hotel in Rome are we staying at? | Artemide | Quirinale
Book club meets at Joan's. | Book club meets at the library now. | Where does book club meet? | Joan's | library
The exam is in room 12. | The exam has been switched to room 30. | Which room is the exam in? | 12 | 30
The quarterly review is with Karen. | The quarterly review will be with Hugo. | Who is the quarterly review with? | Karen | Hugo
The baby is due in June. | The scan says the baby is due in July. | When is the baby due? | June | July
Dinner tomorrow is at Nando's. | Dinner tomorrow is at Wagamama instead. | Where is dinner tomorrow? | Nando's | Wagamama
I'm running the Berlin marathon this autumn. | I deferred Berlin, so I'm running the Valencia marathon instead. | Which marathon am I running? | Berlin | Valencia
I'm meeting Ola at 3pm on Friday. | Ola can't do 3pm, I'm meeting Ola at 5pm on Friday. | What time am I meeting Ola? | 3pm | 5pm
Our anniversary dinner is booked for 8. | The restaurant moved our anniversary dinner to 9. | What time is our anniversary dinner? | 8 | 9
I've got shin splints. | The shin splints have cleared up, but now I've got a sore knee. | What injury do I have? | shin splints | knee
I'm on 20 mg of citalopram. | My GP upped the citalopram to 30 mg. | What dose of citalopram am I on? | 20 mg | 30 mg
My blood pressure is 145 over 90. | My blood pressure is down to 128 over 82. | What is my blood pressure? | 145 | 128
My GP is Dr Hassan. | Dr Hassan retired, my GP is Dr Wood now. | Who is my GP? | Hassan | Wood
I take my tablets in the morning. | I take my tablets at night now. | When do I take my tablets? | morning | night
I'm allergic to penicillin. | Turns out I'm not allergic to penicillin after all. | Am I allergic to penicillin? | am allergic | not allergic
My physio is on Wednesdays. | Physio's been shifted to Mondays. | When is my physio? | Wednesdays | Mondays
I'm registered with the Elm Street surgery. | I'm registered with the Park Road surgery now. | Which surgery am I registered with? | Elm Street | Park Road
My resting heart rate is 68. | My resting heart rate is 61 now. | What is my resting heart rate? | 68 | 61
I sleep about six hours a night. | I sleep about seven and a half hours a night now. | How long do I sleep? | six | seven
My therapist is Joanna. | I've switched therapists, I see Mikael now. | Who is my therapist? | Joanna | Mikael
I weigh 91 kilos. | The scale said 86 kilos this morning. | How much do I weigh? | 91 | 86
I take the 38 bus to work. | I cycle to work now. | How do I get to work? | bus | cycle
I drink about four coffees a day. | I've cut down to one coffee a day. | How many coffees do I drink a day? | four | one
I get up at 6. | I get up at 7:30 these days. | When do I get up? | 6 | 7:30
My go-to lunch is ramen. | My go-to lunch is a falafel wrap these days. | What is my go-to lunch? | ramen | falafel
I go to the gym on Mondays and Thursdays. | I go to the gym on Tuesdays and Saturdays now. | Which days do I go to the gym? | Mondays | Tuesdays
The gym is PureGym. | The gym is Fitworks these days. | Which gym do I go to? | PureGym | Fitworks
I do my shopping at Tesco. | I do my shopping at Aldi now. | Where do I do my shopping? | Tesco | Aldi
I have my coffee with oat milk. | I have my coffee black now. | How do I take my coffee? | oat milk | black
I bank with Natwest. | I've moved to Monzo, so I bank with Monzo. | Who do I bank with? | Natwest | Monzo
I'm reading Middlemarch. | Finished Middlemarch, I'm reading Dune now. | What am I reading? | Middlemarch | Dune
We're watching The Wire. | We've finished The Wire and we're watching Severance now. | What are we watching? | The Wire | Severance
I smoke ten a day. | I've quit smoking. | Do I smoke? | ten a day | quit
I walk the dog before breakfast. | I walk the dog after work now. | When do I walk the dog? | before breakfast | after work
I get my hair cut at Toni's. | I get my hair cut at Shear Genius now. | Where do I get my hair cut? | Toni's | Shear Genius
My favourite band is Elbow. | My favourite band has to be Wet Leg now. | What is my favourite band? | Elbow | Wet Leg
The side project runs on Fly. | I've moved the side project to Render. | Where does the side project run? | Fly | Render
Our repo lives on GitLab. | We migrated the repo to GitHub. | Where is our repo? | GitLab | GitHub
The app talks to MySQL. | The app talks to Postgres now. | Which database does the app use? | MySQL | Postgres
Logs go to Datadog. | Logs go to Grafana Loki now. | Where do the logs go? | Datadog | Loki
CI takes about 20 minutes. | CI takes about 8 minutes now. | How long does CI take? | 20 | 8
Our default branch is master. | The default branch got renamed to main. | What is our default branch? | master | main
The service is written in Ruby. | We rewrote the service in Go. | What is the service written in? | Ruby | Go
The API is on v2. | The API is on v3 now. | Which version is the API on? | v2 | v3
The staging box is called hazel. | The staging box is called rowan now. | What is the staging box called? | hazel | rowan
Deploys happen on Thursdays. | Deploys happen on Mondays now. | When do deploys happen? | Thursdays | Mondays
On-call this month is Bea. | On-call is Yusuf now. | Who is on call? | Bea | Yusuf
The error budget is 0.5%. | We tightened the error budget to 0.1%. | What is the error budget? | 0.5 | 0.1
I write my notes in Evernote. | I write my notes in Obsidian now. | Where do I write my notes? | Evernote | Obsidian
I'm on the free plan. | I've upgraded to the pro plan. | Which plan am I on? | free | pro
The repo is maintained by Kai. | Kai handed the repo over to Lin. | Who maintains the repo? | Kai | Lin
The cron job runs at 2am. | We moved the cron job to 4am. | When does the cron job run? | 2am | 4am
My editor theme is Dracula. | I changed my editor theme to Nord. | What is my editor theme? | Dracula | Nord
We track bugs in Jira. | We track bugs in Linear now. | Where do we track bugs? | Jira | Linear
Our checkout is handled by Stripe. | Our checkout is handled by Adyen now. | Who handles our checkout? | Stripe | Adyen
The login page is slow. | The login page is fast now. | Is the login page fast? | slow | fast
My mortgage is with Nationwide. | I've remortgaged, it's with Halifax now. | Who is my mortgage with? | Nationwide | Halifax
The subscription is 9.99 a month. | The subscription went up to 12.99 a month. | How much is the subscription? | 9.99 | 12.99
We've saved 4,000 for the trip. | We've saved 5,500 for the trip now. | How much have we saved for the trip? | 4,000 | 5,500
My pension is with Aegon. | My pension has been moved to Nest. | Who is my pension with? | Aegon | Nest
The studio costs 850 a month. | They put up the rent for the studio to 900. | How much is the studio? | 850 | 900
Our accountant is Felix. | We have a new accountant, Renata. | Who is our accountant? | Felix | Renata
I charge 60 an hour. | I charge 75 an hour now. | What is my hourly rate? | 60 | 75
Nursery fees are 950 a month. | Nursery fees have risen to 1,020 a month. | How much are nursery fees? | 950 | 1,020
The overdraft limit is 500. | The bank lowered the overdraft limit to 250. | What is the overdraft limit? | 500 | 250
The cafe opens at 8. | The cafe opens at 9 now. | When does the cafe open? | 8 | 9
The library shuts at 7pm. | The library shuts at 5pm these days. | When does the library shut? | 7pm | 5pm
The shop is closed on Mondays. | The shop is closed on Wednesdays now. | Which day is the shop closed? | Mondays | Wednesdays
You can reach me on 07700 900123. | You can reach me on 07700 900456 now. | What is my phone number? | 900123 | 900456
My email is jo@old.example. | Please use jo@new.example from now on. | What is my email? | jo@old.example | jo@new.example
My handle is @sunnyjo. | I changed my handle to @jowrites. | What is my handle? | @sunnyjo | @jowrites
The office is at 12 Mill Lane. | The office has moved to 40 Dock Street. | Where is the office? | 12 Mill Lane | 40 Dock Street
Support is open till 6. | Support is open till 8 now. | How late is support open? | 6 | 8
The helpdesk number ends in 31. | The helpdesk number ends in 77 now. | What does the helpdesk number end in? | 31 | 77
The surgery closes at half five. | The surgery closes at six now. | When does the surgery close? | half five | six
I play for Redbridge Rovers. | I've signed for Oakham United. | Which club do I play for? | Redbridge | Oakham
Our coach is Dmitri. | We've got a new coach called Saoirse. | Who is our coach? | Dmitri | Saoirse
I'm in the B team. | I've been moved up to the A team. | Which team am I in? | B team | A team
I play left back. | I play in goal now. | Which position do I play? | left back | goal
My 10k best is 52 minutes. | I ran 49 minutes, so my 10k best is 49 minutes. | What is my 10k best? | 52 | 49
I'm studying law at Exeter. | I've dropped law, I'm studying history at Exeter. | What am I studying? | law | history
My dissertation is on coral reefs. | My dissertation is on mangroves now. | What is my dissertation on? | coral | mangroves
My supervisor is Professor Lind. | My supervisor is now Professor Amadi. | Who is my supervisor? | Lind | Amadi
I'm on level 3 of Spanish. | I'm on level 4 of Spanish now. | Which level of Spanish am I on? | level 3 | level 4
I'm learning Japanese. | I've switched from Japanese to Korean. | Which language am I learning? | Japanese | Korean
Training is at the Vale pitch. | Training is at the Moor Lane pitch from now on. | Where is training? | Vale | Moor Lane
My belt in judo is green. | I've moved up to a blue belt in judo. | What is my judo belt? | green | blue
My cat's called Pickle. | We ended up renaming the cat. She's called Olive now. | What is my cat called? | Pickle | Olive
The puppy is called Bo. | The kids changed their mind and the puppy is called Ziggy. | What is the puppy called? | Bo | Ziggy
The dog sleeps in the kitchen. | The dog sleeps in our bedroom now. | Where does the dog sleep? | kitchen | bedroom
The cat eats Whiskas. | The cat only eats Sheba these days. | What does the cat eat? | Whiskas | Sheba
Our vet is Mr Patel. | Our vet is Ms Okafor now. | Who is our vet? | Patel | Okafor
We have two hens. | We have five hens now. | How many hens do we have? | two | five
Rex weighs 12 kilos. | Rex weighs 15 kilos now. | How much does Rex weigh? | 12 | 15
The committee is chaired by Ms Farrow. | The committee is now chaired by Mr Lindqvist. | Who chairs the committee? | Farrow | Lindqvist
Please note that the registered office is in Reading. | Please be advised that the registered office is now in Swindon. | Where is the registered office? | Reading | Swindon
The contract is with Acme Logistics. | The contract has been awarded to Borealis. | Who has the contract? | Acme | Borealis
The launch is scheduled for 14 May. | As discussed, the launch has slipped to 28 May. | When is the launch? | 14 May | 28 May
Project Lark is led by Ines. | Project Lark is led by Tobias now. | Who leads Project Lark? | Ines | Tobias
The client is Harlow Foods. | We lost Harlow Foods, so the client is Penrose now. | Who is the client? | Harlow Foods | Penrose
The treasurer of our club is Beth. | Beth stepped down and the treasurer of our club is Colin. | Who is the treasurer of our club? | Beth | Colin
Our supplier for flour is Marriage's. | Our supplier for flour is Shipton Mill now. | Who is our supplier for flour? | Marriage's | Shipton Mill
The band practises in Kev's garage. | The band practises in the church hall now. | Where does the band practise? | garage | church hall
Our drummer is Nils. | Nils left the band, our drummer is Petra now. | Who is our drummer? | Nils | Petra
The choir rehearses on Mondays. | The choir rehearses on Thursdays from this month. | When does the choir rehearse? | Mondays | Thursdays
Table 5 is for the Hendersons. | Table 5 is for the Okoros now. | Who is table 5 for? | Hendersons | Okoros
Our allotment is plot 17. | Our allotment is plot 22 these days. | Which plot is our allotment? | 17 | 22
The newsletter goes out weekly. | The newsletter goes out monthly now. | How often does the newsletter go out? | weekly | monthly
`;

export const FRESH_PAIRS: readonly FreshPair[] = ROWS.trim()
  .split("\n")
  .map((row) => {
    const [before = "", after = "", question = "", oldValue = "", newValue = ""] = row.split(" | ");
    return { before, after, question, oldValue, newValue };
  });
