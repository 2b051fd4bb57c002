/**
 * Statements and what is to be made of each: its fact, "rule: …" for an instruction, and its slot as
 * {attribute=value}, marked ~ for a change and ! for an end. Said on Wednesday, 8 May 2024, by a user without a name.
 */
export const STATEMENTS: Readonly<Record<string, readonly (readonly [string, ...string[]])[]>> = {
  de: [
    [
      "Ich wohne in Berlin und arbeite bei Siemens.",
      "Nutzer wohnt in Berlin {residence=berlin}",
      "Nutzer arbeitet bei Siemens {employer=siemens}",
    ],
    [
      "Ich bin letzten Monat nach Hamburg gezogen.",
      "Nutzer ist letzten Monat (April 2024) nach Hamburg gezogen {~residence=hamburg}",
    ],
    ["Ich wohne nicht mehr in Berlin.", "Nutzer wohnt nicht mehr in Berlin {!residence=berlin}"],
    ["Ich mag keinen Kaffee.", "Nutzer mag keinen Kaffee {dislikes=kaffee}"],
    ["Ich mag keinen Fisch mehr.", "Nutzer mag keinen Fisch mehr {!likes=fisch}"],
    ["Ich bin jetzt Vegetarierin.", "Nutzer ist jetzt Vegetarierin {~diet=vegetarian}"],
    ["Ich esse kein Fleisch mehr.", "Nutzer isst kein Fleisch mehr {~diet=vegetarian}"],
    ["Ich habe einen Hund namens Rex.", "Nutzer hat einen Hund namens Rex {pet:dog=rex}"],
    ["Ich habe mein Auto verkauft.", "Nutzer hat Nutzers Auto verkauft {!owns=auto}"],
    [
      "Mein Zahnarzttermin ist am Freitag um 15 Uhr.",
      "Nutzers Zahnarzttermin ist am Freitag (10. Mai 2024) um 15 Uhr {schedule:zahnarzttermin=2024-05-10 15:00}",
    ],
    [
      "Mein Zahnarzttermin wurde auf Montag verschoben.",
      "Nutzers Zahnarzttermin wurde auf Montag (13. Mai 2024) verschoben {~schedule:zahnarzttermin=2024-05-13}",
    ],
    ["Meine Miete beträgt jetzt 950 Euro.", "Nutzers Miete beträgt jetzt 950 Euro {~rent=950 euro}"],
    [
      "Antworte mir bitte immer auf Französisch.",
      "rule: Nutzer bittet: Antworte mir bitte immer auf Französisch {language=french}",
    ],
    ["Schlag niemals Meeresfrüchte vor.", "rule: Nutzer bittet: Schlag niemals Meeresfrüchte vor"],
    ["Ab jetzt nutze bitte kurze Sätze.", "rule: Nutzer bittet: Ab jetzt nutze bitte kurze Sätze"],
    ["Merk dir, dass ich in Köln wohne.", "Nutzer wohnt in Köln {residence=köln}"],
    ["Nenn mich Max.", "rule: Nutzer bittet: Nenn mich Max {nickname=max}"],
    [
      "Meine Schwester Ana ist nach Porto gezogen.",
      "Nutzers Schwester Ana {family:sister=ana}",
      "Nutzers Schwester Ana ist nach Porto gezogen",
    ],
  ],
  fr: [
    [
      "J'habite à Lyon et je travaille chez Renault.",
      "Utilisateur habite à Lyon {residence=lyon}",
      "Utilisateur travaille chez Renault {employer=renault}",
    ],
    [
      "J'ai déménagé à Marseille le mois dernier.",
      "Utilisateur a déménagé à Marseille le mois dernier (avril 2024) {~residence=marseille}",
    ],
    ["Je m'appelle Claire Dupont.", "Utilisateur s'appelle Claire Dupont {name=claire dupont}"],
    ["Je n'aime pas le café.", "Utilisateur n'aime pas le café {dislikes=café}"],
    ["Je n'aime plus le café.", "Utilisateur n'aime plus le café {!likes=café}"],
    [
      "J'adore les films d'horreur et la randonnée.",
      "Utilisateur adore les films d'horreur {likes=films d'horreur}",
      "Utilisateur adore la randonnée {likes=randonnée}",
    ],
    ["Je suis végétarienne depuis janvier.", "Utilisateur est végétarienne depuis janvier {diet=vegetarian}"],
    [
      "Je suis allergique aux noix et au lait.",
      "Utilisateur est allergique aux noix {allergy=noix}",
      "Utilisateur est allergique au lait {allergy=lait}",
    ],
    ["J'ai un chien qui s'appelle Max.", "Utilisateur a un chien qui s'appelle Max {pet:dog=max}"],
    ["J'ai vendu ma voiture.", "Utilisateur a vendu sa voiture {!owns=voiture}"],
    [
      "Mon rendez-vous chez le dentiste est vendredi à 15h.",
      "Utilisateur: Mon rendez-vous chez le dentiste est vendredi (10 mai 2024) à 15h {schedule:rendez-vous chez le dentiste=2024-05-10 15:00}",
    ],
    ["Réponds toujours en français.", "rule: Utilisateur demande : Réponds toujours en français {language=french}"],
    ["Ne propose jamais de fruits de mer.", "rule: Utilisateur demande : Ne propose jamais de fruits de mer"],
    [
      "À partir de maintenant, réponds en anglais.",
      "rule: Utilisateur demande : À partir de maintenant, réponds en anglais {language=english}",
    ],
    ["Souviens-toi que je suis végétarien.", "Utilisateur est végétarien {diet=vegetarian}"],
    [
      "Hier j'ai couru un marathon avec ma sœur à Paris.",
      "Hier (7 mai 2024) Utilisateur a couru un marathon avec sa sœur à Paris",
    ],
  ],
  es: [
    [
      "Vivo en Madrid y trabajo en Telefónica.",
      "Usuario vive en Madrid {residence=madrid}",
      "Usuario trabaja en Telefónica {employer=telefónica}",
    ],
    [
      "Me mudé a Valencia el mes pasado.",
      "Usuario se mudó a Valencia el mes pasado (abril de 2024) {~residence=valencia}",
    ],
    ["Me llamo Carlos Ruiz.", "Usuario se llama Carlos Ruiz {name=carlos ruiz}"],
    ["No me gusta el café.", "A Usuario no le gusta el café {dislikes=café}"],
    ["Ya no me gusta el pescado.", "Ya a Usuario no le gusta el pescado {!likes=pescado}"],
    [
      "Me encanta el flamenco y la paella.",
      "A Usuario le encanta el flamenco {likes=flamenco}",
      "A Usuario le encanta la paella {likes=paella}",
    ],
    [
      "Soy vegetariana y soy alérgica a los cacahuetes.",
      "Usuario es vegetariana {diet=vegetarian}",
      "Usuario es alérgica a los cacahuetes {allergy=cacahuetes}",
    ],
    ["Tengo un perro que se llama Toby.", "Usuario tiene un perro que se llama Toby {pet:dog=toby}"],
    ["Vendí mi coche.", "Usuario vendió su coche {!owns=coche}"],
    [
      "Mi cita con el dentista es el viernes a las 15:00.",
      "Usuario: Mi cita con el dentista es el viernes (10 de mayo de 2024) a las 15:00 {schedule:cita con el dentista=2024-05-10 15:00}",
    ],
    ["Responde siempre en español.", "rule: Usuario pide: Responde siempre en español {language=spanish}"],
    ["Nunca sugieras mariscos.", "rule: Usuario pide: Nunca sugieras mariscos"],
    ["De ahora en adelante, usa frases cortas.", "rule: Usuario pide: De ahora en adelante, usa frases cortas"],
    ["Recuerda que soy vegetariano.", "Usuario es vegetariano {diet=vegetarian}"],
    [
      "Ayer corrí un maratón con mi hermana en Sevilla.",
      "Usuario: Ayer (7 de mayo de 2024) corrí un maratón con mi hermana en Sevilla",
    ],
  ],
  it: [
    ["Vivo a Roma e lavoro per Enel.", "Utente vive a Roma {residence=roma}", "Utente lavora per Enel {employer=enel}"],
    [
      "Mi sono trasferita a Milano il mese scorso.",
      "Utente si è trasferita a Milano il mese scorso (aprile 2024) {~residence=milano}",
    ],
    ["Mi chiamo Giulia Rossi.", "Utente si chiama Giulia Rossi {name=giulia rossi}"],
    ["Non mi piace il caffè.", "A Utente non piace il caffè {dislikes=caffè}"],
    ["Non mi piace più il pesce.", "A Utente non piace più il pesce {!likes=pesce}"],
    ["Sono allergico alle noci.", "Utente è allergico alle noci {allergy=noci}"],
    ["Sono vegano.", "Utente è vegano {diet=vegan}"],
    ["Ho un gatto che si chiama Micio.", "Utente ha un gatto che si chiama Micio {pet:cat=micio}"],
    ["Ho venduto la mia macchina.", "Utente ha venduto la sua macchina {!owns=macchina}"],
    [
      "Il mio appuntamento dal dentista è venerdì alle 15:00.",
      "Utente: Il mio appuntamento dal dentista è venerdì (10 maggio 2024) alle 15:00 {schedule:appuntamento dal dentista=2024-05-10 15:00}",
    ],
    ["Rispondi sempre in italiano.", "rule: Utente chiede: Rispondi sempre in italiano {language=italian}"],
    ["Non suggerire mai frutti di mare.", "rule: Utente chiede: Non suggerire mai frutti di mare"],
    ["Ricordati che sono celiaca.", "Utente è celiaca {diet=celiac}"],
  ],
  pt: [
    [
      "Moro em Lisboa e trabalho na Galp.",
      "Usuário mora em Lisboa {residence=lisboa}",
      "Usuário trabalha na Galp {employer=galp}",
    ],
    [
      "Me mudei para o Porto no mês passado.",
      "Usuário se mudou para o Porto no mês passado (abril de 2024) {~residence=porto}",
    ],
    ["Chamo-me João Silva.", "Usuário se chama João Silva {name=joão silva}"],
    ["Não gosto de café.", "Usuário não gosta de café {dislikes=café}"],
    ["Já não gosto de peixe.", "Usuário já não gosta de peixe {!likes=peixe}"],
    ["Sou vegetariana.", "Usuário é vegetariana {diet=vegetarian}"],
    ["Sou alérgica a amendoim.", "Usuário é alérgica a amendoim {allergy=amendoim}"],
    ["Tenho um cachorro que se chama Bolt.", "Usuário tem um cachorro que se chama Bolt {pet:dog=bolt}"],
    ["Vendi o meu carro.", "Usuário vendeu seu carro {!owns=carro}"],
    [
      "Minha consulta é na sexta às 15:00.",
      "Usuário: Minha consulta é na sexta (10 de maio de 2024) às 15:00 {schedule:consulta=2024-05-10 15:00}",
    ],
    ["Responda sempre em português.", "rule: Usuário pede: Responda sempre em português {language=portuguese}"],
    ["Nunca sugira frutos do mar.", "rule: Usuário pede: Nunca sugira frutos do mar"],
  ],
  nl: [
    [
      "Ik woon in Utrecht en werk bij Philips.",
      "Gebruiker woont in Utrecht {residence=utrecht}",
      "Gebruiker werkt bij Philips {employer=philips}",
    ],
    [
      "Ik ben vorige maand naar Rotterdam verhuisd.",
      "Gebruiker is vorige maand (april 2024) naar Rotterdam verhuisd {~residence=rotterdam}",
    ],
    ["Ik heet Pieter de Vries.", "Gebruiker heet Pieter de Vries {name=pieter de vries}"],
    ["Ik hou niet van koffie.", "Gebruiker houdt niet van koffie {dislikes=koffie}"],
    ["Ik hou niet meer van vis.", "Gebruiker houdt niet meer van vis {!likes=vis}"],
    ["Ik ben vegetariër.", "Gebruiker is vegetariër {diet=vegetarian}"],
    ["Ik ben allergisch voor noten.", "Gebruiker is allergisch voor noten {allergy=noten}"],
    ["Ik heb een hond genaamd Rex.", "Gebruiker heeft een hond genaamd Rex {pet:dog=rex}"],
    ["Ik heb mijn auto verkocht.", "Gebruiker heeft Gebruikers auto verkocht {!owns=auto}"],
    [
      "Mijn tandartsafspraak is op vrijdag om 15:00.",
      "Gebruikers tandartsafspraak is op vrijdag (10 mei 2024) om 15:00 {schedule:tandartsafspraak=2024-05-10 15:00}",
    ],
    [
      "Antwoord altijd in het Nederlands.",
      "rule: Gebruiker vraagt: Antwoord altijd in het Nederlands {language=dutch}",
    ],
    ["Stel nooit zeevruchten voor.", "rule: Gebruiker vraagt: Stel nooit zeevruchten voor"],
    ["Onthoud dat ik in Gouda woon.", "Gebruiker woont in Gouda {residence=gouda}"],
  ],
  ru: [
    [
      "Я живу в Москве и работаю в Яндексе.",
      "Пользователь живёт в Москве {residence=москв}",
      "Пользователь работает в Яндексе {employer=яндекс}",
    ],
    [
      "В прошлом месяце я переехала в Казань.",
      "В прошлом месяце (апрель 2024 г.) Пользователь переехала в Казань {~residence=казан}",
    ],
    ["Меня зовут Анна Петрова.", "Пользователь: имя — Анна Петрова {name=анна петрова}"],
    ["Мне не нравится кофе.", "Пользователь: не нравится кофе {dislikes=коф}"],
    ["Я больше не люблю рыбу.", "Пользователь больше не любит рыбу {!likes=рыб}"],
    ["Я люблю чай и джаз.", "Пользователь любит чай {likes=чай}", "Пользователь любит джаз {likes=джаз}"],
    ["Я вегетарианка.", "Пользователь вегетарианка {diet=vegetarian}"],
    ["У меня аллергия на орехи.", "Пользователь: аллергия на орехи {allergy=орех}"],
    ["У меня есть собака по кличке Рекс.", "Пользователь: есть собака по кличке Рекс {pet:dog=рекс}"],
    ["Я продал машину.", "Пользователь продал машину {!owns=машин}"],
    [
      "Моя встреча в пятницу в 15:00.",
      "Пользователь: Моя встреча в пятницу (10 мая 2024 г.) в 15:00 {schedule:встреча=2024-05-10 15:00}",
    ],
    [
      "Отвечай всегда на русском языке.",
      "rule: Пользователь просит: Отвечай всегда на русском языке {language=russian}",
    ],
    ["Никогда не предлагай морепродукты.", "rule: Пользователь просит: Никогда не предлагай морепродукты"],
    ["Запомни, что я живу в Самаре.", "Пользователь живёт в Самаре {residence=самар}"],
    ["Называй меня Макс.", "rule: Пользователь просит: Называй меня Макс {nickname=макс}"],
    ["Вчера я ходил с сестрой в театр.", "Вчера (7 мая 2024 г.) Пользователь ходил с сестрой в театр"],
  ],
  zh: [
    ["我住在北京，在腾讯工作。", "用户住在北京 {residence=北京}", "用户在腾讯工作 {employer=腾讯}"],
    ["我上个月搬到了上海。", "用户上个月(2024年4月)搬到了上海 {~residence=上海}"],
    ["我叫李明。", "用户叫李明 {name=李明}"],
    ["我不喜欢咖啡。", "用户不喜欢咖啡 {dislikes=咖啡}"],
    ["我不再喜欢鱼了。", "用户不再喜欢鱼了 {!likes=鱼}"],
    ["我是素食者。", "用户是素食者 {diet=vegetarian}"],
    ["我对花生过敏。", "用户对花生过敏 {allergy=花生}"],
    ["我有一只狗叫旺财。", "用户有一只狗叫旺财 {pet:dog=旺财}"],
    ["我卖了我的车。", "用户卖了自己的车 {!owns=车}"],
    [
      "我的牙医预约改到了星期五下午3点。",
      "用户的牙医预约改到了星期五(2024年5月10日)下午3点 {~schedule:牙医预约=2024-05-10 15:00}",
    ],
    ["请以后一直用中文回答。", "rule: 用户要求：请以后一直用中文回答 {language=chinese}"],
    ["永远不要推荐海鲜。", "rule: 用户要求：永远不要推荐海鲜"],
    ["请记住，我住在广州。", "用户住在广州 {residence=广州}"],
    ["昨天我和妹妹去看了一场电影。", "昨天(2024年5月7日)用户和妹妹去看了一场电影"],
  ],
  ja: [
    [
      "私は東京に住んでいて、ソニーで働いています。",
      "ユーザーは東京に住んでいて {residence=東京}",
      "ユーザーはソニーで働いています {employer=ソニー}",
    ],
    ["先月、大阪に引っ越しました。", "ユーザーは先月(2024年4月)、大阪に引っ越しました {~residence=大阪}"],
    ["私の名前は田中花子です。", "ユーザーの名前は田中花子です {name=田中花子}"],
    ["コーヒーが好きではありません。", "ユーザーはコーヒーが好きではありません {dislikes=コーヒー}"],
    ["私は音楽と映画が好きです。", "ユーザーは音楽が好きです {likes=音楽}", "ユーザーは映画が好きです {likes=映画}"],
    ["私はベジタリアンです。", "ユーザーはベジタリアンです {diet=vegetarian}"],
    ["私はピーナッツアレルギーです。", "ユーザーはピーナッツアレルギーです {allergy=ピーナッツ}"],
    ["ポチという犬を飼っています。", "ユーザーはポチという犬を飼っています {pet:dog=ポチ}"],
    ["車を売りました。", "ユーザーは車を売りました {!owns=車}"],
    [
      "歯医者の予約は金曜日の15時です。",
      "ユーザー: 歯医者の予約は金曜日(2024年5月10日)の15時です {schedule:歯医者の予約=2024-05-10 15:00}",
    ],
    ["いつも日本語で答えてください。", "rule: ユーザーの指示：いつも日本語で答えてください {language=japanese}"],
    ["シーフードは絶対に勧めないでください。", "rule: ユーザーの指示：シーフードは絶対に勧めないでください"],
    ["覚えておいてください、私は京都に住んでいます。", "ユーザーは京都に住んでいます {residence=京都}"],
    ["昨日、妹と一緒に映画を見に行きました。", "ユーザーは昨日(2024年5月7日)、妹と一緒に映画を見に行きました"],
  ],
  ar: [
    [
      "أعيش في القاهرة وأعمل في شركة فودافون.",
      "المستخدم يعيش في القاهرة {residence=القاهر}",
      "المستخدم يعمل في شركة فودافون {employer=فودافون}",
    ],
    ["انتقلت إلى الإسكندرية الشهر الماضي.", "المستخدم: انتقلت إلى الإسكندرية الشهر الماضي {~residence=الإسكندري}"],
    ["اسمي أحمد علي.", "اسم المستخدم أحمد علي {name=أحمد علي}"],
    ["لا أحب القهوة.", "المستخدم لا يحب القهوة {dislikes=القهو}"],
    ["لم أعد أحب السمك.", "المستخدم لم يعد يحب السمك {!likes=السمك}"],
    ["أنا نباتي.", "المستخدم نباتي {diet=vegetarian}"],
    ["لدي حساسية من الفول السوداني.", "لدى المستخدم حساسية من الفول السوداني {allergy=الفول السودان}"],
    ["لدي كلب اسمه ركس.", "لدى المستخدم كلب اسمه ركس {pet:dog=ركس}"],
    ["بعت سيارتي.", "المستخدم: بعت سيارتي {!owns=سيار}"],
    [
      "موعدي مع طبيب الأسنان يوم الجمعة.",
      "المستخدم: موعدي مع طبيب الأسنان يوم الجمعة (10 May 2024) {schedule:موعدي مع طبيب الأسنان=2024-05-10}",
    ],
    ["أجب دائما باللغة العربية.", "rule: يطلب المستخدم: أجب دائما باللغة العربية {language=arabic}"],
    ["لا تقترح أبدا المأكولات البحرية.", "rule: يطلب المستخدم: لا تقترح أبدا المأكولات البحرية"],
    ["تذكر أنني أعيش في دبي.", "المستخدم يعيش في دبي {residence=دبي}"],
  ],
};

/** Two statements about one slot in other words: the second one takes the place of the first. */
export const UPDATES: Readonly<Record<string, readonly (readonly [first: string, then: string, value: string])[]>> = {
  de: [
    ["Ich wohne in Berlin.", "Ich bin nach Hamburg gezogen.", "hamburg"],
    ["Ich arbeite bei Siemens.", "Ich habe bei Bosch angefangen.", "bosch"],
    ["Ich bin Vegetarierin.", "Ich bin jetzt vegan.", "vegan"],
    ["Mein Zahnarzttermin ist am Freitag.", "Mein Zahnarzttermin wurde auf Montag verschoben.", "2024-05-13"],
  ],
  fr: [
    ["J'habite à Lyon.", "J'ai déménagé à Marseille.", "marseille"],
    ["Je travaille chez Renault.", "J'ai rejoint Airbus.", "airbus"],
    ["Je suis végétarienne.", "Je suis maintenant végane.", "vegan"],
  ],
  es: [
    ["Vivo en Madrid.", "Me mudé a Valencia.", "valencia"],
    ["Trabajo en Telefónica.", "Ahora trabajo para Zara.", "zara"],
  ],
  it: [
    ["Vivo a Roma.", "Mi sono trasferita a Milano.", "milano"],
    ["Lavoro per Enel.", "Ora lavoro per Ferrari.", "ferrari"],
  ],
  pt: [
    ["Moro em Lisboa.", "Mudei-me para Braga.", "braga"],
    ["Trabalho na Galp.", "Agora trabalho na Sonae.", "sonae"],
  ],
  nl: [
    ["Ik woon in Utrecht.", "Ik ben naar Rotterdam verhuisd.", "rotterdam"],
    ["Ik werk bij Philips.", "Ik werk nu voor Shell.", "shell"],
  ],
  ru: [
    ["Я живу в Москве.", "Я переехала в Казань.", "казан"],
    ["Я работаю в Яндексе.", "Теперь я работаю в Сбере.", "сбер"],
  ],
  zh: [
    ["我住在北京。", "我搬到了上海。", "上海"],
    ["我在腾讯工作。", "我加入了华为。", "华为"],
  ],
  ja: [
    ["私は東京に住んでいます。", "大阪に引っ越しました。", "大阪"],
    ["私はソニーで働いています。", "任天堂に転職しました。", "任天堂"],
  ],
  ar: [
    ["أعيش في القاهرة.", "انتقلت إلى الإسكندرية.", "الإسكندري"],
    ["أعمل في شركة فودافون.", "بدأت العمل في شركة أورانج.", "أورانج"],
  ],
};

/** Small talk, questions and conditions of each language: nothing to remember. */
export const IDLE: Readonly<Record<string, readonly string[]>> = {
  de: [
    "Hallo, wie geht es dir?",
    "Danke, das ist super!",
    "Wo wohne ich?",
    "Wenn ich reich wäre, würde ich in Paris wohnen.",
    "Ich hätte gern mehr Zeit.",
  ],
  fr: [
    "Bonjour, comment ça va ?",
    "Merci beaucoup, c'est parfait.",
    "Où est-ce que j'habite ?",
    "Si j'étais riche, je vivrais à Paris.",
  ],
  es: ["Hola, ¿cómo estás?", "Muchas gracias, es perfecto.", "¿Dónde vivo?", "Si yo fuera rico, viviría en París."],
  it: ["Ciao, come stai?", "Grazie mille, è perfetto.", "Dove vivo?", "Se fossi ricco, vivrei a Parigi."],
  pt: ["Olá, como vai?", "Muito obrigada, é perfeito.", "Onde eu moro?", "Se eu fosse rico, moraria em Paris."],
  nl: [
    "Hallo, hoe gaat het?",
    "Dank je wel, dat is perfect.",
    "Waar woon ik?",
    "Als ik rijk was, zou ik in Parijs wonen.",
  ],
  ru: ["Привет, как дела?", "Спасибо, это отлично.", "Где я живу?", "Если бы я был богат, я жил бы в Париже."],
  zh: ["你好，你怎么样？", "谢谢，太好了。", "我住在哪里？", "如果我有钱，我会住在巴黎。"],
  ja: [
    "こんにちは、お元気ですか？",
    "ありがとうございます。",
    "私はどこに住んでいますか？",
    "もしお金があったら、パリに住みたいです。",
  ],
  ar: ["مرحبا، كيف حالك؟", "شكرا جزيلا.", "أين أعيش؟", "لو كنت غنيا لعشت في باريس."],
};
