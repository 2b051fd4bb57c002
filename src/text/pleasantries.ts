// Phrases that greet, thank, agree or close and say nothing else, in lower case without punctuation.
const GREETINGS =
  "hi|hi there|hello|hello there|hey|hey there|heya|hiya|howdy|yo|sup|greetings|good morning|good afternoon|good evening|good day|morning|evening|gm|gn|welcome|welcome back|" +
  "hallo|guten morgen|guten tag|guten abend|moin|servus|grüß gott|grüezi|hola|buenas|buenos días|buenos dias|buenas tardes|buenas noches|qué tal|que tal|" +
  "bonjour|bonsoir|salut|coucou|ciao|buongiorno|buonasera|salve|olá|ola|oi|bom dia|boa tarde|boa noite|hoi|goedemorgen|goedemiddag|goedenavond|hej|hejsan|god morgon|god morgen|hei|moi|" +
  "cześć|czesc|dzień dobry|hej hej|ahoj|dobrý den|szia|sziasztok|jó napot|bună|buna ziua|merhaba|selam|günaydın|привет|здравствуйте|здравствуй|доброе утро|добрый день|добрый вечер|привіт|" +
  "γεια|γεια σου|καλημέρα|مرحبا|السلام عليكم|صباح الخير|أهلا|שלום|नमस्ते|namaste|你好|您好|早上好|早安|晚上好|大家好|嗨|哈喽|こんにちは|おはよう|おはようございます|こんばんは|もしもし|안녕|안녕하세요|xin chào|chào|halo|selamat pagi|สวัสดี|สวัสดีครับ|สวัสดีค่ะ";
const CLOSINGS =
  "bye|bye bye|goodbye|good bye|see you|see ya|see you later|see you soon|see you tomorrow|talk soon|talk to you later|talk later|ttyl|cya|later|take care|good night|goodnight|sleep well|have a good one|have a nice day|have a great day|have a good day|have a good weekend|have a great weekend|have fun|cheers|best|best regards|kind regards|regards|" +
  "tschüss|tschüs|bis bald|bis später|bis dann|bis morgen|auf wiedersehen|gute nacht|schönen tag|schönen tag noch|schönes wochenende|liebe grüße|mfg|adiós|adios|hasta luego|hasta mañana|chao|nos vemos|au revoir|à bientôt|à plus|à demain|bonne nuit|bonne journée|arrivederci|buonanotte|a presto|tchau|até logo|até amanhã|tot ziens|doei|hej då|do widzenia|na razie|nashledanou|пока|до свидания|спокойной ночи|до завтра|再见|拜拜|晚安|さようなら|またね|おやすみ|おやすみなさい|잘 가|안녕히 계세요|güle güle|iyi geceler|مع السلامة";
const THANKS =
  "thanks|thank you|thank you so much|thank you very much|thanks so much|thanks a lot|thanks a bunch|many thanks|thx|ty|tysm|much appreciated|appreciate it|i appreciate it|thanks again|thank you again|no thanks|no thank you|thanks for your help|thanks for the help|thank you for your help|thanks for asking|thanks for sharing|you're welcome|youre welcome|you are welcome|no problem|np|no worries|my pleasure|anytime|don't mention it|of course|glad to help|happy to help|glad i could help|you too|same to you|" +
  "danke|danke schön|dankeschön|danke sehr|vielen dank|herzlichen dank|besten dank|bitte|bitte schön|gern|gerne|gern geschehen|kein problem|gracias|muchas gracias|mil gracias|de nada|por favor|merci|merci beaucoup|de rien|je vous en prie|s'il vous plaît|s'il te plaît|avec plaisir|grazie|grazie mille|prego|obrigado|obrigada|muito obrigado|muito obrigada|dank je|dank je wel|bedankt|graag gedaan|tack|tack så mycket|takk|tak|kiitos|dziękuję|dzięki|proszę|děkuji|díky|köszönöm|mulțumesc|teşekkürler|teşekkür ederim|sağol|rica ederim|спасибо|большое спасибо|спасибо большое|пожалуйста|не за что|дякую|ευχαριστώ|شكرا|شكرا جزيلا|عفوا|תודה|धन्यवाद|shukriya|谢谢|谢谢你|多谢|谢谢您|不客气|ありがとう|ありがとうございます|どうも|どういたしまして|감사합니다|고마워|고맙습니다|cảm ơn|terima kasih|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ";
const REPLIES =
  "ok|okay|okey|okey dokey|k|kk|okie|alright|all right|right|sure|sure thing|of course|certainly|absolutely|definitely|exactly|indeed|correct|that's right|thats right|that's correct|true|agreed|i agree|yes|yes please|yep|yeah|yup|ya|aye|no|nope|nah|not really|maybe|perhaps|i see|i understand|understood|got it|gotcha|makes sense|that makes sense|sounds good|sounds great|sounds good to me|that sounds good|that sounds great|that works|works for me|fine|fine by me|good|great|nice|cool|awesome|perfect|excellent|amazing|wonderful|fantastic|lovely|brilliant|neat|sweet|wow|oh|oh wow|ah|aha|ooh|hm|hmm|hmmm|mm|mhm|uh huh|huh|lol|haha|hahaha|lmao|rofl|done|noted|roger|will do|on it|let's go|lets go|go ahead|go on|continue|please continue|keep going|proceed|next|please|please do|do it|try again|retry|again|stop|wait|one moment|one sec|hold on|just a moment|never mind|nevermind|nvm|no idea|idk|i don't know|i dont know|not sure|i'm not sure|good idea|great idea|good point|fair enough|fair|interesting|that's great|that's nice|that's awesome|that's cool|that's good|that's amazing|that's wonderful|good job|great job|well done|nice work|great work|good to know|good to hear|glad to hear it|glad to hear that|looks good|looks great|looks good to me|lgtm|sorry|i'm sorry|my bad|oops|whoops|congrats|congratulations|good luck|same|same here|me too|me neither|so do i|why not|really|is that so|no way|oh no|oh nice|oh cool|test|testing|ping|for your help|for the help|for everything|for that|" +
  "how are you|how are you doing|how are you today|how's it going|how is it going|how are things|how have you been|how do you do|what's up|whats up|what's new|i'm fine|i'm good|i am fine|i'm doing well|doing well|pretty good|not bad|all good|and you|how about you|what about you|nice to meet you|pleased to meet you|nice to see you|good to see you|great to see you|long time no see|are you there|anyone there|can you help me|can you help|i need help|help|i have a question|quick question|how can i help|how can i help you|how can i help you today|how may i help you|what can i do for you|how can i assist you|how can i assist you today|is there anything else|anything else|let me know|let me know if you have any questions|let me know if you need anything|feel free to ask|feel free to reach out|" +
  "ja|jawohl|jo|nein|nee|nö|doch|klar|alles klar|genau|stimmt|richtig|verstanden|passt|in ordnung|einverstanden|gut|sehr gut|super|prima|toll|schön|perfekt|okay danke|weiter|wie geht's|wie gehts|wie geht es dir|wie geht es ihnen|mir geht es gut|sí|si|claro|vale|de acuerdo|entendido|perfecto|bueno|muy bien|bien|genial|exacto|cómo estás|como estas|cómo está|oui|non|d'accord|bien sûr|entendu|compris|parfait|très bien|super merci|exactement|comment ça va|ça va|comment vas-tu|sì|va bene|certo|capito|perfetto|benissimo|come stai|come va|sim|não|nao|está bem|tá bom|beleza|entendi|perfeito|tudo bem|como vai|tudo bom|goed|prima|oké|begrepen|hoe gaat het|jaha|nej|bra|tak|nie|dobrze|jasne|rozumiem|świetnie|jak się masz|ano|ne|dobře|evet|hayır|tamam|anladım|güzel|harika|nasılsın|да|нет|хорошо|ладно|понятно|понял|поняла|отлично|супер|конечно|верно|точно|как дела|ок|так|ні|добре|ναι|όχι|εντάξει|نعم|لا|حسنا|تمام|ممتاز|طيب|كيف حالك|כן|לא|בסדר|हाँ|नहीं|ठीक है|अच्छा|好|好的|好吧|是|是的|对|对的|不|不是|没有|明白|明白了|知道了|没问题|可以|行|嗯|哦|太好了|不错|你好吗|はい|いいえ|うん|ええ|そうです|そうですね|わかりました|分かりました|了解|了解です|いいですね|大丈夫です|なるほど|お元気ですか|네|예|아니요|응|알겠습니다|알겠어요|좋아요|좋아|그래|그래요|맞아요|잘 지내세요|vâng|không|được|ya|tidak|baik|ใช่|ไม่";

const INVITES_NAME = new Set([...GREETINGS.split("|"), ...CLOSINGS.split("|"), ...THANKS.split("|")]);
const PHRASES = new Set([...INVITES_NAME, ...REPLIES.split("|")]);
const FILLERS = new Set(
  "so very much a lot then now again and well oh ah please too all everyone everybody guys team folks friend mate dude man buddy bro sir madam dear my there today for this that it much just really but also und aber sehr auch y e et и а".split(
    " ",
  ),
);
const LONGEST_PHRASE = 8;
const LONGEST_TEXT = 160;

/** True for text made only of greetings, thanks, agreement and good-byes, names of those addressed included. */
export function isPleasantry(text: string): boolean {
  if (text.length > LONGEST_TEXT) return false;
  const words = text.match(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? [];
  let mayName = false;
  let matched = 0;
  for (let index = 0; index < words.length;) {
    const length = phraseLength(words, index);
    if (length > 0) {
      mayName = INVITES_NAME.has(phrase(words, index, length));
      matched += 1;
      index += length;
    } else if (FILLERS.has((words[index] ?? "").toLowerCase())) index += 1;
    else if (mayName && /^\p{Lu}[\p{L}'’-]{1,19}$/u.test(words[index] ?? "")) {
      // "Hi Sam": one name, right after what invites it.
      mayName = false;
      index += 1;
    } else return false;
  }
  return matched > 0;
}

function phraseLength(words: readonly string[], start: number): number {
  for (let length = Math.min(LONGEST_PHRASE, words.length - start); length > 0; length -= 1) {
    if (PHRASES.has(phrase(words, start, length))) return length;
  }
  return 0;
}

function phrase(words: readonly string[], start: number, length: number): string {
  return words
    .slice(start, start + length)
    .join(" ")
    .toLowerCase()
    .replaceAll("’", "'")
    .replaceAll(/(\p{L})\1{2,}/gu, "$1");
}
