import type { FreshPair } from "./update-phrasings-fresh.ts";

/**
 * Changes that share no telling word with what was so before, nor with the question: what joins them is the side of
 * life they speak of. Written before the table of topics was begun; of each two the second, `HELD_WORDLESS`, was never
 * read while it was made.
 */
const ROWS = `
Parcels should be left with the concierge. | We've moved, so it's 14 Wharf Street for anything from the courier now. | Where do my deliveries go? | concierge | Wharf Street
Send my post to 9 Linden Road. | New place! It's 52 Harbour Crescent from Monday. | What is my postal address? | Linden | Harbour
My alarm goes off at 6:15. | The puppy has me out of bed at 5:40 these days. | What time do I wake up? | 6:15 | 5:40
I'm usually asleep by 11. | Lights out is 9:30 now that I'm on earlies. | When do I go to bed? | 11 | 9:30
I share the flat with Beatriz. | Beatriz has gone back to Porto, Callum took her room. | Who is my flatmate? | flat with Beatriz | Callum
It's just me and Ravi living here. | Ravi's out, it's Saskia in the spare room these days. | Who do I live with? | me and Ravi | Saskia
I do my workouts at Anytime Fitness. | My membership is with Third Space now, better showers. | Where do I exercise? | Anytime | Third Space
I lift at Iron House on weekdays. | Changed gyms, it's the Barbell Club on Pine Street these days. | Where do I train? | Iron House | Barbell Club
We save with Commerzbank. | Our current account is at ING now. | Who do we bank with? | Commerzbank | ING
Salary gets paid into Revolut. | Opened an account at Nordea, everything goes through there now. | What is my bank? | Revolut | Nordea
I've torn my calf. | Calf's fine again, now it's tennis elbow. | What injury do I have? | torn my calf | elbow
The physio says I have a stress fracture. | It's runner's knee this time, the foot healed in May. | What am I injured with? | fracture | knee
I'm halfway through Dune. | Gave up on that novel, I've started Circe. | What book am I reading? | Dune | Circe
Reading Emma on the train. | Now it's Stoner on my Kindle. | Which novel am I on? | Emma | Stoner
We've been bingeing The Bear. | We're three episodes into Slow Horses now. | What show are we watching? | The Bear | Slow Horses
Our evening show is Bake Off. | Currently working through season two of Shetland. | Which series are we watching? | Bake Off | Shetland
We've booked a week in Madeira. | Flights were mad so we've gone for Corsica instead. | Where are we going on holiday? | Madeira | Corsica
We're off to Naples at Easter. | Change of plan, we've swapped it for Seville because of the hotel prices. | What is our holiday destination? | Naples | Seville
I drive a Fiesta. | The Fiesta failed its MOT, I'm in a Yaris now. | What car do I have? | drive a Fiesta | Yaris
I get about in an old Volvo. | Picked up a Leaf from the dealer, all electric from here on. | Which car do I drive? | Volvo | Leaf
I go to work on the 38 bus. | I've been cycling in since the strikes. | How do I commute? | bus | cycling
I take the S-Bahn to the office. | It's the car for me these days, the line is closed till spring. | How do I get to work? | S-Bahn | the car
My usual is an oat latte. | I've moved on to cortados, less milk. | What coffee do I order? | latte | cortados
I always get a flat white. | Espresso only for me now, doctor's orders on the dairy. | What is my coffee order? | flat white | Espresso
I take Metformin for my sugar. | The GP put me on Ozempic instead. | What medication am I on? | Metformin | Ozempic
I'm on Zoloft. | My psychiatrist swapped it for Lexapro. | Which pills do I take? | Zoloft | Lexapro
My hair's down to my shoulders. | I've gone for a buzz cut. | What is my haircut? | shoulders | buzz
I'm a redhead these days. | Had it dyed black for the summer. | What colour is my hair? | redhead | black
My girls are with a childminder. | Little Acorns had a space, so they're at nursery there now. | Who looks after my girls? | childminder | Acorns
We use Sky for the internet. | The router's from Virgin now. | Who is our broadband provider? | Sky | Virgin
Our electricity comes from EDF. | British Gas does our power now, the tariff was better. | Who is our energy supplier? | EDF | British Gas
The cat's insured with Petplan. | Her policy is with ManyPets since the renewal. | Who is the cat insured with? | Petplan | ManyPets
We do the big shop at Tesco. | It's Lidl for groceries these days. | Where do we shop for food? | Tesco | Lidl
I get my food delivered by Ocado. | We just walk to Aldi now for everything. | Which supermarket do we use? | Ocado | Aldi
I play bass in a band. | Sold the bass, it's all keyboards for me now. | What instrument do I play? | bass in a band | keyboards
I'm taking up the ukulele. | Ukulele is in the attic, I've got a banjo teacher now. | Which instrument am I learning? | taking up the ukulele | banjo
I mostly listen to jazz. | It's been nothing but techno on my headphones lately. | What music do I listen to? | jazz | techno
We worship at St Mark's. | The family attends Grace Chapel now. | Which church do we go to? | St Mark's | Grace Chapel
I write my code in Vim. | Zed is where I do all my coding now. | Which editor do I use? | Vim | Zed
Our site is deployed on Heroku. | Everything is hosted on Fly these days. | Where do we host our site? | Heroku | Fly
`;

const PAIRS: readonly FreshPair[] = ROWS.trim()
  .split("\n")
  .map((line) => {
    const [before = "", after = "", question = "", oldValue = "", newValue = ""] = line.split(" | ");
    return { before, after, question, oldValue, newValue };
  });

export const READ_WORDLESS: readonly FreshPair[] = PAIRS.filter((_pair, at) => at % 2 === 0);
export const HELD_WORDLESS: readonly FreshPair[] = PAIRS.filter((_pair, at) => at % 2 === 1);
