/** One session of work in ten languages: a request that ends on a question, what was done, decided and is left open. */
export const SESSIONS_BY_LANGUAGE: Readonly<
  Record<string, { readonly asked: string; readonly done: string; readonly decided: string; readonly open: string }>
> = {
  de: {
    asked: "Die Anmeldeseite stürzt ab, wenn ein Name ein Apostroph enthält. Kannst du das ansehen?",
    done: "Ich habe die Abfrage in login.ts korrigiert und einen Test hinzugefügt.",
    decided: "Wir verwenden ab jetzt überall vorbereitete Anweisungen.",
    open: "Wir müssen noch die Adminseiten prüfen.",
  },
  fr: {
    asked: "La page de connexion plante quand un nom contient une apostrophe. Peux-tu regarder ?",
    done: "J'ai corrigé la requête et ajouté un test.",
    decided: "On garde les requêtes préparées partout.",
    open: "Il reste à vérifier les pages d'administration.",
  },
  es: {
    asked: "La página de inicio falla cuando un nombre lleva apóstrofo. ¿Puedes mirarlo?",
    done: "He corregido la consulta y he añadido una prueba.",
    decided: "Decidimos usar consultas preparadas en todas partes.",
    open: "Todavía falta revisar las páginas de administración.",
  },
  it: {
    asked: "La pagina di accesso si blocca quando un nome contiene un apostrofo. Puoi guardare?",
    done: "Ho corretto la query e ho aggiunto un test.",
    decided: "Abbiamo deciso di usare query preparate ovunque.",
    open: "Dobbiamo ancora controllare le pagine di amministrazione.",
  },
  pt: {
    asked: "A página de login falha quando um nome contém um apóstrofo. Podes ver isso?",
    done: "Corrigi a consulta e adicionei um teste.",
    decided: "Decidimos usar consultas preparadas em todo o lado.",
    open: "Ainda falta verificar as páginas de administração.",
  },
  nl: {
    asked: "De inlogpagina crasht als een naam een apostrof bevat. Kun je ernaar kijken?",
    done: "Ik heb de query aangepast en een test toegevoegd.",
    decided: "We hebben besloten overal voorbereide opdrachten te gebruiken.",
    open: "We moeten nog de beheerpagina's controleren.",
  },
  ru: {
    asked: "Страница входа падает, если в имени есть апостроф. Можешь посмотреть?",
    done: "Я исправил запрос и добавил тест.",
    decided: "Мы решили везде использовать подготовленные запросы.",
    open: "Ещё нужно проверить страницы администратора.",
  },
  zh: {
    asked: "名字里有撇号的时候登录页面会崩溃。你能看看吗？",
    done: "我已经修复了查询，并添加了一个测试。",
    decided: "我们决定到处都用预处理语句。",
    open: "还需要检查管理页面。",
  },
  ja: {
    asked: "名前にアポストロフィがあるとログインページが壊れます。見てもらえますか？",
    done: "クエリを修正して、テストも追加しました。",
    decided: "どこでもプリペアドステートメントを使うことにしました。",
    open: "管理ページはまだ確認していません。",
  },
  ar: {
    asked: "صفحة تسجيل الدخول تتعطل عندما يحتوي الاسم على فاصلة عليا. هل يمكنك أن تنظر؟",
    done: "أصلحت الاستعلام وأضفت اختبارا.",
    decided: "قررنا استخدام الاستعلامات المعدة في كل مكان.",
    open: "يجب أن نراجع صفحات الإدارة.",
  },
};
