/** What is so, something newer that speaks of a like thing, a question, a word of the answer, a word of the newer. */
export interface FalseSwap {
  readonly answer: string;
  readonly newer: string;
  readonly question: string;
  readonly rightWord: string;
  readonly wrongWord: string;
}

/**
 * Statements that are still the answer although something newer is like them: another person's, another thing's, a
 * wish, a near miss, what was so once or for a day, a question, a story, a mere mention. The last of each four were
 * never read while the rules were worked out.
 */
const ROWS = `
My dentist is Dr Novak. | My sister's dentist is Dr Reyes now. | Who is my dentist? | Novak | Reyes
I live in Graz. | My cousin moved to Linz last month. | Where do I live? | Graz | Linz
I drive a Mazda. | My neighbour swapped his old car for a Lexus. | What car do I drive? | Mazda | Lexus
I'm learning Korean. | My flatmate has started learning Finnish. | Which language am I learning? | Korean | Finnish
My dog is called Rufus. | My colleague's new dog is called Bandit. | What is my dog called? | Rufus | Bandit
I work at Ericsson. | Dad got a job at Nokia. | Where do I work? | Ericsson | Nokia
I play the cello. | My son switched from piano to trumpet. | Which instrument do I play? | cello | trumpet
My bank is Santander. | Mum moved her money to Barclays. | What is my bank? | Santander | Barclays
I'm vegetarian. | Ella went vegan in January. | What is my diet? | vegetarian | vegan
My gym is Fitness First. | Tom switched to CrossFit Central, he raves about that gym. | What is my gym? | Fitness First | CrossFit
Our car is a Honda. | Our van is a Ford Transit now. | What car do we have? | Honda | Transit
My work laptop is a ThinkPad. | I bought a MacBook for home. | What is my work laptop? | ThinkPad | MacBook
My cat is called Miso. | I got a rabbit called Truffle. | What is my cat called? | Miso | Truffle
The kitchen is blue. | We painted the bathroom pink. | What colour is the kitchen? | blue | pink
The front door code is 1180. | The garage code was changed to 6652. | What is the front door code? | 1180 | 6652
My GP is Dr Shah. | I've got a new physio, Karen. | Who is my GP? | Shah | Karen
Our standup is at 9:30. | The retro has moved to 14:00. | When is our standup? | 9:30 | 14:00
My rent is 900. | My parking space went up to 70. | How much is my rent? | 900 | 70
The staging server runs Debian. | The build server was upgraded to Rocky. | What does the staging server run? | Debian | Rocky
Lena is in the blue team. | Marek switched to the red team. | Which team is Lena in? | blue | red
Nina works in Malmo. | Petra's been transferred to Lund. | Where does Nina work? | Malmo | Lund
Oscar plays chess. | Hugo has taken up badminton. | What does Oscar play? | chess | badminton
My phone is a Nokia. | I'm thinking about switching to an iPhone. | What phone do I have? | Nokia | iPhone
I live in Turin. | I'd love to move to Palermo one day. | Where do I live? | Turin | Palermo
I work at Bosch. | I've applied for a job at Zeiss. | Where do I work? | Bosch | Zeiss
I use Todoist. | Should I switch to TickTick for my tasks? | Which task app do I use? | Todoist | TickTick
I drive a Corsa. | If I get the bonus I'll replace the Corsa with a Mini. | What car do I drive? | Corsa | Mini
I run on Nike shoes. | What do you think of Asics running shoes? | Which running shoes do I use? | Nike | Asics
My hair is red. | I almost dyed my hair black but chickened out. | What colour is my hair? | red | black
We bank with Nordea. | We nearly switched to Danske but stayed where we are. | Who do we bank with? | Nordea | Danske
We live in Bergen. | We used to live in Tromso. | Where do we live? | Bergen | Tromso
I play guitar. | As a kid I played the recorder. | Which instrument do I play? | guitar | recorder
My favourite food is ramen. | My favourite food used to be lasagne. | What is my favourite food? | ramen | lasagne
My manager is Helga. | My manager before was Ronan. | Who is my manager? | Helga | Ronan
I'm on 20 mg of fluoxetine. | Back in 2015 I was on 40 mg. | What dose of fluoxetine am I on? | 20 | 40
I take the tram to work. | Yesterday I took a taxi because of the snow. | How do I get to work? | tram | taxi
I wake up at 6:30. | On Sunday I slept until 11. | What time do I wake up? | 6:30 | 11
I drink oat milk. | The cafe only had soy milk so I had that today. | Which milk do I drink? | oat | soy
My flight is at 13:20. | My colleague's flight was moved to 16:45. | When is my flight? | 13:20 | 16:45
The wedding is on 5 July. | The hen party has been moved to 20 June. | When is the wedding? | 5 July | 20 June
My dentist appointment is on Monday. | My haircut got moved to Thursday. | When is my dentist appointment? | Monday | Thursday
I'm not moving to Oslo, I'm staying in Aarhus. | My friend moved to Oslo and loves it. | Where am I staying? | Aarhus | loves
My boss is Ingvild. | Ingvild's boss has been replaced by Carsten. | Who is my boss? | My boss is Ingvild | replaced
My sister lives in Ghent. | My sister visited Bruges last weekend. | Where does my sister live? | Ghent | Bruges
My brother drives a BMW. | My brother rented a Dacia on holiday. | What car does my brother drive? | BMW | Dacia
Our dog eats Purina. | The shop ran out of dry food so I saw they now stock Acana. | What does our dog eat? | Purina | Acana
My therapist is Dr Bloom. | Kate's therapist left so she's seeing Dr Frost. | Who is my therapist? | Bloom | Frost
My editor is Emacs. | Everyone at the office is switching to Cursor. | Which editor do I use? | Emacs | Cursor
We deploy on AWS. | The other team moved to Azure. | Where do we deploy? | AWS | Azure
Our database is Postgres. | Our cache was switched from Redis to Memcached. | What database do we use? | Postgres | Memcached
We write the backend in Go. | The mobile app was rewritten in Kotlin. | What do we write the backend in? | Go | Kotlin
Our sprint is two weeks. | Their sprint went to three weeks. | How long is our sprint? | two weeks | three weeks
My birthday is 3 May. | Ana's birthday party was moved to 9 May. | When is my birthday? | 3 May | 9 May
My shoe size is 44. | My shirt size is XL now. | What is my shoe size? | 44 | XL
My daughter goes to St Anne's. | My nephew changed schools, he's at Parkfield. | Which school does my daughter go to? | St Anne's | Parkfield
My daughter's teacher is Ms Ortiz. | My son's got a new teacher, Mr Blake. | Who is my daughter's teacher? | Ortiz | Blake
My wife's car is a Polo. | I traded my car in for a Kona. | What is my wife's car? | Polo | Kona
My wife is a nurse. | My brother quit teaching and is a plumber. | What does my wife do? | nurse | plumber
I support Ajax. | My uncle has gone over to Feyenoord. | Which team do I support? | Ajax | Feyenoord
My bike is a Giant. | Somebody stole Pete's bike, so he bought a Cube. | What bike do I have? | Giant | Cube
The spare key is with Mona. | The car keys are with Stefan now. | Where is the spare key? | Mona | Stefan
My passport is in the safe. | My driving licence is in the glovebox now. | Where is my passport? | safe | glovebox
The tent is in the attic. | I moved the skis to the basement. | Where is the tent? | attic | basement
My tomatoes are in the greenhouse. | I moved the herbs to the windowsill. | Where are my tomatoes? | greenhouse | windowsill
I pay 12 euros for Spotify. | Netflix went up to 18 euros. | How much do I pay for Spotify? | 12 | 18
My internet is with Telia. | My electricity's been switched to Fortum. | Who is my internet with? | Telia | Fortum
Home insurance is with Allianz. | We changed the pet insurance to Petplan. | Who is our home insurance with? | Allianz | Petplan
I'm reading Dune. | My book club has started Beloved. | What am I reading? | Dune | Beloved
We're watching Severance. | The kids are watching Bluey now. | What are we watching? | Severance | Bluey
My favourite band is Wilco. | Jen's favourite band is now Paramore. | What's my favourite band? | Wilco | Paramore
I'm allergic to shellfish. | Turns out Ben is allergic to sesame. | What am I allergic to? | shellfish | sesame
My thesis is about bees. | Lars changed his thesis to moths. | What is my thesis about? | bees | moths
I study physics. | My roommate dropped physics for philosophy. | What do I study? | I study physics | philosophy
My supervisor is Prof. Lund. | The new head of department is Prof. Berg. | Who is my supervisor? | Lund | Berg
I charge 50 an hour. | My old colleague raised her rate to 80 an hour. | What do I charge? | 50 | 80
My client is Orbital. | Sven lost his client and took on Nimbus. | Who is my client? | Orbital | Nimbus
I park on Hill Road. | Visitors have to park on Mill Road now. | Where do I park? | Hill | Mill
The bins go out on Mondays. | The recycling goes out on Thursdays now. | When do the bins go out? | Mondays | Thursdays
The cleaner comes on Fridays. | The gardener changed to Tuesdays. | When does the cleaner come? | Fridays | Tuesdays
Choir is on Wednesdays. | Yoga got moved to Mondays. | When is choir? | Wednesdays | Mondays
The meeting is in room 4. | The training has moved to room 9. | Which room is the meeting in? | room 4 | room 9
Our office is on Pine Street. | Our warehouse relocated to Dock Road. | Where is our office? | Pine | Dock
The kids' bedtime is 8. | My own bedtime has slipped to midnight. | What is the kids' bedtime? | 8 | midnight
I have three cats. | My aunt is down to one cat. | How many cats do I have? | three | one cat
My weight is 70 kilos. | My brother got down to 82 kilos. | What is my weight? | 70 | 82
My 10k best is 44 minutes. | My half marathon best is now 1:38. | What is my 10k best? | 44 | 1:38
My phone number is 555-0134. | The school has a new phone number, 555-0199. | What is my phone number? | 0134 | 0199
My email is ida@mail.test. | Freja's new email is freja@post.test. | What is my email? | ida | freja
My husband is called Anders. | My friend's new husband is called Torben. | What is my husband called? | Anders | Torben
Our CEO is Vera Stam. | Their CEO was replaced by Bo Krog. | Who is our CEO? | Vera | Krog
My visa expires in August. | Li's visa got extended to December. | When does my visa expire? | August | December
I'm a Buddhist. | My mother converted to Catholicism. | What is my religion? | Buddhist | Catholicism
I take vitamin D every morning. | I used to take iron tablets too. | Which vitamin do I take? | vitamin D | iron
My blood type is O negative. | Please remember that my dad's blood type is A positive. | What is my blood type? | O negative | A positive
Home is Lucca. | We're on holiday in Elba now. | Where is my home? | Lucca | Elba
I live in Delft. | I'm in Hamburg this week for a trade fair. | Where do I live? | Delft | Hamburg
I work as a baker. | I helped out as a waiter at my friend's wedding. | What do I work as? | baker | waiter
My desk is by the window. | Someone moved the printer to the hallway. | Where is my desk? | window | hallway
The thermostat is at 20. | The oven is now at 180. | What is the thermostat at? | 20 | 180
I use a Kindle. | My mum asked me whether a Kobo is better. | Which e-reader do I use? | Kindle | Kobo
My accountant is Steiner. | A guy called Weiss wants to be my accountant. | Who is my accountant? | Steiner | Weiss
I go to Lakeside gym. | They offered me a trial at Ironworks gym but I said no. | Which gym do I go to? | Lakeside | Ironworks
I eat breakfast at 7. | Let's pretend I'm a vampire who eats breakfast at 22. | When do I eat breakfast? | 7 | 22
I'm engaged to Priya. | In my novel the hero is engaged to Solveig now. | Who am I engaged to? | Priya | Solveig
My character is a bard. | Ollie's character died, he's playing a druid. | What is my character? | bard | druid
Our logo is purple. | Our competitor's new logo is orange. | What colour is our logo? | purple | orange
The release is in March. | The beta slipped to February. | When is the release? | March | February
The deadline for the grant is 1 June. | The deadline for the paper was moved to 15 June. | When is the deadline for the grant? | 1 June | 15 June
My son plays striker. | My son's friend was made goalkeeper. | What position does my son play? | striker | goalkeeper
My grandmother is in Birch House. | Jo's grandmother was moved to Fern Lodge. | Which care home is my grandmother in? | Birch | Fern
I subscribe to Le Monde. | Cancelled my subscription to Vogue. | Which newspaper do I subscribe to? | Le Monde | Vogue
My printer is a Canon. | The scanner got replaced with an Epson. | What printer do I have? | Canon | Epson
My watch is a Seiko. | I gave my dad a Citizen watch. | Which watch do I have? | Seiko | Citizen
We named the baby Iris. | The neighbours named their baby Violet. | What did we name the baby? | Iris | Violet
My plan at the gym is monthly. | The gym has launched a new weekly plan. | What is my plan at the gym? | monthly | weekly
I don't eat gluten. | You suggested seitan, has the recipe changed? | What don't I eat? | gluten | seitan
My tutor is Frau Kranz. | Frau Kranz has a new assistant, Herr Moll. | Who is my tutor? | My tutor is | Moll
My locker is number 31. | They replaced the lock on locker 58. | What is my locker number? | 31 | 58
I'm going to Malta in May. | My parents switched their trip to Cyprus. | Where am I going in May? | Malta | Cyprus
We adopted a greyhound. | The shelter has switched to placing beagles. | What dog did we adopt? | greyhound | beagles
My cat is called Miso. | My cat is getting fat, I think it's the treats. | What is my cat called? | called Miso | treats
Our car is a diesel Passat. | The car is at the garage until Thursday. | What car do we have? | Passat | garage
My dentist is Dr Novak. | I went to the dentist yesterday and it hurt. | Who is my dentist? | Novak | hurt
My manager is Helga. | My manager asked me to stay late again. | Who is my manager? | Helga | late
I work at Ericsson. | Work was exhausting today, three meetings in a row. | Where do I work? | Ericsson | exhausting
I play the cello. | I didn't play at all this week, too tired. | Which instrument do I play? | cello | tired
My phone is a Nokia. | My phone keeps dying on me in the cold. | What phone do I have? | Nokia | dying
My sister lives in Ghent. | My sister called, she's worried about Mum. | Where does my sister live? | Ghent | worried
The wedding is on 5 July. | We're still looking for a photographer for the wedding. | When is the wedding? | 5 July | photographer
My thesis is about bees. | I changed the font of my thesis to Garamond. | What is my thesis about? | bees | Garamond
My laptop runs Ubuntu. | I've put stickers all over my laptop now. | What OS is on my laptop? | Ubuntu | stickers
The kitchen is blue. | We've changed the kitchen tap. | What colour is the kitchen? | blue | tap
Our landlord is Mr Keane. | The landlord finally replaced the boiler. | Who is our landlord? | Keane | boiler
My bike is a Giant. | I got a new saddle for the bike. | What bike do I have? | Giant | saddle
My gym is Fitness First. | The gym now has a sauna. | What is my gym? | Fitness First | sauna
I'm reading Dune. | I've moved my reading chair to the window. | What am I reading? | Dune | chair
My son plays striker. | My son has moved into the bigger bedroom. | What position does my son play? | striker | bedroom
Our dog eats Purina. | Our dog no longer pulls on the lead. | What does our dog eat? | Purina | lead
My therapist is Dr Bloom. | I told Dr Bloom about the panic attacks, that helped. | Who is my therapist? | My therapist is Dr Bloom | panic
My rent is 900. | The rent is due on Friday. | How much is my rent? | 900 | Friday
I take the tram to work. | The tram was replaced by a bus for two days because of the roadworks. | How do I get to work? | take the tram | bus
Lena is in the blue team. | Lena started learning Spanish. | Which team is Lena in? | blue | Spanish
Our standup is at 9:30. | We kept the standup to 12 minutes today. | When is our standup? | 9:30 | 12
My flight is at 13:20. | The flight takes 4 hours now because of the detour. | When is my flight? | 13:20 | 4 hours
My brother drives a BMW. | My brother has switched jobs, he's an electrician. | What car does my brother drive? | BMW | electrician
My wife is a nurse. | My wife changed her hair, it's short. | What does my wife do? | nurse | short
We bank with Nordea. | Nordea raised its fees again. | Who do we bank with? | We bank | fees
I support Ajax. | Ajax sold their best striker. | Which team do I support? | I support | striker
Our CEO is Vera Stam. | Vera Stam moved the Christmas party to the Hilton. | Who is our CEO? | Our CEO | Hilton
My daughter goes to St Anne's. | St Anne's has replaced its uniform with polo shirts. | Which school does my daughter go to? | goes to St | polo
My passport is in the safe. | I have to renew the passport before March. | Where is my passport? | safe | March
My favourite band is Wilco. | Saw a band called Dry Cleaning last night, not bad. | What's my favourite band? | Wilco | Dry Cleaning
My favourite food is ramen. | We had tacos for dinner instead of cooking. | What is my favourite food? | ramen | tacos
I live in Delft. | My parents' house in Rouen was sold. | Where do I live? | Delft | Rouen
I study physics. | My physics exam has been moved to the main hall. | What do I study? | study physics | hall
My boss is Ingvild. | My boss is on parental leave until May. | Who is my boss? | Ingvild | May
My trainer is called Viktor. | Viktor wants me to eat more protein now. | Who is my trainer? | trainer is called | protein
My piano teacher is Mrs Alder. | Mrs Alder gave me a piece by Satie. | Who is my piano teacher? | teacher is Mrs | Satie
The database is Postgres. | The database grew to 40 GB. | Which database do we use? | Postgres | 40
We deploy on AWS. | AWS was down for an hour and everything stopped. | Where do we deploy? | We deploy | hour
My visa expires in August. | I've started collecting papers for the visa, 14 of them. | When does my visa expire? | August | 14
The cleaner comes on Fridays. | The cleaner broke a vase on Tuesday. | When does the cleaner come? | Fridays | vase
Our oven is gas. | The oven light has gone, I've replaced the bulb. | What kind of oven do we have? | gas | bulb
I drink oat milk. | We've run out of milk. | Which milk do I drink? | oat | run out
I paint with oils. | I've finished painting my niece's portrait. | What do I paint with? | oils | portrait
My editor is Emacs. | I changed my Emacs theme to Solarized. | Which editor do I use? | My editor is | Solarized
My hair is red. | I had my hair washed at the new place on Mill Street. | What colour is my hair? | red | Mill Street
Our team is eight people. | The team went bowling, nine of us with Kai's boyfriend. | How big is our team? | eight | nine
My weight is 70 kilos. | I lifted 75 kilos today, weight training pays off. | What is my weight? | weight is 70 | lifted 75
My car insurance is with Aviva. | The car needs new tyres, 340 euros. | Who is my car insurance with? | Aviva | tyres
`;

export const FALSE_SWAPS: readonly FalseSwap[] = ROWS.trim()
  .split("\n")
  .map((line) => {
    const [answer = "", newer = "", question = "", rightWord = "", wrongWord = ""] = line.split(" | ");
    return { answer, newer, question, rightWord, wrongWord };
  });
